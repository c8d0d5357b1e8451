import { describe, expect, it } from 'vitest'
import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { compact } from '../../../src/compact.js'
import { drainableNodes } from '../../../src/search/drains/drain-in-order.js'
import { DrainState } from '../../../src/search/drains/drain-state.js'
import { relaxDrains } from '../../../src/search/drains/relaxation.js'
import { settleStart } from '../../../src/search/drains/settled-start.js'
import { threeOfSevenAndSix } from '../../ray/drains/clusters.js'
import { bestOfAll } from './every-sequence.js'
import { randomDrains } from './random-drains.js'

/** What the relaxation of a Problem proves. */
async function boundOf(problem: Problem): Promise<number> {
  const instance = compileInstance(problem)
  const drainable = drainableNodes(new DrainState(settleStart(instance).state))
  const relaxed = relaxDrains(instance, settleStart(instance), drainable, {})
  const { bound } = await compact(relaxed.problem, { workLimit: 2_000 })
  return bound?.costPerHour ?? 0
}

describe('the relaxation', () => {
  it.each(Array.from({ length: 10 }, (_, seed) => seed + 3001))(
    'allows all that sequences of drains come to, seed %i',
    async (seed) => {
      const problem = randomDrains(seed)
      expect(await boundOf(problem)).toBeLessThanOrEqual(bestOfAll(problem).costPerHour + 1e-6)
    }
  )

  it('proves that nodes stay which moves one by one would free', async () => {
    const problem = threeOfSevenAndSix()
    expect(await boundOf(problem)).toBe(6)
    expect((await compact(problem, { workLimit: 2_000 })).objective?.costPerHour).toBeLessThan(6)
  })
})

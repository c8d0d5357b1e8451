import { describe, expect, it } from 'vitest'
import { verifyResult } from '../../../models/checker/verify-result.js'
import { compact } from '../../../src/compact.js'
import { bestOfAll } from './every-sequence.js'
import { randomDrains } from './random-drains.js'
import { replay } from './replay.js'

describe('small clusters', () => {
  it.each(Array.from({ length: 100 }, (_, seed) => seed + 1))(
    'are drained as well as any sequence does, seed %i',
    async (seed) => {
      const problem = randomDrains(seed)
      const best = bestOfAll(problem)
      const result = await compact(problem, { executableOn: 'ray', solver: 'greedy', workLimit: 20_000, seed })
      expect(verifyResult(problem, result)).toEqual([])
      expect(replay(problem, result)).toEqual([])
      expect(result.objective?.costPerHour).toBeCloseTo(best.costPerHour, 6)
      expect(result.objective?.moveCost).toBeCloseTo(best.moveCost, 6)
      expect(result.termination).toBe('optimal')
      expect(result.bound?.total).toBeCloseTo(best.costPerHour, 6)
      expect(result.solve.executableOn).toBe('ray')
    }
  )
})

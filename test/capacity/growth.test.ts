import { describe, expect, test } from 'vitest'
import { verifyPlacement } from '../../models/checker/verify-placement.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Bracket } from '../../src/capacity/growth/bracket.js'
import { describeGrowth } from '../../src/capacity/growth/describe-growth.js'
import { measureGrowth } from '../../src/capacity/growth/measure-growth.js'
import { resolveQuestion } from '../../src/capacity/question/options.js'
import { frozen, withoutPurchases } from '../../src/capacity/question/scenario.js'
import { withSolvers } from '../../src/chosen-solvers.js'
import { fitsByEnumeration, tinyRoom } from './tiny.js'

/** Levels that are enumerated, from the start of a line. */
const MOST_LEVELS = 5

async function measured(room: Problem, isFrozen: boolean) {
  const question = resolveQuestion({ timeLimitMs: 4_000, threads: 1 }, [])
  return withSolvers(question, (solvers) =>
    measureGrowth(room, {
      ...question,
      solvers,
      isFrozen,
      deployments: [...room.deployments.keys()],
      onPart: () => {}
    })
  )
}

/** Holds what is said of a line against the enumeration of its first levels. Returns how many levels were decided. */
function compare(bracket: Bracket, where: string): number {
  let decided = 0
  for (let level = 0; level <= Math.min(MOST_LEVELS, bracket.line.top); level++) {
    const fits = fitsByEnumeration(bracket.at(level))
    if (fits === 'unknown') break
    decided++
    if (!fits && !bracket.isMonotone) continue
    if (fits) expect(level, `${where}, level ${level} fits`).toBeLessThan(bracket.impossible)
    else expect(level, `${where}, level ${level} does not fit`).toBeGreaterThan(bracket.fits)
  }
  if (bracket.placement !== null) {
    expect(verifyPlacement(bracket.at(bracket.fits), bracket.placement), where).toEqual([])
  }
  return decided
}

describe.each([
  ['repacked', false],
  ['when nothing moves', true]
])('growth of tiny clusters, %s', (name, isFrozen) => {
  test.each([[1], [2], [3], [4], [5]])('agrees with enumeration, batch %i', async (batch) => {
    let [decided, exact] = [0, 0]
    for (let seed = 7000 + batch * 6; seed < 7006 + batch * 6; seed++) {
      const room = withoutPurchases(tinyRoom(seed, 3))
      const { all, alone } = await measured(isFrozen ? frozen(room) : room, isFrozen)
      for (const [index, bracket] of [all, ...alone].entries()) {
        decided += compare(bracket, `${name}, seed ${seed}, line ${index}`)
        if (describeGrowth(bracket).gap === 0) exact++
      }
    }
    expect(decided).toBeGreaterThan(10)
    expect(exact).toBeGreaterThan(3)
  })
})

import { expect, test } from 'vitest'
import { compileInstance } from '../../models/instance/compile.js'
import { Budget } from '../../src/budget.js'
import { findContradictoryRules } from '../../src/result/conflict/contradictory-rules.js'
import { Room } from '../../src/result/conflict/room.js'
import { explainInfeasible } from '../../src/result/explain-infeasible.js'
import { startStopwatch } from '../../src/stopwatch.js'
import { findOptimum, TooLargeError } from '../brute-force/enumerate-placements.js'
import { randomProblem } from '../brute-force/random-problem.js'

function optimumOf(problem: Parameters<typeof findOptimum>[0]): ReturnType<typeof findOptimum> | 'unknown' {
  try {
    return findOptimum(problem, 50_000)
  } catch (error) {
    if (error instanceof TooLargeError) return 'unknown'
    throw error
  }
}

test('what counting calls a proof has no legal placement, by enumeration', async () => {
  let proofs = 0
  let impossible = 0
  for (let seed = 1; seed <= 600; seed++) {
    const problem = randomProblem(seed, { broken: seed % 3 === 0 })
    const instance = compileInstance(problem)
    // Rules that contradict each other are refused even where the start breaks them.
    if (findContradictoryRules(new Room(instance)).length > 0) continue
    const optimum = optimumOf(problem)
    if (optimum === 'unknown') continue
    const { parts: conflict } = await explainInfeasible(instance, {
      budget: Budget.ofTime(startStopwatch(1000)),
      signal: new AbortController().signal,
      solvers: null
    })
    const isProven = conflict.some(({ isProof }) => isProof)
    if (isProven) expect({ seed, conflict, optimum }).toMatchObject({ optimum: null })
    proofs += isProven ? 1 : 0
    impossible += optimum === null ? 1 : 0
  }
  expect(proofs).toBeGreaterThan(100)
  expect(impossible).toBeGreaterThanOrEqual(proofs)
})

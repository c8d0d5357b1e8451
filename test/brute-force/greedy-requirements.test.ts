import { expect, test } from 'vitest'
import { compileInstance } from '../../models/instance/compile.js'
import { Budget } from '../../src/budget.js'
import { greedyPackings } from '../../src/search/greedy/greedy.js'
import { Incumbents } from '../../src/search/incumbents.js'
import { startStopwatch } from '../../src/stopwatch.js'
import { findOptimum, TooLargeError } from './enumerate-placements.js'
import { randomProblem } from './random-problem.js'
import { stateDevices } from './state-devices.js'

const CASES = 400

function optimumOf(problem: Parameters<typeof findOptimum>[0]): ReturnType<typeof findOptimum> {
  try {
    return findOptimum(problem, 60_000)
  } catch (error) {
    if (error instanceof TooLargeError) return null
    throw error
  }
}

test('greedy nearly always repairs and places as much as the enumeration, and never more', () => {
  const seen = { same: 0, less: 0 }
  for (let seed = 20_001; seed <= 20_000 + CASES; seed++) {
    const problem = stateDevices(randomProblem(seed, { broken: seed % 2 === 0 }))
    const best = optimumOf(problem)
    if (best === null) continue
    const instance = compileInstance(problem)
    const watch = startStopwatch(10_000)
    const incumbents = new Incumbents(instance, watch)
    for (const state of greedyPackings(instance, Budget.ofTime(watch)))
      if (state !== null) incumbents.offer(state, 'greedy')
    const reached = incumbents.hasAnswer ? (incumbents.best?.worth.broken ?? Infinity) : Infinity
    expect(reached, `seed ${seed}`).toBeGreaterThan(best.broken - 1e-6)
    if (reached < best.broken + 1e-6) seen.same++
    else seen.less++
  }
  expect(seen.same).toBeGreaterThan(200)
  expect(seen.less / seen.same).toBeLessThan(0.05)
})

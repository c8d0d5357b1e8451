import { expect, test } from 'vitest'
import { reportPoint } from '../../models/linear-program/point-report.js'
import type { SolverProgress } from '../../models/linear-program/solution.js'
import { relativeGap } from '../../src/solvers/solver.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { firstFit, packingProgram } from './packing-program.js'

const small = packingProgram(12, 5)
const large = packingProgram(60, 24)

test('a time limit ends with the point and the bound found by then', async () => {
  const outcome = await solveWith('highs', large, { timeLimitMs: 700, start: firstFit(60, 24) })
  expect(outcome.termination).toBe('time-limit')
  expect(reportPoint(large, outcome.solution as Float64Array).infeasibility).toBeLessThan(1e-6)
  expect(outcome.bound).toBeLessThanOrEqual(outcome.objective)
})

test('a gap limit ends early and says so', async () => {
  const outcome = await solveWith('highs', large, { relativeGap: 0.5, timeLimitMs: 20_000 })
  expect(outcome.termination).toBe('gap-limit')
  const gap = relativeGap(outcome.objective, outcome.bound)
  expect(gap).toBeGreaterThan(1e-6)
  expect(gap).toBeLessThanOrEqual(0.5)
})

test('the relaxation bounds the program from below', async () => {
  const relaxed = await solveWith('highs', small, { relaxation: true })
  const whole = await solveWith('highs', small)
  expect(relaxed.termination).toBe('optimal')
  expect(relaxed.bound).toBe(relaxed.objective)
  expect(relaxed.objective).toBeLessThan(whole.objective)
})

test('an interrupt ends with the point and the bound found by then', async () => {
  const told: SolverProgress[] = []
  const hooks = { onProgress: (progress: SolverProgress) => told.push(progress), interrupted: () => told.length > 3 }
  const outcome = await solveWith('highs', large, { timeLimitMs: 20_000 }, hooks)
  expect(outcome.termination).toBe('interrupted')
  expect(outcome.objective).toBe(Math.min(...told.map(({ objective = Number.POSITIVE_INFINITY }) => objective)))
})

test('what is told on the way gets better and holds', async () => {
  const told: SolverProgress[] = []
  const outcome = await solveWith('highs', small, {}, { onProgress: (progress) => told.push(progress) })
  expect(told.some(({ solution }) => solution !== undefined)).toBe(true)
  let bound = Number.NEGATIVE_INFINITY
  let objective = Number.POSITIVE_INFINITY
  for (const progress of told) {
    expect(progress.bound).toBeGreaterThanOrEqual(bound)
    expect(progress.bound).toBeLessThanOrEqual(outcome.objective + 1e-6)
    bound = progress.bound
    if (progress.solution === undefined) continue
    expect(progress.objective).toBeLessThan(objective)
    expect(reportPoint(small, progress.solution).objective).toBeCloseTo(progress.objective as number, 6)
    objective = progress.objective as number
  }
  expect(objective).toBe(outcome.objective)
})

test('the same seed gives the same answer', async () => {
  const [one, two] = [await solveWith('highs', small, { seed: 7 }), await solveWith('highs', small, { seed: 7 })]
  expect(two.solution).toEqual(one.solution)
  expect(two.bound).toBe(one.bound)
})

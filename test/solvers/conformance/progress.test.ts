import { describe, expect, test } from 'vitest'
import { reportPoint } from '../../../models/linear-program/point-report.js'
import type { SolverProgress } from '../../../models/linear-program/solution.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { packingProgram } from '../packing-program.js'
import { requireCapability, solvers } from './solvers-under-test.js'

const small = packingProgram(12, 5)

describe.each(solvers)('$name', (solver) => {
  const name = solver.name

  test('what is told on the way gets better and holds', async ({ skip }) => {
    requireCapability(solver, 'progress', skip)
    const told: SolverProgress[] = []
    const outcome = await solveWith(name, small, {}, { onProgress: (progress) => told.push(progress) })
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

  test('every bound that is told is one, of the constant of the objective, too', async ({ skip }) => {
    requireCapability(solver, 'progress', skip)
    requireCapability(solver, 'bound', skip)
    const bounds: number[] = []
    const onProgress = ({ bound }: SolverProgress) => void bounds.push(bound)
    const outcome = await solveWith(name, { ...small, offset: 10_000 }, {}, { onProgress })
    expect(outcome.termination).toBe('optimal')
    expect(Math.max(...bounds)).toBeGreaterThan(10_000)
    for (const bound of bounds) expect(bound).toBeLessThanOrEqual(outcome.objective + 1e-4)
  })

  test('a vector that was handed over is the receiver’s', async ({ skip }) => {
    requireCapability(solver, 'progress', skip)
    const spoil = ({ solution }: SolverProgress) => void solution?.fill(Number.NaN)
    const outcome = await solveWith(name, small, {}, { onProgress: spoil })
    expect(reportPoint(small, outcome.solution as Float64Array).infeasibility).toBeLessThan(1e-6)
  })
})

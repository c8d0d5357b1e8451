import { describe, expect, test } from 'vitest'
import { reportPoint } from '../../../models/linear-program/point-report.js'
import type { SolverProgress } from '../../../models/linear-program/solution.js'
import type { SolverName } from '../../../src/solvers/portfolio.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { firstFit, packingProgram } from '../packing-program.js'
import { solvers } from './solvers-under-test.js'

const [items, bins] = [24, 8]
const program = packingProgram(items, bins)
const start = firstFit(items, bins)

/** The first point that the solver tells. */
async function firstPoint(name: SolverName, from: Float64Array): Promise<Float64Array> {
  const told: SolverProgress[] = []
  const hooks = { onProgress: (progress: SolverProgress) => told.push(progress), interrupted: () => told.length > 0 }
  await solveWith(name, program, { start: from }, hooks)
  return told[0]?.solution as Float64Array
}

describe.each(solvers)('a starting point for $name', ({ name, capabilities }) => {
  const { startingPoint } = capabilities

  test('that is full is the first point', async ({ skip }) => {
    if (startingPoint === 'none') skip(`${name} has no warm start`)
    expect(await firstPoint(name, start)).toEqual(start)
  })

  test('that is partial is completed', async ({ skip }) => {
    if (startingPoint !== 'partial') skip(`${name} completes no partial start`)
    const partial = start.map((value, column) => (column < bins ? value : Number.NaN))
    const first = await firstPoint(name, partial)
    expect(first.subarray(0, bins).map(Math.round)).toEqual(start.subarray(0, bins))
    expect(reportPoint(program, first).infeasibility).toBeLessThan(1e-6)
  })

  test('never makes a bound of its own fixings', async () => {
    const small = packingProgram(10, 4)
    const optimum = (await solveWith(name, small)).objective
    // All bins open: as a program of its own, its bound would be above the optimum.
    const costly = new Float64Array(small.columns).fill(Number.NaN).fill(1, 0, 4)
    const bounds: number[] = []
    const hooks = { onProgress: ({ bound }: SolverProgress) => bounds.push(bound) }
    const outcome = await solveWith(name, small, { start: costly }, hooks)
    expect(outcome.objective).toBeCloseTo(optimum, 6)
    for (const bound of bounds) expect(bound).toBeLessThanOrEqual(optimum + 1e-6)
  })

  test('that cannot be completed, or is nonsense, does no harm', async () => {
    const small = packingProgram(10, 4)
    const optimum = (await solveWith(name, small)).objective
    for (const value of [0, 0.5, -7, Number.NaN, Number.POSITIVE_INFINITY]) {
      const outcome = await solveWith(name, small, { start: new Float64Array(small.columns).fill(value) })
      expect(outcome.termination).toBe('optimal')
      expect(outcome.objective).toBeCloseTo(optimum, 6)
    }
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportPoint } from '../../../models/linear-program/point-report.js'
import { type LinearProgram, ProgramBuilder } from '../../../models/linear-program/program.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { solvers } from './solvers-under-test.js'

const wholeProgram = fc
  .record({
    columns: fc.array(
      fc.record({
        cost: fc.integer({ min: -9, max: 9 }),
        lower: fc.constantFrom(-2, -0.5, 0, 0.5),
        width: fc.constantFrom(0, 1, 2.5)
      }),
      { minLength: 1, maxLength: 4 }
    ),
    rows: fc.array(
      fc.record({
        coefficients: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 4, maxLength: 4 }),
        lower: fc.constantFrom(Number.NEGATIVE_INFINITY, -1, 0.25, 2),
        upper: fc.constantFrom(2, 3.5, Number.POSITIVE_INFINITY)
      }),
      { maxLength: 3 }
    ),
    offset: fc.constantFrom(0, 12.5)
  })
  .map(({ columns, rows, offset }) => {
    const builder = new ProgramBuilder()
    builder.offset = offset
    for (const { cost, lower, width } of columns)
      builder.column('', { cost, lower, upper: lower + width, integer: true })
    for (const { coefficients, lower, upper } of rows) {
      const entries = columns.map((_, column) => [column, coefficients[column] as number] as const)
      builder.row('', lower, upper, entries)
    }
    return builder.build('whole')
  })

/** The least objective of all whole points, Infinity when none is feasible. */
function bruteForce(program: LinearProgram): number {
  let best = Number.POSITIVE_INFINITY
  const point = new Float64Array(program.columns)
  const visit = (column: number): void => {
    if (column === program.columns) {
      const report = reportPoint(program, point)
      if (report.infeasibility === 0) best = Math.min(best, report.objective)
      return
    }
    const upper = program.columnUpper[column] as number
    for (let value = Math.ceil(program.columnLower[column] as number); value <= upper; value++) {
      point[column] = value
      visit(column + 1)
    }
  }
  visit(0)
  return best
}

describe.each(solvers)('$name', ({ name, capabilities }) => {
  test('finds what trying every point finds', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(wholeProgram, async (program) => {
        const outcome = await solveWith(name, program)
        const best = bruteForce(program)
        if (!capabilities.proves && program.columns > 0 && outcome.termination === 'optimal') {
          expect(outcome.bound).toBe(Number.NEGATIVE_INFINITY)
        }
        if (best === Number.POSITIVE_INFINITY) {
          expect(outcome.termination).toBe('infeasible')
          return
        }
        expect(outcome.termination).toBe('optimal')
        expect(outcome.objective).toBeCloseTo(best, 5)
        expect(outcome.bound).toBeLessThanOrEqual(outcome.objective)
        if (capabilities.proves) expect(outcome.bound).toBeCloseTo(best, 4)
        const report = reportPoint(program, outcome.solution as Float64Array)
        expect(report.infeasibility).toBeLessThan(1e-6)
        expect(report.fractionality).toBeLessThan(1e-6)
        expect(report.objective).toBeCloseTo(outcome.objective, 5)
      }),
      { seed: 3, numRuns: 300 }
    )
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LinearProgram, ProgramBuilder } from '../../../models/linear-program/program.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { solvers } from './solvers-under-test.js'

const infinity = Number.POSITIVE_INFINITY

const column = fc.oneof(
  fc.record({
    cost: fc.integer({ min: -9, max: 9 }),
    lower: fc.constantFrom(-infinity, -2, -0.5, 0, 3),
    upper: fc.constantFrom(3, 4.5, infinity),
    integer: fc.constant(false)
  }),
  fc.record({
    cost: fc.integer({ min: -9, max: 9 }),
    lower: fc.constantFrom(-6, -0.5, 0),
    upper: fc.constantFrom(0.5, 2, 8),
    integer: fc.constant(true)
  })
)

const row = fc.record({
  coefficients: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 5, maxLength: 5 }),
  ends: fc.constantFrom([-infinity, 3.5], [0.25, infinity], [-1, 2], [1, 1], [2, 2], [-infinity, infinity]),
  unit: fc.constantFrom(1, 2 ** 30, 1e-3)
})

/** Whole and other columns, free and bounded ones, rows of all kinds in units of all sizes. */
const mixedProgram = fc
  .record({
    columns: fc.array(column, { minLength: 1, maxLength: 5 }),
    rows: fc.array(row, { maxLength: 4 }),
    offset: fc.constantFrom(0, 12.5, -7)
  })
  .map(({ columns, rows, offset }): LinearProgram => {
    const builder = new ProgramBuilder()
    builder.offset = offset
    for (const options of columns) builder.column('', options)
    for (const { coefficients, ends, unit } of rows) {
      const entries = columns.map((_, index) => [index, unit * (coefficients[index] as number)] as const)
      builder.row('', unit * (ends[0] as number), unit * (ends[1] as number), entries)
    }
    return builder.build('mixed')
  })

test('all solvers say the same of a program', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(mixedProgram, async (program) => {
      const outcomes = []
      for (const { name } of solvers) outcomes.push(await solveWith(name, program))
      const [first] = outcomes
      for (const { termination, objective } of outcomes) {
        expect(termination).toBe(first?.termination)
        // Up to the tolerances of the solvers, times what a column costs.
        if (objective !== infinity) expect(objective).toBeCloseTo(first?.objective as number, 4)
      }
    }),
    { seed: 11, numRuns: 1000 }
  )
})

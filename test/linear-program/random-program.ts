import fc from 'fast-check'
import { ProgramBuilder } from '../../models/linear-program/program.js'

const infinity = Number.POSITIVE_INFINITY

const column = fc.record({
  cost: fc.integer({ min: -5, max: 5 }),
  lower: fc.constantFrom(0, -3, 1, 0.5, -infinity),
  width: fc.constantFrom(0, 1, 4, infinity),
  integer: fc.boolean()
})

const row = fc.record({
  coefficients: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 5, maxLength: 5 }),
  lower: fc.constantFrom(-infinity, -2, 0, 1.25),
  width: fc.constantFrom(0, 3, infinity, -1)
})

/**
 * Small programs of every sort: free, fixed and half-bounded columns, equal, two-sided, free, empty and contradictory
 * rows, an offset, names of all kinds. Whole columns are bounded, without which no solver promises to end.
 */
export const randomProgram = fc
  .record({
    columns: fc.array(column, { minLength: 1, maxLength: 5 }),
    rows: fc.array(row, { maxLength: 4 }),
    offset: fc.constantFrom(0, 7.25, -1e6),
    names: fc.array(fc.constantFrom('x', 'free', 'e1', '3', '__proto__', 'über 🚀', '', 'a:b', 'st'), {
      minLength: 9,
      maxLength: 9
    })
  })
  .map(({ columns, rows, offset, names }) => {
    const builder = new ProgramBuilder()
    builder.offset = offset
    for (const [index, { cost, lower, width, integer }] of columns.entries()) {
      const least = integer && lower === -infinity ? -2 : lower
      const upper = least === -infinity ? width : least + (integer && width === infinity ? 3 : width)
      builder.column(names[index] as string, { cost, lower: least, upper, integer })
    }
    for (const [index, { coefficients, lower, width }] of rows.entries()) {
      const upper = lower === -infinity ? width : lower + width
      const entries = columns.map((_, place) => [place, coefficients[place] as number] as const)
      builder.row(names[5 + index] as string, lower, upper, entries)
    }
    return { program: builder.build('a random\nprogram'), names: builder.names() }
  })

import type { LinearProgram } from './program.js'

/** Bounds computed as quotients miss a whole number by a few ulps; that much is forgiven. */
const slack = 1e-9

/**
 * The column bounds with those of whole columns rounded inwards to whole numbers: the same program for any correct
 * solver. Some are not: glpsol refuses fractional bounds, and HiGHS 1.15.1 has called a feasible program with them
 * infeasible.
 */
export function wholeBounds(program: LinearProgram): { lower: Float64Array; upper: Float64Array } {
  return {
    lower: program.columnLower.map((lower, column) =>
      program.integer[column] === 1 ? Math.ceil(lower - slack) : lower
    ),
    upper: program.columnUpper.map((upper, column) =>
      program.integer[column] === 1 ? Math.floor(upper + slack) : upper
    )
  }
}

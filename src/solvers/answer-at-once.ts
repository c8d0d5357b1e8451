import { reportPoint } from '../../models/linear-program/point-report.js'
import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome } from '../../models/linear-program/solution.js'
import { wholeBounds } from '../../models/linear-program/whole-bounds.js'
import { outcomeWithoutPoint } from './solver.js'

/** Sums that were rounded contradict each other by a few ulps; that much is left to the solver. */
const slack = 1e-9

/**
 * The outcome of a program that needs no solver, because solvers choke on it: without columns, with bounds that contradict
 * each other, or with numbers that are none. null for all others.
 */
export function answerAtOnce(program: LinearProgram, { relaxation }: SolverOptions): SolverOutcome | null {
  const { cost, offset, entryValue, columnLower, columnUpper, rowLower, rowUpper } = program
  const isNumber = Number.isFinite(offset) && cost.every(Number.isFinite) && entryValue.every(Number.isFinite)
  if (!isNumber || !areBounds(columnLower, columnUpper) || !areBounds(rowLower, rowUpper)) {
    return outcomeWithoutPoint('failed', 0, 'a number of the program is none, or infinite where it must not be')
  }
  const { lower, upper } = relaxation ? { lower: columnLower, upper: columnUpper } : wholeBounds(program)
  if (areContradictory(lower, upper) || areContradictory(rowLower, rowUpper) || hasBrokenEmptyRow(program)) {
    return outcomeWithoutPoint('infeasible', 0)
  }
  if (program.columns > 0) return null
  const solution = new Float64Array(0)
  const { objective } = reportPoint(program, solution)
  return { termination: 'optimal', solution, objective, bound: objective, seconds: 0 }
}

function areBounds(lower: Float64Array, upper: Float64Array): boolean {
  return (
    lower.every((limit) => limit < Number.POSITIVE_INFINITY) && upper.every((limit) => limit > Number.NEGATIVE_INFINITY)
  )
}

function areContradictory(lower: Float64Array, upper: Float64Array): boolean {
  return lower.some((limit, index) => limit > (upper[index] as number) + slackOf(limit))
}

/** A row without entries is 0. */
function hasBrokenEmptyRow({ rows, rowStart, rowLower, rowUpper }: LinearProgram): boolean {
  for (let row = 0; row < rows; row++) {
    if (rowStart[row] !== rowStart[row + 1]) continue
    if ((rowLower[row] as number) > slackOf(0) || (rowUpper[row] as number) < -slackOf(0)) return true
  }
  return false
}

function slackOf(limit: number): number {
  return slack * Math.max(1, Math.abs(limit))
}

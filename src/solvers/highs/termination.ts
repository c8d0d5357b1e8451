import type { ModelStatusCode } from 'highs'
import type { LinearProgram } from '../../../models/linear-program/program.js'
import type { SolverTermination } from '../../../models/linear-program/solution.js'

const terminations: Partial<Record<ModelStatusCode, SolverTermination>> = {
  7: 'optimal',
  8: 'infeasible',
  10: 'unbounded',
  11: 'interrupted',
  12: 'interrupted',
  13: 'time-limit',
  14: 'interrupted',
  16: 'interrupted',
  17: 'interrupted'
}

/**
 * Whether a program called infeasible may be unbounded instead: presolve gives up without telling which (status 9), and
 * that of 1.15.1 has called unbounded programs infeasible. Where no column can fall for ever, infeasible is infeasible.
 */
export function mayBeUnbounded(status: ModelStatusCode, program: LinearProgram): boolean {
  if (status !== 8) return status === 9
  return program.cost.some(
    (cost, column) =>
      (cost < 0 && program.columnUpper[column] === Number.POSITIVE_INFINITY) ||
      (cost > 0 && program.columnLower[column] === Number.NEGATIVE_INFINITY)
  )
}

/** Why HiGHS stopped. Load, model, presolve, solve and postsolve errors and the unknown are `failed`. */
export function terminationOf(status: ModelStatusCode): SolverTermination {
  return terminations[status] ?? 'failed'
}

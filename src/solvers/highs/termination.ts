import type { ModelStatusCode } from 'highs'
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

/** Status 9: HiGHS' presolve does not tell infeasible from unbounded. */
export const infeasibleOrUnbounded: ModelStatusCode = 9

/** Why HiGHS stopped. Load, model, presolve, solve and postsolve errors and the unknown are `failed`. */
export function terminationOf(status: ModelStatusCode): SolverTermination {
  return terminations[status] ?? 'failed'
}

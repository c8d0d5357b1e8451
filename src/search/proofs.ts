import type { SolverOutcome } from '../../models/linear-program/solution.js'

/** Whether an outcome proves that its program has no solution. A solver whose word is no proof gives no bound with it. */
export function provesInfeasible({ termination, bound }: SolverOutcome): boolean {
  return termination === 'infeasible' && bound === Number.POSITIVE_INFINITY
}

/** Whether an outcome proves that its program has no solution below `reached`, but for the rounding of a solver. */
export function provesNothingBelow({ termination, bound }: SolverOutcome, reached: number): boolean {
  if (termination !== 'optimal' || !Number.isFinite(bound)) return false
  return bound >= reached - ROUNDING * Math.max(1, Math.abs(reached))
}

/** More than the gap at which a solver may call an answer optimal. */
const ROUNDING = 1e-5

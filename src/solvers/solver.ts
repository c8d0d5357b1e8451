import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome, SolverProgress } from '../../models/linear-program/solution.js'
import type { SolverName } from './portfolio.js'

/** What a solver can do, as data: callers ask here instead of finding out by crashes. */
export interface SolverCapabilities {
  /** Takes whole columns. Without it, a program that has some is answered with `unsupported`. */
  readonly integers: boolean
  /** Takes whole columns without any bound, too. */
  readonly freeIntegers: boolean
  /** The largest program it takes; a larger one is answered with `unsupported`. Infinity where memory is the limit. */
  readonly largest: { readonly columns: number; readonly rows: number }
  /** Uses `start`: not at all, only when every column is known, or with NaN where nothing is known. */
  readonly startingPoint: 'none' | 'full' | 'partial'
  /** Its `infeasible` and `optimal` are proofs. Without it they are only its word, and prove no bound. */
  readonly proves: boolean
  /** Proves a lower bound, even when it is stopped early. */
  readonly bound: boolean
  /** Tells better points as it finds them. */
  readonly progress: boolean
  /** Asks `interrupted` while it works. */
  readonly interrupt: boolean
  /** Stops at `relativeGap`. Without `bound` that is its word, and the outcome has no bound. */
  readonly gapLimit: boolean
  /**
   * Looks at `timeLimitMs` between its steps, and mostly stops in time; but a step may take far longer, or never end. Only the
   * worker pool keeps the wall.
   */
  readonly timeLimit: boolean
  /** Obeys `iterationLimit`, and counts `iterations`. Without it, a program with such a limit is answered with `unsupported`. */
  readonly iterationLimit: boolean
  /** Obeys `seed`. */
  readonly seed: boolean
}

/** How a running solver and its caller talk. Both are called from inside `solve`, which may block its thread. */
export interface SolverHooks {
  /** Vectors handed over belong to the receiver. */
  readonly onProgress?: (progress: SolverProgress) => void
  /** True when the solver should stop now and give what it has. Asked often: must be cheap. */
  readonly interrupted?: () => boolean
}

/**
 * A solver of mixed-integer programs, loaded and ready. Infeasible, unbounded, interrupted and failed are outcomes, not
 * exceptions.
 */
export interface Solver {
  readonly name: SolverName
  readonly capabilities: SolverCapabilities
  /** @throws {SolverCrashedError} when the solver must not be used again in this thread. */
  solve(program: LinearProgram, options: SolverOptions, hooks: SolverHooks): SolverOutcome | Promise<SolverOutcome>
}

/** The solver broke down (out of memory, an abort in its WebAssembly) and left its thread in a state nobody knows. */
export class SolverCrashedError extends Error {
  override readonly name = 'SolverCrashedError'
  readonly code = 'SOLVER_CRASHED'
}

/** The solver is not here: not installed, or not to be had on this platform. The message says how to get it. */
export class SolverUnavailableError extends Error {
  override readonly name = 'SolverUnavailableError'
  readonly code = 'SOLVER_UNAVAILABLE'
}

/** Relative gap up to which an answer counts as optimal, and default of `relativeGap`. */
export const optimalGap = 1e-6

/** (objective − bound) / |objective|, at least 0; 0 when both are equal; Infinity without a point or a bound. */
export function relativeGap(objective: number, bound: number): number {
  if (objective <= bound) return 0
  if (!Number.isFinite(objective) || !Number.isFinite(bound) || objective === 0) return Number.POSITIVE_INFINITY
  return (objective - bound) / Math.abs(objective)
}

/** An outcome without a point. */
export function outcomeWithoutPoint(
  termination: SolverOutcome['termination'],
  seconds: number,
  message?: string
): SolverOutcome {
  const bound = termination === 'infeasible' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  const outcome = { termination, solution: null, objective: Number.POSITIVE_INFINITY, bound, seconds }
  return message === undefined ? outcome : { ...outcome, message }
}

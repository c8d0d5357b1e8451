/** Why a solver stopped. time-limit: at its limit of time or of iterations. unsupported: it cannot take this program at all. */
export type SolverTermination =
  | 'optimal'
  | 'gap-limit'
  | 'time-limit'
  | 'interrupted'
  | 'infeasible'
  | 'unbounded'
  | 'unsupported'
  | 'failed'

/** What a solver says. It is a claim: nobody may use it before it is checked. */
export interface SolverOutcome {
  readonly termination: SolverTermination
  /** A point for every column, or null when there is none. */
  readonly solution: Float64Array | null
  /** Objective of the point as the solver states it; Infinity without a point. */
  readonly objective: number
  /** Proven lower bound on the objective as the solver states it; −Infinity when none is. */
  readonly bound: number
  readonly seconds: number
  /** Simplex iterations in all, from a solver that counts them. */
  readonly iterations?: number
  /** What went wrong, for `failed` and `unsupported`, and wherever a claim was refused. */
  readonly message?: string
  /** Name of the solver that says so; of several that were asked, the one that took the program. */
  readonly solver?: string
}

/** What a solver is told. */
export interface SolverOptions {
  /** Wall time in milliseconds. Default: no limit. */
  readonly timeLimitMs?: number
  /**
   * Simplex iterations in all, after which it ends as soon as it can: the same on every machine. Default: no limit. A solver that cannot
   * count them answers `unsupported`.
   */
  readonly iterationLimit?: number
  /** Stop at (objective − bound) / objective at most this. Default 1e-6. */
  readonly relativeGap?: number
  readonly seed?: number
  /** A point to start from, for every column; NaN where nothing is known. */
  readonly start?: Float64Array
  /** Only solve the continuous relaxation. */
  readonly relaxation?: boolean
}

/** What a running solver tells, as it goes. */
export interface SolverProgress {
  /** A better point, when there is one. */
  readonly solution?: Float64Array
  readonly objective?: number
  readonly bound: number
  readonly seconds: number
  /** Name of the solver, where several were asked. */
  readonly solver?: string
  /** Why the first of several that were to be asked is not here: said once, when another begins. */
  readonly passedOver?: string
}

/** Distance of a point from satisfying a program, computed without any solver. */
export interface PointReport {
  /**
   * Largest violation of a row or column bound, relative to the largest number in it: the limit, and each coefficient times its
   * column, which counts as at least 1 unless it is a whole one with a whole value: those have no rounding errors.
   */
  readonly infeasibility: number
  /** Largest distance of a whole column from the next whole number. */
  readonly fractionality: number
  /** cost · x + offset. */
  readonly objective: number
}

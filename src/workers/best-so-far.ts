import type { SolverOutcome, SolverProgress, SolverTermination } from '../../models/linear-program/solution.js'
import { outcomeWithoutPoint } from '../solvers/solver.js'

/** The best point and bound that a solver has streamed: nothing of them is lost when its thread is. */
export class BestSoFar {
  #solution: Float64Array | null = null
  #objective = Number.POSITIVE_INFINITY
  #bound = Number.NEGATIVE_INFINITY

  add({ solution, objective, bound }: SolverProgress): void {
    this.#bound = Math.max(this.#bound, bound)
    if (solution === undefined || objective === undefined || objective >= this.#objective) return
    this.#solution = solution
    this.#objective = objective
  }

  /** What was streamed, as the outcome of a solver that can say no more. */
  outcome(termination: SolverTermination, seconds: number, message?: string): SolverOutcome {
    const outcome = outcomeWithoutPoint(termination, seconds, message)
    return { ...outcome, solution: this.#solution, objective: this.#objective, bound: this.#bound }
  }

  /** The outcome of the solver, completed by what was streamed where it stopped without a point of its own. */
  complete(outcome: SolverOutcome): SolverOutcome {
    if (outcome.solution !== null || this.#solution === null) return outcome
    if (outcome.termination === 'infeasible' || outcome.termination === 'unbounded') return outcome
    const { termination, seconds, message, iterations } = outcome
    const bound = Math.max(outcome.bound, this.#bound)
    return {
      ...this.outcome(termination, seconds, message),
      bound,
      ...(iterations === undefined ? {} : { iterations })
    }
  }
}

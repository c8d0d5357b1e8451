import { type Solver, SolverUnavailableError } from '../solver.js'

/** A solver in plain JavaScript. */
export async function loadJavascriptLpSolver(): Promise<Solver> {
  throw new SolverUnavailableError('javascript-lp-solver is not bridged yet')
}

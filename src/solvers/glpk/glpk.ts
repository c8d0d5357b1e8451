import { type Solver, SolverUnavailableError } from '../solver.js'

/** GLPK compiled to WebAssembly: synchronous, on one thread. */
export async function loadGlpkSolver(): Promise<Solver> {
  throw new SolverUnavailableError('glpk.js is not bridged yet')
}

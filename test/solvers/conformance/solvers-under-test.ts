import { portfolio } from '../../../src/solvers/portfolio.js'
import type { Solver, SolverCapabilities } from '../../../src/solvers/solver.js'
import { loadSolver } from '../../../src/solvers/solvers.js'

/** Every solver, loaded. What one cannot do it declares itself: no test asks for its name. */
export const solvers: readonly Solver[] = await Promise.all(portfolio.map(loadSolver))

/** What a solver lacks when it does not declare a capability. */
const lacking = {
  bound: 'proves no bound when it is stopped early',
  progress: 'tells nothing on the way',
  interrupt: 'hears no interrupt: the worker pool kills it',
  gapLimit: 'has no gap limit',
  iterationLimit: 'counts no iterations',
  seed: 'has no seed'
}

/** Skips a test for a solver that declares that it lacks something, and says so. */
export function requireCapability(
  { name, capabilities }: Solver,
  capability: keyof typeof lacking & keyof SolverCapabilities,
  skip: (reason: string) => never
): void {
  if (!capabilities[capability]) skip(`${name} ${lacking[capability]}`)
}

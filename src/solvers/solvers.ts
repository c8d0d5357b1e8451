import { reportPoint } from '../../models/linear-program/point-report.js'
import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome } from '../../models/linear-program/solution.js'
import { outcomeWithoutPoint, type Solver, type SolverHooks } from './solver.js'

/** Every solver by name, imported only when it is asked for. A new one is a folder and a line here. */
const loaders = {
  highs: async () => (await import('./highs/highs.js')).loadHighsSolver()
} satisfies Record<string, () => Promise<Solver>>

export type SolverName = keyof typeof loaders

const solverNames = Object.keys(loaders) as readonly SolverName[]

/** There is no solver of this name. */
export class UnknownSolverError extends Error {
  override readonly name = 'UnknownSolverError'
  readonly code = 'UNKNOWN_SOLVER'
}

/** Loads a solver; the second time it is there already. */
export async function loadSolver(name: SolverName): Promise<Solver> {
  if (!Object.hasOwn(loaders, name)) {
    throw new UnknownSolverError(`no solver is named ${JSON.stringify(name)}; there are: ${solverNames.join(', ')}`)
  }
  return await loaders[name]()
}

/**
 * Loads a solver and solves, in this thread. A program without columns is answered here, for solvers choke on it; what
 * the solver declares it cannot do is answered with `unsupported`.
 *
 * @throws {UnknownSolverError}
 * @throws {SolverCrashedError}
 */
export async function solveWith(
  name: SolverName,
  program: LinearProgram,
  options: SolverOptions = {},
  hooks: SolverHooks = {}
): Promise<SolverOutcome> {
  const solver = await loadSolver(name)
  if (program.columns === 0) return solveEmpty(program)
  if (!solver.capabilities.integers && !options.relaxation && program.integer.includes(1)) {
    return outcomeWithoutPoint('unsupported', 0, `${name} takes no whole columns`)
  }
  return await solver.solve(program, options, hooks)
}

function solveEmpty(program: LinearProgram): SolverOutcome {
  const solution = new Float64Array(0)
  const { infeasibility, objective } = reportPoint(program, solution)
  if (infeasibility > 0) return outcomeWithoutPoint('infeasible', 0)
  return { termination: 'optimal', solution, objective, bound: objective, seconds: 0 }
}

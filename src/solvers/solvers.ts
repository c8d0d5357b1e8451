import { reportPoint } from '../../models/linear-program/point-report.js'
import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome } from '../../models/linear-program/solution.js'
import { portfolio, type SolverName } from './portfolio.js'
import { outcomeWithoutPoint, type Solver, type SolverHooks, SolverUnavailableError } from './solver.js'

/** Every solver by name, imported only when it is asked for. A new one is a folder, a line here and one in `portfolio`. */
const loaders = {
  highs: async () => (await import('./highs/highs.js')).loadHighsSolver(),
  glpk: async () => (await import('./glpk/glpk.js')).loadGlpkSolver(),
  'javascript-lp-solver': async () =>
    (await import('./javascript-lp-solver/javascript-lp-solver.js')).loadJavascriptLpSolver()
} satisfies Record<SolverName, () => Promise<Solver>>

/** There is no solver of this name. */
export class UnknownSolverError extends Error {
  override readonly name = 'UnknownSolverError'
  readonly code = 'UNKNOWN_SOLVER'
}

/**
 * Loads a solver; the second time it is there already.
 *
 * @throws {UnknownSolverError}
 * @throws {SolverUnavailableError}
 */
export async function loadSolver(name: SolverName): Promise<Solver> {
  if (!Object.hasOwn(loaders, name)) {
    throw new UnknownSolverError(`no solver is named ${JSON.stringify(name)}; there are: ${portfolio.join(', ')}`)
  }
  return await loaders[name]()
}

/**
 * Loads a solver and solves, in this thread. Of several, the first that takes the program: one that is not here, or
 * declares that it cannot, is passed over; when all are, the outcome is `unsupported` and gives every reason. A program
 * without columns is answered here, for solvers choke on it.
 *
 * @throws {UnknownSolverError}
 * @throws {SolverCrashedError}
 */
export async function solveWith(
  names: SolverName | readonly SolverName[],
  program: LinearProgram,
  options: SolverOptions = {},
  hooks: SolverHooks = {}
): Promise<SolverOutcome> {
  const reasons: string[] = []
  for (const name of typeof names === 'string' ? [names] : names) {
    const outcome = await solveByOne(name, program, options, hooks)
    if (outcome.termination !== 'unsupported') return { ...outcome, solver: name }
    reasons.push(outcome.message ?? `${name} does not take the program`)
  }
  return outcomeWithoutPoint('unsupported', 0, reasons.join('; '))
}

async function solveByOne(
  name: SolverName,
  program: LinearProgram,
  options: SolverOptions,
  hooks: SolverHooks
): Promise<SolverOutcome> {
  let solver: Solver
  try {
    solver = await loadSolver(name)
  } catch (error) {
    if (error instanceof SolverUnavailableError) return outcomeWithoutPoint('unsupported', 0, error.message)
    throw error
  }
  if (program.columns === 0) return solveEmpty(program)
  const { integers, proves } = solver.capabilities
  if (!integers && !options.relaxation && program.integer.includes(1)) {
    return outcomeWithoutPoint('unsupported', 0, `${name} takes no whole columns`)
  }
  const outcome = await solver.solve(program, options, hooks)
  return proves ? outcome : { ...outcome, bound: Number.NEGATIVE_INFINITY }
}

function solveEmpty(program: LinearProgram): SolverOutcome {
  const solution = new Float64Array(0)
  const { infeasibility, objective } = reportPoint(program, solution)
  if (infeasibility > 0) return outcomeWithoutPoint('infeasible', 0)
  return { termination: 'optimal', solution, objective, bound: objective, seconds: 0 }
}

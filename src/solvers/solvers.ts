import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome } from '../../models/linear-program/solution.js'
import { answerAtOnce } from './answer-at-once.js'
import { checkingHooks, checkOutcome } from './check-outcome.js'
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
 * declares that it cannot, is passed over; when all are, the outcome is `unsupported` and gives every reason. What the
 * solver claims is held against the program before it is handed on.
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
  let passedOver: string | undefined
  for (const name of typeof names === 'string' ? [names] : names) {
    const solver = await loadWhereItIs(name)
    if (solver instanceof SolverUnavailableError) {
      passedOver ??= solver.message
      reasons.push(solver.message)
      continue
    }
    const refusal = refusalOf(solver, program, options)
    if (refusal === null) {
      // Before it begins: many are stopped and say nothing more.
      if (passedOver !== undefined) hooks.onProgress?.({ bound: -Infinity, seconds: 0, solver: name, passedOver })
      return { ...(await solveByOne(solver, program, options, hooks)), solver: name }
    }
    reasons.push(refusal)
  }
  return outcomeWithoutPoint('unsupported', 0, reasons.join('; '))
}

async function loadWhereItIs(name: SolverName): Promise<Solver | SolverUnavailableError> {
  try {
    return await loadSolver(name)
  } catch (error) {
    if (error instanceof SolverUnavailableError) return error
    throw error
  }
}

async function solveByOne(
  solver: Solver,
  program: LinearProgram,
  options: SolverOptions,
  hooks: SolverHooks
): Promise<SolverOutcome> {
  const answer = answerAtOnce(program, options)
  if (answer !== null) return answer
  const outcome = await solver.solve(program, options, checkingHooks(solver, program, options, hooks))
  return checkOutcome(program, options, solver, outcome)
}

/** Why a solver does not take a program, by its own declaration; null when it does. */
function refusalOf(
  { name, capabilities }: Solver,
  program: LinearProgram,
  { relaxation, iterationLimit }: SolverOptions
): string | null {
  const { integers, freeIntegers, largest } = capabilities
  if (!integers && !relaxation && program.integer.includes(1)) return `${name} takes no whole columns`
  if (!freeIntegers && !relaxation && hasFreeInteger(program)) return `${name} takes no whole columns without bounds`
  if (iterationLimit !== undefined && !capabilities.iterationLimit) {
    return `${name} cannot be limited by work, only by the clock`
  }
  if (program.columns <= largest.columns && program.rows <= largest.rows) return null
  return `${name} takes up to ${largest.columns} columns and ${largest.rows} rows, not ${program.columns} and ${program.rows}`
}

function hasFreeInteger({ integer, columnLower, columnUpper }: LinearProgram): boolean {
  return integer.some(
    (whole, column) => whole === 1 && columnLower[column] === -Infinity && columnUpper[column] === Infinity
  )
}

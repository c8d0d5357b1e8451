import { InputError } from '../models/contract/parse.js'
import { ProgramBuilder } from '../models/linear-program/program.js'
import type { Budget } from './budget.js'
import type { ResolvedOptions, SolverChoice } from './options.js'
import { SolverTeam } from './search/solver-team.js'
import { withSharedPool } from './shared-pool.js'
import { portfolio } from './solvers/portfolio.js'

/** Does something with the solvers that the options ask for; null for none. */
export async function withSolvers<Output>(
  { solver, threads, createWorker }: Pick<ResolvedOptions, 'solver' | 'threads' | 'createWorker'>,
  use: (solvers: SolverTeam | null) => Promise<Output>
): Promise<Output> {
  if (solver === 'greedy') return await use(null)
  const names = solver === 'auto' ? portfolio : [solver]
  return await withSharedPool(threads, createWorker, (pool) => use(new SolverTeam(pool, names)))
}

/** Who worked, for the Result: the solvers that answered, or greedy alone. */
export function describeSolvers(solvers: SolverTeam | null): string {
  return solvers?.answered.join(', ') || 'greedy'
}

/** Who looked in vain, for a Result without a placement: the solvers that answered or at least tried, or greedy alone. */
export function listSearchers(solvers: SolverTeam | null): string {
  return solvers?.answered.join(', ') || solvers?.tried.join(', ') || 'greedy'
}

/**
 * What the reader of a Result should know of the solvers: that none of them gave anything, or not the first, and why. Greedy's
 * placement is all there is then, or nothing is.
 */
export function noteTrouble(solvers: SolverTeam | null, found: 'placement' | 'nothing' = 'placement'): string[] {
  const { trouble = null, passedOver = null } = solvers ?? {}
  const notes: string[] = []
  if (trouble !== null)
    notes.push(`no solver gave anything${found === 'placement' ? ', this is greedy alone' : ''}: ${trouble}`)
  if (passedOver !== null && !trouble?.includes(passedOver)) {
    notes.push(`${passedOver}; ${describeSolvers(solvers)} answered`)
  }
  return notes
}

/**
 * What is wrong with a solver that the user named and that cannot be used here, as a worker finds out; null when nothing is, or
 * there is no telling in time. Nobody misses one of `auto`. Never rejects.
 */
export async function findMissingSolver(
  choice: SolverChoice,
  solvers: SolverTeam | null,
  budget: Budget,
  signal: AbortSignal
): Promise<InputError | null> {
  if (choice === 'auto' || solvers === null) return null
  const { timeLimitMs, workLimit } = budget.grant
  const iterationLimit = Number.isFinite(workLimit) ? { iterationLimit: 1 } : {}
  const run = { signal, deadlineMs: timeLimitMs }
  const refusal = await solvers.findRefusal(smallestProgram(), run, iterationLimit)
  if (refusal === null) return null
  const expected = 'a solver that can be used here'
  return new InputError('options', [{ path: 'solver', found: JSON.stringify(choice), expected, hint: refusal }])
}

/** A program that every solver takes. */
function smallestProgram() {
  const builder = new ProgramBuilder()
  const column = builder.column('x', { cost: 1, upper: 1 })
  builder.row('r', 0, 1, [[column, 1]])
  return builder.build('smallest')
}

import { movesWhatMayMove } from '../../models/instance/instance.js'
import type { Stopwatch } from '../stopwatch.js'
import { moveUnit, roundUpToUnit } from './cost-unit.js'
import type { Incumbents } from './incumbents.js'
import { searchByMip } from './mip-search.js'
import { searchNeighbourhoods } from './neighbourhood/neighbourhood-search.js'
import { isSolvable, LEAST_SOLVE_MS } from './program-size.js'
import type { SolverTeam } from './solver-team.js'

export interface MoveSearchOptions {
  /** null: there is no solver. */
  readonly solvers: SolverTeam | null
  readonly watch: Stopwatch
  readonly signal: AbortSignal
  readonly seed: number
  readonly threads: number
}

/**
 * The second objective: the least move cost at the cost that was reached. Returns the proven bound on it; 0 when nothing was
 * proven.
 */
export async function minimiseMoves(incumbents: Incumbents, options: MoveSearchOptions): Promise<number> {
  const { best, instance } = incumbents
  const { solvers } = options
  const { horizonHours } = instance.problem.objective
  if (solvers === null || best === null || best.worth.broken > 0 || best.worth.moveCost === 0 || horizonHours !== null)
    return 0
  if (options.watch.remainingMs() < LEAST_SOLVE_MS) return 0
  const stop = new AbortController()
  const abort = () => stop.abort()
  options.signal.addEventListener('abort', abort, { once: true })
  if (options.signal.aborted) stop.abort()
  let bound = 0
  const prove = async (own: Incumbents) => {
    const outcome = await searchByMip(own, solvers.timedBy(own), {
      level: 'moves',
      atMost: [{ level: 'total', atMost: best.worth.total * (1 + 1e-7) + 1e-6 }],
      timeLimitMs: options.watch.remainingMs(),
      relativeGap: 1e-6,
      seed: options.seed,
      signal: stop.signal
    })
    if (movesWhatMayMove(instance) && Number.isFinite(outcome.bound))
      bound = Math.max(0, roundUpToUnit(outcome.bound, moveUnit(instance)))
    stop.abort()
  }
  const improve = (own: Incumbents) =>
    searchNeighbourhoods(own, solvers.timedBy(own), {
      watch: options.watch,
      signal: stop.signal,
      seed: options.seed,
      level: 'moves',
      isDone: () => false
    })
  try {
    const tasks = isSolvable(instance) ? (options.threads > 1 ? [prove, improve] : [prove]) : [improve]
    await incumbents.measure('moves', (own) => Promise.all(tasks.map((task) => task(own).catch(() => {}))))
  } finally {
    options.signal.removeEventListener('abort', abort)
  }
  // A packing below the bound refutes the bound.
  const reached = incumbents.best?.worth.moveCost ?? 0
  return bound <= reached + 1e-6 ? Math.min(bound, reached) : 0
}

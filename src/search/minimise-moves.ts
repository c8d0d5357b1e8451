import { movesWhatMayMove } from '../../models/instance/instance.js'
import type { Budget } from '../budget.js'
import { moveUnit, roundUpToUnit } from './cost-unit.js'
import type { Incumbents } from './incumbents.js'
import { searchByMip } from './mip-search.js'
import { searchNeighbourhoods } from './neighbourhood/neighbourhood-search.js'
import { patternScope } from './patterns/pattern-scope.js'
import { searchPatterns } from './patterns/pattern-search.js'
import { isSolvable, LEAST_TO_SOLVE } from './program-size.js'
import type { SolverTeam } from './solver-team.js'

export interface MoveSearchOptions {
  /** null: there is no solver. */
  readonly solvers: SolverTeam | null
  readonly budget: Budget
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
  const { solvers, budget } = options
  const { horizonHours } = instance.problem.objective
  if (solvers === null || best === null || best.worth.broken > 0 || best.worth.moveCost === 0 || horizonHours !== null)
    return 0
  if (budget.remaining() < LEAST_TO_SOLVE) return 0
  const stop = new AbortController()
  const abort = () => stop.abort()
  options.signal.addEventListener('abort', abort, { once: true })
  if (options.signal.aborted) stop.abort()
  let bound = 0
  let isDone = false
  const finish = () => {
    isDone = true
    // Where work is counted, each search ends by itself: when it heard of another's bound, a clock would decide.
    if (!budget.countsWork) stop.abort()
  }
  const raise = (proven: number) => {
    if (Number.isFinite(proven)) bound = Math.max(bound, roundUpToUnit(proven, moveUnit(instance)))
    if ((incumbents.best?.worth.moveCost ?? Infinity) <= bound * (1 + 1e-9)) finish()
  }
  const costAtMost = best.worth.total * (1 + 1e-7) + 1e-6
  const byPatterns = async (own: Incumbents) => {
    if (!solvers.generatesColumns || patternScope(instance, best.worth) === 'none') return
    await searchPatterns(own, solvers.timedBy(own), {
      ...options,
      signal: stop.signal,
      relativeGap: 1e-6,
      contentsMatter: true,
      objective: { of: 'moves', costAtMost },
      cutoff: best.worth.moveCost,
      onBound: raise
    })
  }
  const prove = async (own: Incumbents) => {
    const outcome = await searchByMip(own, solvers.timedBy(own), {
      level: 'moves',
      atMost: [{ level: 'total', atMost: costAtMost }],
      budget,
      relativeGap: 1e-6,
      seed: options.seed,
      signal: stop.signal
    })
    if (movesWhatMayMove(instance)) raise(outcome.bound)
    if (outcome.termination === 'optimal') finish()
  }
  const improve = (own: Incumbents) =>
    searchNeighbourhoods(own, solvers.timedBy(own), {
      budget,
      signal: stop.signal,
      seed: options.seed,
      level: 'moves',
      isDone: () => isDone
    })
  try {
    const beside = isSolvable(instance) ? [prove, improve] : [improve]
    const lanes =
      options.threads > 1 && !budget.countsWork ? [[byPatterns, improve], beside] : [[byPatterns, ...beside]]
    const runInTurn = async (own: Incumbents, tasks: readonly ((own: Incumbents) => Promise<void>)[]) => {
      for (const task of tasks) if (!isDone && !stop.signal.aborted) await task(own).catch(() => {})
    }
    await incumbents.measure('moves', (own) => Promise.all(lanes.map((lane) => runInTurn(own, lane))))
  } finally {
    options.signal.removeEventListener('abort', abort)
  }
  // A packing below the bound refutes the bound.
  const reached = incumbents.best?.worth.moveCost ?? 0
  return bound <= reached + 1e-6 ? Math.min(bound, reached) : 0
}

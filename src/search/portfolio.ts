import { unplacedLevels } from '../../models/formulations/objective-levels.js'
import type { Stopwatch } from '../stopwatch.js'
import type { SolverPool } from '../workers/pool.js'
import type { Incumbents } from './incumbents.js'
import { searchByMip } from './mip-search.js'
import { searchNeighbourhoods } from './neighbourhood/neighbourhood-search.js'
import { decidesByKind, searchPatterns } from './patterns/pattern-search.js'
import { requirementsOf } from './requirements.js'
import { boundByType, roundUpToCosts } from './type-bound.js'

export interface SearchOptions {
  /** null: there is no solver, and nothing is searched beyond greedy. */
  readonly pool: SolverPool | null
  readonly watch: Stopwatch
  readonly signal: AbortSignal
  readonly relativeGap: number
  readonly seed: number
  readonly threads: number
}

/** Time that the type-aggregated bound may take where a single thread must do everything in turn. */
const BOUND_SHARE = 0.2

/**
 * Looks for a packing by the objectives in their order: broken rules first, then what finds no place, then cost. Two threads run the whole
 * program beside the bound by type and neighbourhoods of the best packing; one runs them in turn. Returns whether the solver says that there is none, while
 * nothing is known that contradicts it.
 */
export async function searchPacking(incumbents: Incumbents, options: SearchOptions): Promise<boolean> {
  const { pool } = options
  if (pool === null) return false
  const stop = new AbortController()
  const abort = () => stop.abort()
  options.signal.addEventListener('abort', abort, { once: true })
  if (options.signal.aborted) stop.abort()
  try {
    if (!(await searchRequirements(incumbents, pool, { ...options, signal: stop.signal }))) return true
    const isInfeasible = await searchCost(incumbents, pool, { ...options, signal: stop.signal }, stop)
    return isInfeasible && incumbents.best === null
  } finally {
    options.signal.removeEventListener('abort', abort)
  }
}

/** Repairs what is broken and places what is wanted, as far as that goes. False when that is impossible. */
async function searchRequirements(incumbents: Incumbents, pool: SolverPool, options: SearchOptions): Promise<boolean> {
  const { watch, signal, seed } = options
  for (const level of ['broken-rules', ...unplacedLevels(incumbents.instance)] as const) {
    const { best, instance } = incumbents
    const reached = best && requirementsOf(instance, best.worth).find((requirement) => requirement.level === level)
    if (reached?.atMost === 0 || signal.aborted) continue
    const outcome = await searchByMip(incumbents, pool, {
      level,
      timeLimitMs: watch.remainingMs() / 3,
      relativeGap: 1e-6,
      seed,
      signal
    })
    if (outcome.termination === 'infeasible' && incumbents.best === null) return false
  }
  return true
}

async function searchCost(
  incumbents: Incumbents,
  pool: SolverPool,
  options: SearchOptions,
  stop: AbortController
): Promise<boolean> {
  const { watch, signal, relativeGap, seed, threads } = options
  const stopAtGap = () => {
    if (incumbents.gap <= relativeGap) stop.abort()
  }
  let isInfeasible = false
  const bound = async (timeLimitMs: number) => {
    const impossible = await boundByType(incumbents, pool, { timeLimitMs, relativeGap: relativeGap / 2, signal })
    isInfeasible ||= impossible
    stopAtGap()
  }
  const solve = async () => {
    const outcome = await searchByMip(incumbents, pool, {
      level: 'total',
      timeLimitMs: watch.remainingMs(),
      relativeGap,
      seed,
      signal,
      onBound: (proven) => {
        const isCost = incumbents.instance.problem.objective.horizonHours === null
        incumbents.raiseTotalBound(isCost ? roundUpToCosts(incumbents.instance, proven) : proven)
        stopAtGap()
      }
    })
    isInfeasible ||= outcome.termination === 'infeasible'
  }
  const improve = () =>
    searchNeighbourhoods(incumbents, pool, {
      watch,
      signal,
      seed,
      level: 'total',
      isDone: () => incumbents.gap <= relativeGap
    }).then(stopAtGap)
  const byKind = async () => {
    if (!decidesByKind(incumbents.instance)) return
    await searchPatterns(incumbents, pool, { watch, signal, seed, relativeGap })
    stopAtGap()
  }
  if (threads > 1) {
    await Promise.all([
      solve(),
      bound(watch.remainingMs() * BOUND_SHARE)
        .then(byKind)
        .then(improve)
    ])
  } else {
    await bound(watch.remainingMs() * BOUND_SHARE)
    await byKind()
    await solve()
    await improve()
  }
  return isInfeasible
}

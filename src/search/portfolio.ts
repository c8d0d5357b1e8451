import { unplacedLevels } from '../../models/formulations/objective-levels.js'
import { movesWhatMayMove } from '../../models/instance/instance.js'
import type { Stopwatch } from '../stopwatch.js'
import type { SolverPool } from '../workers/pool.js'
import type { Incumbents } from './incumbents.js'
import { searchByMip } from './mip-search.js'
import { searchNeighbourhoods } from './neighbourhood/neighbourhood-search.js'
import { decidesByKind } from './patterns/decides-by-kind.js'
import { searchPatterns } from './patterns/pattern-search.js'
import { isSolvable, LEAST_SOLVE_MS } from './program-size.js'
import { requirementsOf } from './requirements.js'
import { boundByType } from './type-bound.js'

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
 * program beside the bound by type, patterns and neighbourhoods of the best packing; one runs them in turn. Returns whether the solver says that there is none, while
 * nothing is known that contradicts it.
 */
export async function searchPacking(incumbents: Incumbents, options: SearchOptions): Promise<boolean> {
  const { pool } = options
  if (pool === null || options.watch.remainingMs() < LEAST_SOLVE_MS) return false
  const stop = new AbortController()
  const abort = () => stop.abort()
  options.signal.addEventListener('abort', abort, { once: true })
  if (options.signal.aborted) stop.abort()
  try {
    if (!(await searchRequirements(incumbents, pool, { ...options, signal: stop.signal }))) return true
    const isInfeasible = await searchCost(incumbents, pool, { ...options, signal: stop.signal }, stop)
    return isInfeasible && !incumbents.hasAnswer
  } finally {
    options.signal.removeEventListener('abort', abort)
  }
}

/** Repairs what is broken and places what is wanted, as far as that goes. False when that is impossible. */
async function searchRequirements(incumbents: Incumbents, pool: SolverPool, options: SearchOptions): Promise<boolean> {
  const { watch, signal, seed } = options
  let areProven = true
  if (!isSolvable(incumbents.instance)) return true
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
    const isExact = movesWhatMayMove(instance)
    if (isExact && outcome.termination === 'infeasible' && !incumbents.hasAnswer) return false
    areProven &&= isExact && outcome.termination === 'optimal'
  }
  if (areProven) incumbents.requirementsProven = true
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
  const isExact = movesWhatMayMove(incumbents.instance)
  let isInfeasible = false
  const bound = async (timeLimitMs: number) => {
    const impossible = await boundByType(incumbents, pool, { timeLimitMs, relativeGap: relativeGap / 2, signal })
    isInfeasible ||= impossible
  }
  const solve = async () => {
    const outcome = await searchByMip(incumbents, pool, {
      level: 'total',
      timeLimitMs: watch.remainingMs(),
      relativeGap,
      seed,
      signal,
      onBound: (proven) => {
        if (isExact) incumbents.raiseTotalBound(proven)
      }
    })
    isInfeasible ||= isExact && outcome.termination === 'infeasible'
  }
  const improve = async (lane: number) => {
    const isDone = () => incumbents.gap <= relativeGap
    await searchNeighbourhoods(incumbents, pool, { watch, signal, seed: seed + lane, level: 'total', isDone })
  }
  const byKind = async () => {
    if (!decidesByKind(incumbents.instance)) return
    await searchPatterns(incumbents, pool, { watch, signal, seed, relativeGap })
  }
  const boundShare = () => bound(watch.remainingMs() * BOUND_SHARE)
  const lanes = isSolvable(incumbents.instance) ? [[solve]] : []
  if (threads > 2) lanes.push([boundShare], [byKind])
  else lanes.push([boundShare, byKind])
  const unlisten = incumbents.listen(stopAtGap)
  stopAtGap()
  try {
    await runLanes(lanes, threads, improve)
  } finally {
    unlisten()
  }
  return isInfeasible
}

/** Each lane does its tasks in turn and then goes on improving, as do the threads without a task. One thread does all in turn. */
async function runLanes(
  lanes: readonly (readonly (() => Promise<void>)[])[],
  threads: number,
  improve: (lane: number) => Promise<void>
): Promise<void> {
  // A lane that fails ends; what the others find stands.
  const runInTurn = async (tasks: readonly (() => Promise<void>)[]) => {
    for (const task of tasks) await task().catch(() => {})
  }
  if (threads === 1) return runInTurn([...[...lanes].reverse().flat(), () => improve(0)])
  const spare = Array.from({ length: Math.max(0, threads - lanes.length) }, () => [])
  await Promise.all([...lanes, ...spare].map((tasks, lane) => runInTurn([...tasks, () => improve(lane)])))
}

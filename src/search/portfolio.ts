import { type ObjectiveLevel, unplacedLevels } from '../../models/formulations/objective-levels.js'
import { movesWhatMayMove } from '../../models/instance/instance.js'
import type { Stopwatch } from '../stopwatch.js'
import type { Incumbents } from './incumbents.js'
import { searchByMip } from './mip-search.js'
import { searchNeighbourhoods } from './neighbourhood/neighbourhood-search.js'
import { decidesByKind } from './patterns/decides-by-kind.js'
import { searchPatterns } from './patterns/pattern-search.js'
import { isSolvable, LEAST_SOLVE_MS } from './program-size.js'
import { provesInfeasible, provesNothingBelow } from './proofs.js'
import { requirementsOf } from './requirements.js'
import type { SolverTeam } from './solver-team.js'
import { boundByType } from './type-bound.js'

export interface SearchOptions {
  /** null: there is no solver, and nothing is searched beyond greedy. */
  readonly solvers: SolverTeam | null
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
  const { solvers } = options
  if (solvers === null || options.watch.remainingMs() < LEAST_SOLVE_MS) return false
  const stop = new AbortController()
  const abort = () => stop.abort()
  options.signal.addEventListener('abort', abort, { once: true })
  if (options.signal.aborted) stop.abort()
  try {
    if (!(await searchRequirements(incumbents, solvers, { ...options, signal: stop.signal }))) return true
    const isInfeasible = await searchCost(incumbents, solvers, { ...options, signal: stop.signal }, stop)
    return isInfeasible && !incumbents.hasAnswer
  } finally {
    options.signal.removeEventListener('abort', abort)
  }
}

/** Repairs what is broken and places what is wanted, as far as that goes. False when that is impossible. */
async function searchRequirements(
  incumbents: Incumbents,
  solvers: SolverTeam,
  options: SearchOptions
): Promise<boolean> {
  const { watch, signal, seed } = options
  let areProven = true
  if (!isSolvable(incumbents.instance)) return true
  for (const level of ['broken-rules', ...unplacedLevels(incumbents.instance)] as const) {
    const { instance } = incumbents
    if (reachedIn(incumbents, level) === 0 || signal.aborted) continue
    const outcome = await incumbents.measure('requirements', (own) =>
      searchByMip(own, solvers.timedBy(own), {
        level,
        timeLimitMs: watch.remainingMs() / 3,
        relativeGap: 1e-6,
        seed,
        signal
      })
    )
    const isExact = movesWhatMayMove(instance)
    if (isExact && provesInfeasible(outcome) && !incumbents.hasAnswer) return false
    areProven &&= isExact && provesNothingBelow(outcome, reachedIn(incumbents, level))
  }
  if (areProven) incumbents.requirementsProven = true
  return true
}

/** What the best packing leaves broken or unplaced at a level; Infinity while it misses what is required. */
function reachedIn({ best, instance }: Incumbents, level: ObjectiveLevel): number {
  const required = best === null ? [] : requirementsOf(instance, best.worth)
  return required.find((requirement) => requirement.level === level)?.atMost ?? Number.POSITIVE_INFINITY
}

async function searchCost(
  incumbents: Incumbents,
  solvers: SolverTeam,
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
    const limits = { timeLimitMs, relativeGap: relativeGap / 2, signal }
    const impossible = await incumbents.measure('bound-by-type', (own) =>
      boundByType(own, solvers.timedBy(own), limits)
    )
    isInfeasible ||= impossible
  }
  const solve = () =>
    incumbents.measure('compact-model', async (own) => {
      const outcome = await searchByMip(own, solvers.timedBy(own), {
        level: 'total',
        timeLimitMs: watch.remainingMs(),
        relativeGap,
        seed,
        signal,
        onBound: (proven) => {
          if (isExact) own.raiseTotalBound(proven)
        }
      })
      isInfeasible ||= isExact && provesInfeasible(outcome)
    })
  const improve = (lane: number) => {
    const isDone = () => incumbents.gap <= relativeGap
    const limits = { watch, signal, seed: seed + lane, level: 'total', isDone } as const
    return incumbents.measure('neighbourhoods', (own) => searchNeighbourhoods(own, solvers.timedBy(own), limits))
  }
  const byKind = async () => {
    if (!solvers.generatesColumns || !decidesByKind(incumbents.instance)) return
    const limits = { watch, signal, seed, relativeGap }
    await incumbents.measure('column-generation', (own) => searchPatterns(own, solvers.timedBy(own), limits))
  }
  const boundShare = () => bound(watch.remainingMs() * BOUND_SHARE)
  const lanes = isSolvable(incumbents.instance) ? [[solve]] : []
  if (threads > 2) lanes.push([boundShare], [byKind])
  else lanes.push([boundShare, byKind])
  const unlisten = incumbents.listen(stopAtGap)
  stopAtGap()
  try {
    await runLanes(lanes, threads, improve, signal)
  } finally {
    unlisten()
  }
  return isInfeasible
}

/** Each lane does its tasks in turn and then goes on improving, as do the threads without a task. One thread does all in turn. */
async function runLanes(
  lanes: readonly (readonly (() => Promise<void>)[])[],
  threads: number,
  improve: (lane: number) => Promise<void>,
  signal: AbortSignal
): Promise<void> {
  // A lane that fails ends; what the others find stands.
  const runInTurn = async (tasks: readonly (() => Promise<void>)[]) => {
    for (const task of tasks) if (!signal.aborted) await task().catch(() => {})
  }
  if (threads === 1) return runInTurn([...[...lanes].reverse().flat(), () => improve(0)])
  const spare = Array.from({ length: Math.max(0, threads - lanes.length) }, () => [])
  await Promise.all([...lanes, ...spare].map((tasks, lane) => runInTurn([...tasks, () => improve(lane)])))
}

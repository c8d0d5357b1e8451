import { InputError } from '../../../models/contract/parse-value.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Study } from '../../../models/contract/study.js'
import type { Progress } from '../../options.js'
import { withSharedPool } from '../../shared-pool.js'
import { linkLeastOf, wantedOf } from '../fleet/demand-rows.js'
import { type Fleet, formulateFleet } from '../fleet/fleet.js'
import { type SearchedFleet, searchFleet } from '../fleet/search-fleet.js'
import { countsNow } from '../forecast/demand.js'
import { describeSearch } from '../question/describe-search.js'
import { type QuestionOptions, type ResolvedQuestion, resolveQuestion } from '../question/options.js'
import { planWithin } from '../question/plan-for.js'
import { problemAt } from '../study/problem-at.js'
import { assembleMix, type MixContext } from './assemble-mix.js'
import { brokenFloors } from './broken-floors.js'
import type { MixAnswer } from './mix-answer.js'
import { brokenQuotas } from './quota-use.js'
import { boughtTypes, seatFleet } from './seat-fleet.js'

export interface MixOptions extends QuestionOptions {
  /** Replicas of each deployment, by id. Default: those wanted now. */
  readonly counts?: ReadonlyMap<string, number>
  /** Called while nodes are chosen, and then as by `compact`. */
  readonly onSearch?: (progress: Progress) => void
}

/** The part of the time that the choice of nodes may take; what is left goes to placement and migration. */
const NODES_SHARE = 0.4
/** Where nothing but the choice of nodes keeps quotas. */
const NODES_SHARE_WITH_QUOTAS = 0.8
/** What comes after that, for people. */
const PLACING = { done: 1, of: 2, doing: 'placing replicas' }

/**
 * The cheapest mix of node types for one moment, with a proven bound, and the way to get there from what runs now. First nodes are
 * chosen by column generation, whatever is where; then `compact` places the replicas on them and orders the migration.
 *
 * `study` is one that `completeStudy` has made ready. Throws InputError for what is no Problem at that moment, and for quotas together
 * with rules between nodes; the signal's reason on an abort.
 */
export async function mix(study: Study, options: MixOptions = {}): Promise<MixAnswer> {
  const { counts = countsNow(study), onSearch, ...rest } = options
  const told = onSearch && { onProgress: onSearch }
  const question = resolveQuestion(rest, [])
  const problem = problemAt(study, counts)
  const fleet = formulate(study, counts)
  const searched = fleet === null ? null : await chooseNodes(study, fleet, counts, question, onSearch)
  const solution = searched?.solution ?? null
  const context = { study, counts, question, bound: searched?.bound ?? 0 }
  if (fleet === null || solution === null) {
    if (study.quotas.length > 0) return assembleMix(context, problem, null)
    const result = await planWithin(problem, 1, { ...told }, question)
    return assembleWithFloors(context, problem, result, result.termination === 'optimal' && study.rules.length === 0)
  }
  const bought = boughtTypes(fleet, solution)
  const offered = problem.nodeTypes.map((type) => ({ ...type, maxNew: bought.get(type.type) ?? 0 }))
  const narrowed = { ...problem, nodeTypes: offered.filter(({ maxNew }) => maxNew > 0) }
  const start = seatFleet(fleet, narrowed, solution)
  const own = { ...told, ...(start !== null && { start }) }
  const result = await planWithin(narrowed, 1, own, question, PLACING)
  if (!keepsQuotas(study, narrowed, result)) return assembleMix(context, narrowed, null)
  return assembleWithFloors(context, narrowed, result, false)
}

/** A Result that leaves a floor broken is no mix; `isProven`: nor is there any other, as none comes nearer to the floors. */
function assembleWithFloors(context: MixContext, problem: Problem, result: Result, isProven: boolean): MixAnswer {
  const reasons = brokenFloors(context.study, problem, result)
  if (reasons.length === 0) return assembleMix(context, problem, result)
  return assembleMix({ ...context, ...(isProven && { bound: Infinity }), reasons }, problem, null)
}

/** null where rules between nodes are in the way, and no quotas ask for counting. */
function formulate(study: Study, counts: ReadonlyMap<string, number>): Fleet | null {
  try {
    return formulateFleet(study, counts)
  } catch (error) {
    if (study.quotas.length > 0 || !(error instanceof InputError)) throw error
    return null
  }
}

async function chooseNodes(
  study: Study,
  fleet: Fleet,
  counts: ReadonlyMap<string, number>,
  { budget, threads, createWorker, seed, relativeGap, signal, onProgress, elapsedMs }: ResolvedQuestion,
  onSearch?: (progress: Progress) => void
): Promise<SearchedFleet> {
  const { timeLimitMs, workLimit } = budget.share(study.quotas.length > 0 ? NODES_SHARE_WITH_QUOTAS : NODES_SHARE).grant
  const searched = await withSharedPool(threads, createWorker, (pool) =>
    searchFleet(fleet, Int32Array.from(wantedOf(fleet, counts)), linkLeastOf(study, fleet, counts), {
      pool,
      signal,
      seed,
      relativeGap,
      timeLimitMs,
      workLimit,
      onProgress: (cost, bound) => {
        const gap = Number.isFinite(cost) ? (cost - bound) / Math.max(cost, 1e-12) : Infinity
        onSearch?.({ elapsedMs: elapsedMs(), phase: 'placement', costPerHour: cost, bound, gap, migrations: 0 })
        const doing = describeSearch('choosing nodes', cost, bound)
        onProgress?.({ elapsedMs: elapsedMs(), done: 0, of: 2, doing })
      }
    })
  )
  // What was asked to end may have used it all.
  budget.charge(searched.work)
  return searched
}

function keepsQuotas(study: Study, problem: Problem, result: Result): boolean {
  return result.primalStatus !== 'feasible' || brokenQuotas(study, problem, result).length === 0
}

import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { compact } from '../../compact.js'
import type { CompactOptions } from '../../options.js'
import { readResult } from '../../result/read-result.js'
import { describeSearch } from './describe-search.js'
import type { QuestionProgress, ResolvedQuestion } from './options.js'

/** Options of questions that look at the cluster after the plan. */
export interface PlanOptions {
  /** The Result of `compact` for this Problem. Default: it is planned first, with a part of the time. */
  readonly plan?: Unchecked<Result>
}

/**
 * The plan that was given, or one made with a share of what is left of the budget. Throws InputError for a Result of another Problem,
 * and for one that the checker refuses.
 */
export async function planFor(
  problem: Problem,
  given: unknown,
  share: number,
  question: ResolvedQuestion
): Promise<Result> {
  if (given === undefined) return planWithin(problem, share, {}, question)
  return readResult(problem, given, 'plan')
}

/** Plans with a share of what is left of a question's budget; `told` is what this part of the question is called. */
export async function planWithin(
  problem: Problem,
  share: number,
  own: CompactOptions,
  { budget, seed, threads, solver, relativeGap, signal, createWorker, onProgress, elapsedMs }: ResolvedQuestion,
  told: Omit<QuestionProgress, 'elapsedMs'> = { done: 0, of: 1, doing: 'the plan' }
): Promise<Result> {
  const tell = (doing: string) => onProgress?.({ ...told, elapsedMs: elapsedMs(), doing })
  tell(told.doing)
  const { timeLimitMs, workLimit } = budget.grant
  const work = workLimit * share
  const result = await compact(problem, {
    ...(Number.isFinite(timeLimitMs) && { timeLimitMs: Math.max(1, timeLimitMs * (budget.countsWork ? 1 : share)) }),
    ...(Number.isFinite(work) && { workLimit: Math.max(1, work) }),
    seed,
    threads,
    solver,
    relativeGap,
    signal,
    ...(createWorker && { createWorker }),
    onProgress: ({ costPerHour, bound }) => void tell(describeSearch(told.doing, costPerHour, bound)),
    ...own
  })
  // What it did beyond its limit could not be stopped.
  if (Number.isFinite(work)) budget.charge(work)
  return result
}

import { verifyResult } from '../../../models/checker/verify-result.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result, Termination } from '../../../models/contract/result.js'
import { compact } from '../../compact.js'
import type { CompactOptions } from '../../options.js'
import { fingerprint } from '../../result/fingerprint.js'
import { gapBetween } from '../../search/incumbents.js'
import { parseStudy } from '../study/parse-study.js'
import { mix } from './mix.js'
import type { MixAnswer } from './mix-answer.js'

/**
 * As `compact`, for a Problem that may buy nodes: which to buy is chosen first, by column generation, as the nodes that might be bought are
 * too many to be looked at one by one. The Result is one of the whole Problem, its bound too.
 */
export async function solveCluster(problem: Problem, options: CompactOptions): Promise<Result> {
  const { maxMigrations, maxMoveCost, onProgress, start, ...rest } = options
  const mayBuy = problem.nodeTypes.some(({ maxNew }) => maxNew > 0)
  // Over a horizon, moves and cost are weighed against each other: which nodes are cheapest is no question of its own.
  if (!mayBuy || problem.objective.horizonHours !== null || problem.pending !== 'required')
    return compact(problem, options)
  const { searches: _s, profile: _p, certificate: _c, ...common } = rest
  const { budget } = problem
  const least = (own: number | undefined, other: number | undefined) =>
    own === undefined && other === undefined ? undefined : Math.min(own ?? Infinity, other ?? Infinity)
  const migrations = least(budget.maxMigrations, maxMigrations)
  const moveCost = least(budget.maxMoveCost, maxMoveCost)
  const limited = {
    ...problem,
    budget: {
      ...budget,
      ...(migrations === undefined ? {} : { maxMigrations: migrations }),
      ...(moveCost === undefined ? {} : { maxMoveCost: moveCost })
    }
  }
  const answer = await mix(parseStudy(limited), { ...common, ...(onProgress && { onSearch: onProgress }) })
  const lifted = lift(problem, answer, options)
  if (lifted !== null && verifyResult(problem, lifted).length === 0) return lifted
  return compact(problem, options)
}

/** The Result of the nodes that were chosen as one of all that are on offer; null where there is none. */
function lift(problem: Problem, { result, boundPerHour }: MixAnswer, options: CompactOptions): Result | null {
  if (result?.objective === undefined || result.bound === undefined) return null
  const bound = { ...result.bound, costPerHour: boundPerHour, total: boundPerHour }
  const gap = gapBetween(result.objective.total, bound.total)
  const { name } = problem
  return {
    ...result,
    problem: { ...(name === undefined ? {} : { name }), fingerprint: fingerprint(problem) },
    termination: terminationOf(result.termination, gap, options),
    bound,
    gap
  }
}

function terminationOf(
  given: Termination,
  gap: number,
  { relativeGap = 1e-4, workLimit }: CompactOptions
): Termination {
  if (gap <= 1e-6) return 'optimal'
  if (gap <= relativeGap) return 'gap-limit'
  if (given !== 'optimal' && given !== 'gap-limit') return given
  return workLimit === undefined ? 'time-limit' : 'work-limit'
}

import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { describeTarget } from '../../../models/instance/describe-target.js'
import { searchGreedily } from '../../search/greedy/greedy-search.js'
import { Incumbents } from '../../search/incumbents.js'
import { searchPacking } from '../../search/portfolio.js'
import { startStopwatch } from '../../stopwatch.js'
import type { FitOptions } from '../fit/decide-fit.js'
import type { Evidence } from '../question/options.js'

/** Replicas without a place, by priority. */
export interface Unplaced {
  /** The highest priority first; only priorities of which some have no place. */
  readonly byPriority: readonly { readonly priority: number; readonly replicas: number }[]
  readonly replicas: number
  /** Whether it is proven that no placement leaves less without a place, by priority. */
  readonly isProven: boolean
}

const GREEDY_SHARE = 0.3

/**
 * As many as possible of the waiting replicas placed, those of a higher priority first; what is left over. null where what runs
 * already breaks something, so that nothing can be said. Throws the signal's reason on an abort.
 */
export async function countUnplaced(
  problem: Problem,
  { budget, signal, solvers, seed, threads }: FitOptions
): Promise<{ readonly unplaced: Unplaced; readonly evidence: Omit<Evidence, 'shows'> } | null> {
  const asked: Problem = { ...problem, pending: 'best-effort' }
  const instance = compileInstance(asked)
  const incumbents = new Incumbents(instance, startStopwatch(Infinity))
  await searchGreedily(incumbents, { budget: budget.share(GREEDY_SHARE), signal })
  signal.throwIfAborted()
  // Without any search for cost only what comes before the cost is sought.
  if (solvers !== null)
    await searchPacking(incumbents, { solvers, budget, signal, seed, threads, relativeGap: 1e-4, searches: [] })
  signal.throwIfAborted()
  const { best, requirementsProven } = incumbents
  if (best === null || best.worth.missing > 0 || best.worth.broken > 0) return null
  const counts = new Map<number, number>()
  for (const { deployment } of best.target.unplaced) {
    const priority = instance.deployments[deployment]?.priority ?? 0
    counts.set(priority, (counts.get(priority) ?? 0) + 1)
  }
  const replicas = best.target.unplaced.length
  const byPriority = [...counts].map(([priority, count]) => ({ priority, replicas: count }))
  return {
    unplaced: {
      byPriority: byPriority.sort((left, right) => right.priority - left.priority),
      replicas,
      isProven: replicas === 0 || requirementsProven
    },
    evidence: { problem: asked, placement: describeTarget(instance, best.target) }
  }
}

import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { describeTarget } from '../../../models/instance/describe-target.js'
import { Incumbents } from '../../search/incumbents.js'
import { PackingState } from '../../search/packing-state.js'
import { searchPacking } from '../../search/portfolio.js'
import { startStopwatch } from '../../stopwatch.js'
import type { FitOptions } from '../fit/decide-fit.js'
import { fitGreedily } from '../fit/greedy-fit.js'
import { roomEverywhere } from '../growth/local-room.js'
import type { Evidence } from '../question/options.js'
import type { Unplaced } from './survival-verdict.js'

const GREEDY_SHARE = 0.3

/** Replicas of each priority that have no place whatever is done, as counted; the highest priority first. */
export type LeastUnplaced = ReadonlyMap<number, number>

/**
 * Where nothing that runs moves: of each deployment at least so many waiting replicas find no place as there are more than the nodes
 * have room for, each looked at alone.
 */
export function countHomeless(frozen: Problem): LeastUnplaced {
  const state = new PackingState(compileInstance(frozen))
  const least = new Map<number, number>()
  for (const { index, desired, placed, surplus, priority, isHeadroom } of state.instance.deployments) {
    // A surplus copy that is stopped leaves room that is not there now.
    if (surplus > 0) return new Map()
    if (isHeadroom || desired <= placed) continue
    const room = roomEverywhere(state, index).reduce((sum, copies) => sum + copies, 0)
    const homeless = Math.max(0, desired - placed - room)
    if (homeless > 0) least.set(priority, (least.get(priority) ?? 0) + homeless)
  }
  return least
}

/**
 * As many as possible of the waiting replicas placed, those of a higher priority first; what is left over, which `least` may prove. null
 * where what runs already breaks something, so that nothing can be said. Throws the signal's reason on an abort.
 */
export async function countUnplaced(
  problem: Problem,
  least: LeastUnplaced,
  { budget, signal, solvers, seed, threads }: FitOptions
): Promise<{ readonly unplaced: Unplaced; readonly evidence: Omit<Evidence, 'shows'> } | null> {
  const asked: Problem = { ...problem, pending: 'best-effort' }
  const instance = compileInstance(asked)
  const incumbents = new Incumbents(instance, startStopwatch(Infinity))
  const byPriority = () => {
    const counts = new Map<number, number>()
    for (const { deployment } of incumbents.best?.target.unplaced ?? []) {
      const priority = instance.deployments[deployment]?.priority ?? 0
      counts.set(priority, (counts.get(priority) ?? 0) + 1)
    }
    return counts
  }
  const isLeast = () => [...byPriority()].every(([priority, count]) => count <= (least.get(priority) ?? 0))
  for (const state of fitGreedily(instance, budget.share(GREEDY_SHARE))) {
    if (state !== null) incumbents.offer(state, 'greedy')
    signal.throwIfAborted()
  }
  // Without any search for cost only what comes before the cost is sought.
  if (solvers !== null && !isLeast()) {
    await searchPacking(incumbents, { solvers, budget, signal, seed, threads, relativeGap: 1e-4, searches: [] })
  }
  signal.throwIfAborted()
  const { best, requirementsProven } = incumbents
  if (best === null || best.worth.missing > 0 || best.worth.broken > 0) return null
  const replicas = best.target.unplaced.length
  const counted = [...byPriority()].map(([priority, count]) => ({ priority, replicas: count }))
  return {
    unplaced: {
      byPriority: counted.sort((left, right) => right.priority - left.priority),
      replicas,
      isProven: requirementsProven || isLeast()
    },
    evidence: { problem: asked, placement: describeTarget(instance, best.target) }
  }
}

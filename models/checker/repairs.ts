import type { Replica } from '../contract/problem.js'
import { type Cluster, type Copy, initialCopies, isPinned } from './cluster.js'
import { continuousExcess } from './continuous-rules.js'
import { finalExcess } from './final-rules.js'
import { isExhausted } from './migration-budget.js'
import type { PlacementLike } from './placement-like.js'
import { restartedReplicas } from './starts.js'
import { exceeds } from './tolerance.js'
import type { Report } from './violations.js'

/** The copies of a Result, and those that only hold room. */
export interface FinalState {
  readonly placed: readonly Copy[]
  readonly room: readonly Copy[]
  /** The listed replicas that end on another node than they run on. */
  readonly migrations: readonly Replica[]
}

/**
 * Rules hold in the end. One that the start breaks may stay broken, though no worse, for lack of budget, because of
 * pins, or in a partial plan.
 */
export function checkRepairs(cluster: Cluster, result: PlacementLike, final: FinalState, report: Report): void {
  const start = initialCopies(cluster, result.assumedDevices)
  const pinned = start.filter(({ replica }) => {
    const listed = cluster.replicas.get(replica)
    return listed !== undefined && isPinned(cluster, listed)
  })
  const pinnedExcess = continuousExcess(cluster, pinned)
  const restarts = restartedReplicas(cluster, result.plan)
  const moves = restarts.length > final.migrations.length ? restarts : final.migrations
  const excused = result.plan?.status === 'partial' || isExhausted(cluster, moves)
  const moments = [
    [continuousExcess(cluster, everything(final)), continuousExcess(cluster, start)],
    [finalExcess(cluster, final.placed), finalExcess(cluster, start)]
  ] as const
  for (const [after, before] of moments) {
    for (const [key, { code, where, amount, message }] of after) {
      const earlier = before.get(key)?.amount ?? 0
      const unavoidable = pinnedExcess.get(key)?.amount ?? 0
      if (exceeds(amount, earlier)) report(code, where, message, amount - earlier)
      else if (!excused && exceeds(amount, unavoidable))
        report(code, where, `${message}: broken at the start, not repaired`, amount)
    }
  }
}

/** Whether the end state breaks a rule, repaired or not. */
export function breaksRules(cluster: Cluster, final: FinalState): boolean {
  return continuousExcess(cluster, everything(final)).size > 0 || finalExcess(cluster, final.placed).size > 0
}

function everything({ placed, room }: FinalState): readonly Copy[] {
  return room.length === 0 ? placed : [...placed, ...room]
}

import type { Problem } from '../../models/contract/problem.js'
import type { Policy } from './policy.js'
import type { Stability, Unrest, Unsettled } from './stability.js'

/** Why nothing is to be planned for now. */
export interface Wait {
  readonly reason: Unrest
  /** Node or deployment, in words. */
  readonly subject: string
  /** How long at least; null: nobody knows. */
  readonly remainingSeconds: number | null
}

/** Whether to wait, and if not, which deployments are to be left alone because somebody else is changing them. */
export type Outlook = { readonly wait: Wait } | { readonly wait: null; readonly unsettled: readonly Unsettled[] }

/** What is known beside the cluster. */
export interface Background {
  /** Deployments that this very round has moved: that they have changed is no reason to wait. */
  readonly own: ReadonlySet<string>
  /** Whether a plan of this round was cut short: what is left of it is not kept waiting for others. */
  readonly isUnderWay: boolean
}

/** Says whether a cluster may be planned now. */
export function findWait(
  problem: Problem,
  stability: Stability,
  { stabilitySeconds, stabilityScope, pending }: Policy,
  now: number,
  { own, isUnderWay }: Background
): Outlook {
  const delayMs = stabilitySeconds * 1000
  const urgent = isUrgent(problem)
  const unsettled = stability
    .unsettled(now, delayMs, pending === 'place')
    .filter(({ id, unrest }) => !(unrest === 'changed' && own.has(id)))
  const waiting = unsettled.find(({ unrest }) => unrest === 'pending')
  if (waiting !== undefined && !urgent) return { wait: describe(waiting, now) }
  if (urgent || isUnderWay || stabilityScope === 'deployment') return { wait: null, unsettled }
  const longest = [...unsettled].sort((left, right) => right.until - left.until)[0]
  const sets = [
    { id: 'the set of nodes', since: stability.nodesSince ?? now },
    { id: 'the set of deployments', since: stability.rosterSince ?? now }
  ].map((set): Unsettled => ({ ...set, unrest: 'changed', until: set.since + delayMs }))
  const latest = sets.reduce((left, right) => (right.until > left.until ? right : left))
  if (latest.until > now && latest.until >= (longest?.until ?? 0)) return { wait: describe(latest, now) }
  return longest === undefined ? { wait: null, unsettled } : { wait: describe(longest, now) }
}

/** Whether something that may move runs on a node that must be emptied: that cannot wait. */
function isUrgent({ nodes, deployments, replicas }: Problem): boolean {
  const leaving = new Set(nodes.filter(({ mustEmpty }) => mustEmpty).map(({ id }) => id))
  if (leaving.size === 0) return false
  const pinned = new Set(deployments.filter(({ movable }) => !movable).map(({ id }) => id))
  return replicas.some(({ node, state, deployment, movable = !pinned.has(deployment) }) => {
    return node !== null && leaving.has(node) && state === 'running' && movable
  })
}

function describe({ id, unrest, until }: Unsettled, now: number): Wait {
  const remainingSeconds = Number.isFinite(until) ? (until - now) / 1000 : null
  return { reason: unrest, subject: id, remainingSeconds }
}

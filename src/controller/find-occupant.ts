import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { ExecutionReport } from '../execution/report.js'

/** Says what has come to a node that could not be given back; null: nobody has. `now`: the cluster after the execution. */
export function findOccupant(kept: readonly string[], before: Problem, now: Problem): string | null {
  for (const node of kept) {
    const host = now.replicas.find((replica) => replica.node === node)
    if (host !== undefined) return `${host.id} has come to ${node}, which was to be given back`
    if (isUsedByOthers(node, before, now)) return `others have come to ${node}, which was to be given back`
  }
  return null
}

/** The nodes that could not be given back, where nothing else of a plan went wrong; null: nothing failed, or something else did, too. */
export function findKept(
  { plan }: Pick<Result, 'plan'>,
  { outcome, steps, lostReplicas }: ExecutionReport
): string[] | null {
  if (outcome !== 'failed' || lostReplicas.length > 0) return null
  const stateOf = new Map(steps.map(({ id, state }) => [id, state]))
  const kept: string[] = []
  for (const { id, action, ...step } of plan.steps) {
    const state = stateOf.get(id)
    if (state === 'done' || state === 'skipped' || state === 'cancelled') continue
    if (action !== 'release' || state !== 'failed' || !('node' in step)) return null
    kept.push(step.node)
  }
  return kept
}

/** Whether what is no replica has come to a node: it leaves replicas less of it, or keeps it from being given back. */
function isUsedByOthers(wanted: string, before: Problem, now: Problem): boolean {
  const [was, is] = [before, now].map(({ nodes }) => nodes.find(({ id }) => id === wanted))
  if (was === undefined || is === undefined) return false
  const isLess = Object.entries(was.capacity).some(([resource, amount]) => (is.capacity[resource] ?? 0) < amount)
  return isLess || (was.releasable && !is.releasable)
}

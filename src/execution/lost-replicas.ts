import type { Progress } from './progress.js'
import { isBad, isFinal, isGood } from './step-record.js'

/**
 * Notes replicas down whose serving copy is on a node that is gone, unless another copy of the plan still takes over; and those that
 * stopped before their successors started, where these have failed.
 */
export function findLostReplicas(progress: Progress): void {
  for (const { departure, arrival } of progress.graph.comebacks) {
    const { replica, to } = arrival
    const hasGone = isGood(progress.stateOf(departure.stop) ?? 'waiting')
    if (!hasGone || !isBad(progress.stateOf(arrival.start) ?? 'waiting') || to === null) continue
    if (progress.lostReplicas.has(replica)) continue
    progress.lostReplicas.set(replica, to)
    progress.tell({ kind: 'replica-lost', replica, node: to })
  }
  if (progress.lostNodes.size === 0) return
  const serving = new Map<string, string | null>()
  const isRescued = new Set<string>()
  for (const move of progress.graph.moves) {
    const { replica, from, to, start, shift, drain, stop } = move
    const stateOf = (index: number) => progress.stateOf(index) ?? 'cancelled'
    if (!serving.has(replica)) serving.set(replica, from)
    if (shift >= 0) {
      if (isGood(stateOf(shift))) serving.set(replica, to)
      else if (!isFinal(stateOf(shift))) isRescued.add(replica)
    } else if (start >= 0) {
      if (progress.graph.isWait[start] === true || stateOf(start) === 'done') serving.set(replica, to)
    } else if (drain >= 0 || stop >= 0) serving.set(replica, null)
  }
  for (const [replica, node] of serving) {
    if (node === null || !progress.lostNodes.has(node)) continue
    if (isRescued.has(replica) || progress.lostReplicas.has(replica)) continue
    progress.lostReplicas.set(replica, node)
    progress.tell({ kind: 'replica-lost', replica, node })
  }
}

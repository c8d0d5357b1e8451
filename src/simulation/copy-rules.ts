import { type Cluster, type Copy, isPinned } from '../../models/checker/cluster.js'
import { checkStart } from '../../models/checker/starts.js'
import type { ReportExcess } from './levels.js'
import type { WatchedCopies, WatchedCopy } from './watched-copies.js'

/** Whether a copy may start: its replica moves at all, and the node takes it. */
export function checkNewcomer(
  cluster: Cluster,
  copy: Copy & { readonly replica: string },
  isCordoned: boolean,
  report: ReportExcess
): void {
  const { replica, node } = copy
  const listed = cluster.replicas.get(replica)
  if (listed !== undefined && listed.node !== null && isPinned(cluster, listed)) {
    report('pinned', replica, `${replica} is pinned to ${listed.node}, and started on ${node.id}`, 1)
  }
  if (listed?.state === 'draining') report('order', replica, `${replica} was draining from the outset`, 1)
  if (isCordoned) report('cordon', node.id, `${replica} is started on ${node.id}, which is cordoned`, 1)
  checkStart(copy, replica, (code, where, message) => report(code, where, message, 1))
}

/** A copy drains or is removed: what is pinned must not, and who has a successor hands over first. */
export function checkLeaving(cluster: Cluster, copies: WatchedCopies, copy: WatchedCopy, report: ReportExcess): void {
  const { replica, node, state } = copy
  const listed = cluster.replicas.get(replica)
  if (listed?.movable === false && listed.node === node.id && listed.state !== 'draining' && state !== 'failed') {
    report('pinned', replica, `${replica} is pinned to ${node.id}, and leaves it`, 1)
  }
  if (state === 'ready' && copies.of(replica).length > 1 && copies.serves(copy)) {
    report('order', replica, `${replica} leaves ${node.id} while requests go there, and not to its other copy`, 1)
  }
}

/** A copy is removed: not before it has drained, if requests have gone to it. */
export function checkRemoval(cluster: Cluster, copies: WatchedCopies, copy: WatchedCopy, report: ReportExcess): void {
  const { replica, node, state, by, hasServed } = copy
  if (state !== 'draining' && state !== 'drained') checkLeaving(cluster, copies, copy, report)
  // What was starting or draining at the outset may be stopped as it is; how far it has come meanwhile no plan can know.
  const wasOnItsWay = by === '' && cluster.replicas.get(replica)?.state !== 'running'
  if (wasOnItsWay) return
  if (state === 'draining') report('order', replica, `${replica} is removed from ${node.id} before it has drained`, 1)
  if (state === 'ready' && hasServed) {
    report('order', replica, `${replica} is removed from ${node.id} without a drain before`, 1)
  }
}

import { groupBy } from '../grouping.js'
import { type Cluster, isPinned } from './cluster.js'
import type { PlannedCopy } from './planned-copies.js'
import type { PlannedSteps } from './planned-steps.js'
import { checkStart } from './starts.js'
import { checkDevices } from './stated-devices.js'
import type { Report } from './violations.js'

/** What a start, a drain and a stop of one copy must find. */
export function checkCopySteps(
  cluster: Cluster,
  { steps, precedence }: PlannedSteps,
  copies: readonly PlannedCopy[],
  report: Report
): void {
  const provisioned = steps.flatMap((step, index) => (step.action === 'provision' ? [{ node: step.node, index }] : []))
  const provisions = groupBy(provisioned, (provision) => provision.node)
  for (const copy of copies) {
    const { replica, node, listed, start, drain, stop } = copy
    if (start !== undefined) {
      const id = steps[start]?.id ?? ''
      checkStart(copy, id, report)
      checkDevices(copy, id, report)
      if (listed !== undefined && listed.node !== null) {
        if (isPinned(cluster, listed)) report('pinned', id, `${id}: ${replica} is pinned to ${listed.node}`)
        if (listed.state === 'draining') report('order', id, `${id}: ${replica} is draining and does not start again`)
      }
      const ready = provisions.get(node.id)?.some(({ index }) => precedence.isBefore(index, start))
      if (node.boughtAs !== undefined && !ready) report('provision', id, `${id}: ${node.id} is not surely there yet`)
    }
    if (
      start === undefined &&
      listed?.movable === false &&
      listed.state !== 'draining' &&
      (stop ?? drain) !== undefined
    ) {
      report('pinned', replica, `${replica} is pinned, yet drained or stopped`)
    }
    if (start === undefined && stop === undefined && listed?.state === 'draining') {
      report('order', replica, `${replica} is draining on ${node.id} and never stopped`)
    }
    if (drain !== undefined && stop === undefined) {
      report('order', steps[drain]?.id ?? '', `${replica} is drained on ${node.id} and never surely stopped after that`)
    }
    if (stop !== undefined && drain === undefined && (start !== undefined || copy.readyAtOutset)) {
      report(
        'order',
        steps[stop]?.id ?? '',
        `${steps[stop]?.id}: ${replica} on ${node.id} is stopped without a drain before`
      )
    }
  }
}

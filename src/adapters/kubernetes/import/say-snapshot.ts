import type { Problem } from '../../../../models/contract/problem.js'
import { counted } from '../../../result/conflict/words.js'
import { KUBECTL_COMMAND } from './documents.js'
import { canSurge } from './handover.js'
import type { Remarks } from './remarks.js'
import type { Snapshot } from './snapshot.js'
import type { WorkloadGroup } from './workload-groups.js'

/** Kinds that planning would need to know more of than it does, and what may come of it. */
const UNHEEDED = new Map([
  ['ResourceQuota', 'a pod may be refused while the one that it replaces still runs'],
  ['LimitRange', 'new pods may ask for other amounts than those of their templates'],
  ['VerticalPodAutoscaler', 'new pods may ask for other amounts than those that run'],
  ['PersistentVolume', 'pods with volumes of a claim are pinned wherever these can be used'],
  ['PersistentVolumeClaim', 'pods with volumes of a claim are pinned wherever these can be used'],
  ['ResourceClaim', 'pods that claim devices are pinned'],
  ['ResourceSlice', 'pods that claim devices are pinned'],
  ['RuntimeClass', 'of pods that are yet to be made it may add to what they ask for']
])

/** What is to be said of a snapshot as a whole: kinds that are not needed, and what it does not show. */
export function saySnapshot(
  { unneeded, read, repeated, pods, showsAutoscalers }: Snapshot,
  groups: readonly WorkloadGroup[],
  namespaces: ReadonlySet<string>,
  { deployments, replicas }: Problem,
  remarks: Remarks
): void {
  for (const kind of unneeded) {
    const found = `${counted(read.get(kind) ?? 0, 'object')} of this kind`
    const effect = UNHEEDED.get(kind)
    remarks.leaveOut(
      effect === undefined
        ? { kind, id: kind, code: 'unneeded-kind', reason: `${found}, which planning does not need` }
        : { kind, id: kind, code: 'unheeded-kind', reason: `${found}, which planning does not heed: ${effect}` }
    )
  }
  for (const [kind, count] of repeated) {
    const reason = `${counted(count, 'object')} of this kind ${count === 1 ? 'was' : 'were'} read again, and ${count === 1 ? 'counts' : 'count'} once`
    remarks.adapt({ kind, id: kind, code: 'read-twice', reason })
  }
  if (deployments.length === 0 && replicas.length === 0) {
    const reason = 'nothing runs or waits there, so plan refuses this Problem: it only says what nodes there are'
    remarks.adapt({
      kind: 'Snapshot',
      id: 'pods',
      code: 'nothing-runs',
      reason,
      remedy: `get pods, too: ${KUBECTL_COMMAND}`
    })
  }
  if (!showsAutoscalers && groups.some((group) => group.kind === 'Deployment' && canSurge(group))) {
    const reason =
      'no HorizontalPodAutoscaler is in the snapshot, so every Deployment counts as one that nobody scales; of one that is scaled the driver refuses to start a pod more'
    const remedy = `get horizontalpodautoscalers, too, unless there are none: ${KUBECTL_COMMAND}`
    remarks.adapt({ kind: 'Snapshot', id: 'horizontalpodautoscalers', code: 'autoscalers-unknown', reason, remedy })
  }
  const [only] = namespaces
  if (namespaces.size !== 1 || only === undefined) return
  const reason = `all ${pods.length} pods are of the namespace ${only}: what others hold, those of the system among them, is not off the nodes' capacity`
  remarks.adapt({
    kind: 'Snapshot',
    id: only,
    code: 'one-namespace',
    reason,
    remedy: 'get the objects of all namespaces: -A'
  })
}

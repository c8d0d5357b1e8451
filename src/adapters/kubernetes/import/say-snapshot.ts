import type { Problem } from '../../../../models/contract/problem.js'
import { counted } from '../../../result/conflict/words.js'
import { KUBECTL_COMMAND } from './documents.js'
import type { Remarks } from './remarks.js'
import type { Snapshot } from './snapshot.js'

/** What is to be said of a snapshot as a whole: kinds that are not needed, and what it does not show. */
export function saySnapshot(
  { unneeded, read, pods }: Snapshot,
  namespaces: ReadonlySet<string>,
  { deployments, replicas }: Problem,
  remarks: Remarks
): void {
  for (const kind of unneeded) {
    const reason = `${counted(read.get(kind) ?? 0, 'object')} of this kind, which planning does not need`
    remarks.leaveOut({ kind, id: kind, code: 'unneeded-kind', reason })
  }
  if (deployments.length === 0 && replicas.length === 0) {
    const reason = 'nothing runs or waits there, so there is nothing to plan: it only says what nodes there are'
    remarks.adapt({
      kind: 'Snapshot',
      id: 'pods',
      code: 'nothing-runs',
      reason,
      remedy: `get pods, too: ${KUBECTL_COMMAND}`
    })
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

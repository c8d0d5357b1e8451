import { counted } from '../../../result/conflict/words.js'
import { LEDGER } from '../driver/state/annotations.js'
import { findLedger, holdsFor, LEDGER_REMEDY } from '../driver/state/ledger.js'
import type { Workload } from '../objects/workload.js'
import type { Pin } from './pin.js'
import type { Remarks } from './remarks.js'
import type { WorkloadGroup } from './workload-groups.js'

/** How many pods the owner of a workload wants: what plans have asked for while they move something is not his, and it says so. */
export function countWanted(kind: string, id: string, object: Workload, remarks: Remarks): number {
  const replicas = object.spec.replicas ?? 1
  const ledger = findLedger(object)
  if (ledger === null || ledger === 'unreadable' || ledger.surges.length === 0) return replicas
  const { base, surges } = ledger
  if (holdsFor(ledger, replicas)) {
    const reason = `of ${counted(replicas, 'pod')} that it asks for its owner wants ${base}: a plan has asked for ${surges.length} more, which its annotation ${LEDGER} names`
    remarks.adapt({ kind, id, code: 'surge', reason })
    return base
  }
  const reason = `its annotation ${LEDGER} tells of ${base} pods and ${surges.length} more, and somebody else has scaled it to ${replicas} since, which counts`
  remarks.adapt({ kind, id, code: 'surge-outdated', reason })
  return replicas
}

/** Reasons to leave a workload alone that the driver's own ledger gives. */
export function findLedgerPins({ object }: WorkloadGroup): Pin[] {
  if (object === undefined) return []
  const ledger = findLedger(object)
  if (ledger === 'unreadable') {
    const reason = `its annotation ${LEDGER} cannot be read, so how many of its pods plans have asked for is not known`
    return [{ code: 'ledger', reason, remedy: LEDGER_REMEDY }]
  }
  if (ledger === null || ledger.surges.length === 0 || !holdsFor(ledger, object.spec.replicas ?? 1)) return []
  const reason =
    'a plan is moving a pod of it, or has left it half-way; what is too many may go, and nothing else moves'
  return [{ code: 'surge', reason, remedy: 'go on with that plan and its journal, or call tidy() of the driver' }]
}

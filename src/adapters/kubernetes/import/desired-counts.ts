import { counted } from '../../../result/conflict/words.js'
import type { Workload } from '../objects/workload.js'
import { countWanted } from './ledgers.js'
import type { Owners } from './owners.js'
import type { Pin } from './pin.js'
import type { Remarks } from './remarks.js'
import type { OwnedGroups, WorkloadGroup } from './workload-groups.js'

/**
 * Says how many pods the groups of an owner should have, and pins them while their controller is at work on them: what it will do next
 * is not the plan's to say.
 */
export function settleDesired(
  { owner, groups }: OwnedGroups,
  owners: Owners,
  gated: ReadonlyMap<string, number>,
  remarks: Remarks
): void {
  const alive = groups.filter(({ live }) => live.length > 0)
  const [first] = alive
  if (owner.kind === 'Pod' || first === undefined) return
  const id = `${owner.namespace}/${owner.name}`
  const pinAll = (pin: Pin) => {
    for (const group of groups) group.pins.push(pin)
  }
  const { object = owners.find('ReplicaSet', owner.namespace, owner.revision) } = owner
  if (alive.length > 1) {
    pinAll(describeForms(alive, owner.kind))
    return
  }
  if (object === undefined) {
    if (!SCALED.has(owner.kind)) return
    const name = owner.isConcluded ? '; its name follows from that of its ReplicaSet' : ''
    const reason = `how many pods it should have is not in the snapshot, so as many as there are${name}`
    remarks.adapt({
      kind: owner.kind,
      id,
      code: 'desired-unknown',
      reason,
      remedy: `get ${owner.kind.toLowerCase()}s, too`
    })
    return
  }
  if (isBehind(object)) pinAll(ROLLOUT)
  else if (owner.kind === 'Deployment' && isOutdated(object)) pinAll(STALLED)
  if (!SCALED.has(owner.kind)) return
  const waiting = gated.get(`${owner.kind}/${id}`) ?? 0
  const asked = Math.max(0, (object.spec.replicas ?? 1) - waiting)
  const wanted = Math.max(0, countWanted(owner.kind, id, object, remarks) - waiting)
  const present = first.live.length
  if (present > wanted) first.desired = wanted
  if (present > asked) {
    first.desired = present
    const reason = `its controller is about to delete ${present - asked} of its ${counted(present, 'pod')}, and chooses which`
    pinAll({ code: 'scaling-down', reason })
  } else if (present < wanted) {
    const reason = `${counted(wanted - present, 'pod')} of ${wanted} are yet to be made by its controller, and count as waiting for a node`
    remarks.adapt({ kind: owner.kind, id, code: 'missing-pods', reason })
    first.desired = wanted
  }
}

/** Whether the controller of a workload has not yet done what its specification says. */
function isBehind({ metadata, status }: Workload): boolean {
  const { generation } = metadata
  const { observedGeneration, currentRevision, updateRevision } = status ?? {}
  if (typeof generation === 'number' && typeof observedGeneration === 'number' && observedGeneration < generation) {
    return true
  }
  return typeof currentRevision === 'string' && typeof updateRevision === 'string' && currentRevision !== updateRevision
}

/** Whether a Deployment has pods that its template did not make: new ones would not be like them, as while a rollout waits for quota. */
function isOutdated({ status }: Workload): boolean {
  const { replicas, updatedReplicas, observedGeneration } = status ?? {}
  // A count of 0 is left out by the API server; who writes by hand leaves out all that the controller observes.
  if (typeof replicas !== 'number' || typeof observedGeneration !== 'number') return false
  return (updatedReplicas ?? 0) < replicas
}

/** Kinds whose `spec.replicas` says how many pods there should be. */
export const SCALED: ReadonlySet<string> = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'])

const ROLLOUT: Pin = {
  code: 'rollout',
  reason: 'it is being rolled out anew',
  remedy: 'import again when the rollout is over'
}

const STALLED: Pin = {
  ...ROLLOUT,
  reason: 'its template has changed and its pods have not, so a new one would not be like them',
  blocksStarts: true
}

function describeForms(alive: readonly WorkloadGroup[], kind: string): Pin {
  const revisions = new Set(alive.map(({ live }) => revisionOf(live[0]?.pod.metadata.labels ?? {})))
  if (revisions.size > 1) {
    return { ...ROLLOUT, reason: `${revisions.size} revisions of it run beside each other, as in a rollout` }
  }
  const reason = `its pods differ in requests or in where they may be, so what a new pod of the ${kind} asks for is not known`
  return { code: 'unlike-pods', reason, blocksStarts: true }
}

function revisionOf(labels: Readonly<Record<string, string>>): string {
  const known = new Map(Object.entries(labels))
  return known.get('pod-template-hash') ?? known.get('controller-revision-hash') ?? ''
}

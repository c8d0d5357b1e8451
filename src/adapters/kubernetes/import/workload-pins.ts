import type { ImportChoices } from './options.js'
import type { Pin } from './pin.js'
import type { WorkloadGroup } from './workload-groups.js'

/** Reasons why all pods of a workload stay where they are: who made them, and who places them. */
export function findWorkloadPins({ kind, spec }: WorkloadGroup, choices: ImportChoices): Pin[] {
  const pins: Pin[] = []
  const owner = ownerPin(kind, choices)
  if (owner !== null) pins.push(owner)
  const scheduler = spec.schedulerName ?? 'default-scheduler'
  if (scheduler !== '' && !choices.schedulers.includes(scheduler)) {
    const reason = `it is placed by the scheduler ${scheduler}, whose rules are not known`
    pins.push({
      code: 'other-scheduler',
      reason,
      remedy: 'name the scheduler in the option schedulers (--scheduler)',
      blocksStarts: true
    })
  }
  return pins
}

function ownerPin(kind: string, { statefulSets, movableControllers }: ImportChoices): Pin | null {
  switch (kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController':
      return null
    case 'Pod':
      return { code: 'bare-pod', reason: 'no controller would make it anew' }
    case 'Job':
      return { code: 'job', reason: 'it would start its work from the beginning' }
    case 'StatefulSet': {
      const reason = 'its pods have an identity each, so that a new one cannot start before the old one has ended'
      return statefulSets === 'pin'
        ? { code: 'stateful-set', reason, remedy: 'statefulSets "stop-first" (--stateful-sets stop-first)' }
        : null
    }
    default: {
      if (movableControllers.includes(kind)) return null
      const reason = `what its controller, a ${kind}, does when a pod is evicted is not known`
      return {
        code: 'unknown-controller',
        reason,
        remedy: `name ${kind} in the option movableControllers (--movable-controller)`
      }
    }
  }
}

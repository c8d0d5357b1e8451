import { isNamedMovable } from '../objects/movable-kinds.js'
import type { Autoscalers } from './autoscalers.js'
import type { ImportChoices } from './options.js'
import type { Pin } from './pin.js'
import type { WorkloadGroup } from './workload-groups.js'

/**
 * How a new pod of a workload takes the place of an old one. `surge`: one more is asked for, and the old one goes when that serves.
 * `stop-first`: no pod more can be asked for, so the old one is evicted and its controller makes another. `none`: it stays.
 */
export type Handover =
  | { readonly kind: 'surge' }
  | { readonly kind: 'stop-first' }
  | { readonly kind: 'none'; readonly pin: Pin }

/** Finds out of each workload whether a pod more can be asked for, and if not, whether its pods may go before others come. */
export function decideHandovers(
  groups: readonly WorkloadGroup[],
  autoscalers: Autoscalers,
  choices: ImportChoices
): void {
  for (const group of groups) group.handover = handoverOf(group, autoscalers, choices)
}

/** Whether one pod more of a workload can be asked for. */
export function canSurge({ handover }: WorkloadGroup): boolean {
  return handover.kind === 'surge'
}

function handoverOf(group: WorkloadGroup, autoscalers: Autoscalers, choices: ImportChoices): Handover {
  const { kind } = group
  switch (kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController': {
      const scaler = autoscalers.scalerOf(group)
      if (scaler === undefined) return { kind: 'surge' }
      const reason = `the HorizontalPodAutoscaler ${scaler} scales it, and would take a pod more away again`
      return withoutSurge({ code: 'horizontal-autoscaler', reason }, choices)
    }
    case 'StatefulSet': {
      const reason = 'its pods have an identity each, so that a new one cannot start before the old one has ended'
      return withoutSurge({ code: 'stateful-set', reason }, choices)
    }
    case 'Pod':
      return { kind: 'none', pin: { code: 'bare-pod', reason: 'no controller would make it anew' } }
    case 'Job':
      return { kind: 'none', pin: { code: 'job', reason: 'it would start its work from the beginning' } }
    default: {
      if (isNamedMovable(kind.toLowerCase(), choices.movableControllers)) return { kind: 'stop-first' }
      const reason = `what its controller, a ${kind}, does when a pod is evicted is not known`
      const remedy = `name ${kind} in the option movableControllers (--movable-controller)`
      return { kind: 'none', pin: { code: 'unknown-controller', reason, remedy } }
    }
  }
}

function withoutSurge(pin: Pin, choices: ImportChoices): Handover {
  if (choices.withoutSurge === 'stop-first') return { kind: 'stop-first' }
  return { kind: 'none', pin: { ...pin, remedy: 'withoutSurge "stop-first" (--without-surge stop-first)' } }
}

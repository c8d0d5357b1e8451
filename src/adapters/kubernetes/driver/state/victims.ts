import { isPodReady } from '../../objects/pod.js'
import { annotationOf, nodeOfPod, type SeenPod } from '../api/seen-objects.js'
import { DELETION_COST } from './annotations.js'

const PHASES = ['Pending', 'Unknown', 'Running']

/**
 * Pods that a ReplicaSet may delete before this one, were its deletion cost the lowest: those without a node go first, then those that
 * are pending, then those not ready; only among equals does the cost count.
 */
export function whoGoesBefore(victim: SeenPod, others: readonly SeenPod[]): SeenPod[] {
  const own = rankOf(victim)
  return others.filter((other) => {
    if (other.metadata.uid === victim.metadata.uid) return false
    const rank = rankOf(other)
    for (const [index, value] of rank.entries()) {
      const difference = value - (own[index] as number)
      if (difference !== 0) return difference < 0
    }
    return false
  })
}

function rankOf(pod: SeenPod): readonly number[] {
  const phase = PHASES.indexOf(pod.status?.phase ?? 'Pending')
  return [nodeOfPod(pod) === null ? 0 : 1, phase, isPodReady(pod) ? 1 : 0]
}

/** Other pods that bear a cost as low as a pod that is to go next has. */
export function bearersOf(cost: string, victim: SeenPod, pods: readonly SeenPod[]): SeenPod[] {
  return pods.filter((pod) => pod.metadata.uid !== victim.metadata.uid && annotationOf(pod, DELETION_COST) === cost)
}

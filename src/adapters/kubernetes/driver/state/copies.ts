import * as z from 'zod'
import { isPodReady } from '../../objects/pod.js'
import { annotationOf, isActivePod, nodeOfPod, type SeenPod } from '../api/seen-objects.js'
import { CLAIM } from './annotations.js'
import type { Fleet } from './fleet.js'
import type { CopyKey } from './ledger.js'
import { activePods, replicasOf, type WorkloadView } from './workload-view.js'

/** A copy of a plan in the cluster's words. */
export interface Place {
  readonly key: CopyKey
  /** The cluster's name of the node. */
  readonly node: string
  /** The pod that the replica was when the plan was made. */
  readonly ownName: string | null
}

const claim = z.object({ plan: z.string(), replica: z.string() })

/** The replica that a pod stands for in a plan; null: none. */
export function claimOf(pod: SeenPod, plan: string): string | null {
  const text = annotationOf(pod, CLAIM)
  if (text === undefined) return null
  try {
    const read = claim.safeParse(JSON.parse(text))
    return read.success && read.data.plan === plan ? read.data.replica : null
  } catch {
    return null
  }
}

export function writeClaim({ plan, replica }: CopyKey): string {
  return JSON.stringify({ plan, replica })
}

/** The pod of a copy, ending ones last: the one that stands for the replica on the node, or that was it from the beginning. */
export function findCopy({ pods }: WorkloadView, { key, node, ownName }: Place): SeenPod | undefined {
  const here = pods.filter((pod) => nodeOfPod(pod) === node)
  const found = here.filter((pod) => {
    const claimed = claimOf(pod, key.plan)
    return claimed === null ? pod.metadata.name === ownName : claimed === key.replica
  })
  return found.find(isActivePod) ?? found[0]
}

/** A pod that stands for a replica, on whatever node. */
export function claimedPod(view: WorkloadView, { plan, replica }: CopyKey): SeenPod | undefined {
  return activePods(view).find((pod) => claimOf(pod, plan) === replica)
}

/** Nodes where pods of a replica run, by the cluster's names. */
export function hostsOf(view: WorkloadView, plan: string, replica: string, ownName: string | null): string[] {
  return activePods(view).flatMap((pod) => {
    const claimed = claimOf(pod, plan)
    const isOwn = claimed === null ? pod.metadata.name === ownName : claimed === replica
    return isOwn ? (nodeOfPod(pod) ?? []) : []
  })
}

/** What became of a pod that is waited for. */
export type Placement =
  | { readonly kind: 'here'; readonly pod: SeenPod }
  | { readonly kind: 'elsewhere'; readonly pod: SeenPod }
  | { readonly kind: 'waiting'; readonly reason: string }

/**
 * Where the scheduler has put a new pod. Pods of one workload are interchangeable: any on the node will do that had none when the
 * plan was made and that stands for no other replica. A StatefulSet's keep their names, and only the one of that name will do.
 */
export function findPlacement(
  view: WorkloadView,
  place: Place,
  fleet: Fleet,
  strays: readonly string[] = []
): Placement {
  const candidates = newPods(view, place, fleet, strays)
  const here = candidates.filter((pod) => nodeOfPod(pod) === place.node)
  const [first] = [...here.filter(isPodReady), ...here]
  if (first !== undefined) return { kind: 'here', pod: first }
  const { id, kind } = view.name
  const unplaced = candidates.find((pod) => nodeOfPod(pod) === null)
  if (unplaced !== undefined) {
    const unscheduled = unplaced.status?.conditions?.find(
      ({ type, status }) => type === 'PodScheduled' && status === 'False'
    )
    const why = unscheduled === undefined ? '' : `: ${unscheduled.reason ?? 'it cannot be scheduled'}`
    return { kind: 'waiting', reason: `pod ${unplaced.metadata.name} has no node yet${why}` }
  }
  const [elsewhere] = candidates
  if (elsewhere === undefined) return { kind: 'waiting', reason: `${id} has made no new pod yet` }
  // Another pod that is still to come may be the one that comes here.
  const wanted = view.workload === null ? (fleet.wantedOf(view.name)?.desired ?? 0) : replicasOf(view)
  if (kind !== 'statefulset' && activePods(view).length < wanted) {
    return { kind: 'waiting', reason: `${id} has not made all its pods yet` }
  }
  return { kind: 'elsewhere', pod: elsewhere }
}

/** Pods that may be what a start asked for. */
export function newPods(
  view: WorkloadView,
  { key, ownName }: Place,
  fleet: Fleet,
  strays: readonly string[]
): SeenPod[] {
  const { kind, namespace } = view.name
  return activePods(view).filter((pod) => {
    const { name } = pod.metadata
    if (claimOf(pod, key.plan) !== null || strays.includes(name)) return false
    if (kind === 'statefulset' && ownName !== null) return name === ownName
    // Whether a custom controller gives a new pod the name of the one that went is not known.
    return !fleet.hadNode(namespace, name) || (kind === 'custom' && name === ownName)
  })
}

import { controllerOf, isActive, isReady, type Pod, type Workload } from '../objects/objects.js'
import type { Resource } from '../objects/resources.js'
import {
  deletePod,
  makePod,
  ownedBy,
  PODS,
  REPLICA_SETS,
  REPLICATION_CONTROLLERS,
  randomName,
  type World
} from './world.js'

/** Brings each ReplicaSet to its number of pods, and each ReplicationController: Kubernetes does both by the same code. */
export function syncReplicaSets(world: World): void {
  for (const resource of [REPLICA_SETS, REPLICATION_CONTROLLERS]) syncSets(world, resource)
}

function syncSets(world: World, resource: Resource): void {
  const { store } = world
  const pods = store.list<Pod>(PODS)
  for (const set of store.list<Workload>(resource)) {
    const active = ownedBy(set, pods).filter(isActive)
    const wanted = set.spec.replicas ?? 1
    for (let missing = wanted - active.length; missing > 0; missing--) {
      store.create(PODS, makePod(set, `${set.metadata.name}-${randomName(world.dice)}`))
    }
    if (active.length > wanted) {
      for (const victim of victimsFirst(set, active, store.list<Workload>(resource)).slice(0, active.length - wanted)) {
        deletePod(world, victim)
      }
    }
    const left = ownedBy(set, store.list<Pod>(PODS)).filter(isActive)
    store.change<Workload>(resource, set, (draft) => {
      const ready = left.filter(isReady).length
      draft.status = {
        replicas: left.length,
        readyReplicas: ready,
        availableReplicas: ready,
        observedGeneration: draft.metadata.generation ?? 1
      }
    })
  }
}

/**
 * The order in which a ReplicaSet deletes pods: without a node, pending, not ready, of low deletion cost, with more siblings on its
 * node, ready for a shorter time, with more restarts, younger.
 */
export function victimsFirst(set: Workload, pods: readonly Pod[], sets: readonly Workload[]): Pod[] {
  const deployment = controllerOf(set)?.uid
  const related = new Set(
    sets
      .filter((other) => other.metadata.uid === set.metadata.uid || isSame(controllerOf(other)?.uid, deployment))
      .map(({ metadata }) => metadata.uid)
  )
  const siblings = new Map<string, number>()
  for (const { metadata, spec } of pods) {
    if (!related.has(metadata.ownerReferences?.[0]?.uid)) continue
    const node = spec.nodeName ?? ''
    siblings.set(node, (siblings.get(node) ?? 0) + 1)
  }
  const phases = ['Pending', 'Unknown', 'Running']
  const keys: ((pod: Pod) => number)[] = [
    ({ spec }) => (spec.nodeName === undefined ? 0 : 1),
    ({ status }) => phases.indexOf(status.phase),
    (pod) => (isReady(pod) ? 1 : 0),
    ({ metadata }) => Number(metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? 0),
    ({ spec }) => -(siblings.get(spec.nodeName ?? '') ?? 0),
    (pod) => -Date.parse(pod.status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? '1970'),
    ({ status }) => -(status.containerStatuses?.[0]?.restartCount ?? 0),
    ({ metadata }) => -Date.parse(metadata.creationTimestamp ?? '1970')
  ]
  return [...pods].sort((left, right) => {
    for (const key of keys) {
      const difference = key(left) - key(right)
      if (difference !== 0) return difference
    }
    return left.metadata.name < right.metadata.name ? -1 : 1
  })
}

function isSame(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && left === right
}

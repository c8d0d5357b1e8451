import type { ClusterClock } from '../clock.js'
import type { KubeObject, Node, Pod, Workload } from '../objects/objects.js'
import { resourceNamed } from '../objects/resources.js'
import type { Store } from '../objects/store.js'

/** What controllers see and use. */
export interface World {
  readonly store: Store
  readonly clock: ClusterClock
  readonly dice: () => number
  /** The node for a pod, where a test decides; undefined: the scheduler does. */
  readonly place: (pod: Pod, nodes: readonly Node[]) => string | undefined
  readonly scoring: 'least-allocated' | 'most-allocated'
  /** Nodes whose kubelet has stopped. */
  readonly silentNodes: ReadonlySet<string>
}

export const PODS = resourceNamed('pods')
export const NODES = resourceNamed('nodes')
export const DEPLOYMENTS = resourceNamed('deployments')
export const REPLICA_SETS = resourceNamed('replicasets')
export const REPLICATION_CONTROLLERS = resourceNamed('replicationcontrollers')
export const STATEFUL_SETS = resourceNamed('statefulsets')
export const DAEMON_SETS = resourceNamed('daemonsets')
export const BUDGETS = resourceNamed('poddisruptionbudgets')
export const HORIZONTAL = resourceNamed('horizontalpodautoscalers')

export function nowOf({ clock }: World): string {
  return new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z')
}

export function ownedBy<Kind extends KubeObject>(owner: KubeObject, objects: readonly Kind[]): Kind[] {
  return objects.filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid))
}

/** Makes a pod of a workload's template. */
export function makePod(owner: Workload, name: string, more: Partial<Pod['spec']> = {}): Pod {
  const { template } = owner.spec
  const { apiVersion, kind, metadata } = owner
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: metadata.namespace ?? 'default',
      labels: { ...template.metadata?.labels },
      annotations: { ...template.metadata?.annotations },
      ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true }]
    },
    spec: { terminationGracePeriodSeconds: 30, ...structuredClone(template.spec), ...more },
    status: { phase: 'Pending' }
  }
}

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

export function randomName(dice: () => number, length = 5): string {
  return Array.from({ length }, () => LETTERS[Math.floor(dice() * LETTERS.length)]).join('')
}

/** Says that a pod is to end: at once where it runs nowhere, else when its kubelet has ended it. */
export function deletePod(world: World, { metadata }: Pod, graceSeconds?: number): Pod | undefined {
  const pod = world.store.find<Pod>(PODS, metadata.namespace, metadata.name)
  if (pod === undefined) return undefined
  const grace = graceSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30
  if (grace === 0 || pod.spec.nodeName === undefined) {
    world.store.remove(PODS, pod)
    return pod
  }
  if (pod.metadata.deletionTimestamp === undefined) {
    const end = new Date(world.clock.now() + grace * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
    pod.metadata.deletionTimestamp = end
    pod.metadata.deletionGracePeriodSeconds = grace
    return world.store.replace(PODS, pod)
  }
  return pod
}

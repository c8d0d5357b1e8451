import { controllerOf, namespaceOf } from '../objects/metadata.js'
import type { Pod } from '../objects/pod.js'
import type { Workload } from '../objects/workload.js'
import type { Snapshot } from './snapshot.js'

/** What a pod belongs to, owners of owners followed to the end. */
export interface Owner {
  /** `Deployment`, `StatefulSet`, …, or `Pod` for a pod that nobody would make anew. */
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** Kind, namespace and name: the same for all pods of one owner. */
  readonly key: string
  /** Which revision of it: the name of the ReplicaSet, or a StatefulSet's revision; empty where there are none. */
  readonly revision: string
  /** The object itself, where the snapshot has it. */
  readonly object: Workload | undefined
  /** The name was concluded from the ReplicaSet's, as the snapshot does not have that one. */
  readonly isConcluded: boolean
}

/** The workloads of a snapshot by kind, namespace and name. */
export class Owners {
  readonly #workloads = new Map<string, Workload>()
  readonly #known = new Map<Pod, Owner>()

  constructor(snapshot: Snapshot) {
    for (const [kind, workloads] of snapshot.workloads) {
      for (const { value } of workloads) {
        this.#workloads.set(keyOf(kind, namespaceOf(value.metadata), value.metadata.name), value)
      }
    }
  }

  /** A workload that the snapshot has; undefined otherwise. */
  find(kind: string, namespace: string, name: string): Workload | undefined {
    return this.#workloads.get(keyOf(kind, namespace, name))
  }

  /** What a pod belongs to. */
  ownerOf(pod: Pod): Owner {
    const known = this.#known.get(pod) ?? this.#findOwner(pod)
    this.#known.set(pod, known)
    return known
  }

  #findOwner({ metadata }: Pod): Owner {
    const namespace = namespaceOf(metadata)
    const controller = controllerOf(metadata)
    const own = (kind: string, name: string, revision: string, isConcluded = false): Owner => {
      const key = keyOf(kind, namespace, name)
      return { kind, namespace, name, key, revision, object: this.#workloads.get(key), isConcluded }
    }
    if (controller === undefined) return own('Pod', metadata.name, '')
    const { kind, name } = controller
    const labels = new Map(Object.entries(metadata.labels ?? {}))
    if (kind === 'StatefulSet') return own(kind, name, labels.get('controller-revision-hash') ?? '')
    if (kind !== 'ReplicaSet' && kind !== 'ReplicationController') return own(kind, name, '')
    const object = this.find(kind, namespace, name)
    if (object !== undefined) {
      const above = controllerOf(object.metadata)
      return above === undefined ? own(kind, name, '') : own(above.kind, above.name, name)
    }
    // Only a Deployment puts the hash on its pods, and at the end of its ReplicaSets' names.
    const ending = `-${labels.get('pod-template-hash') ?? ''}`
    if (kind === 'ReplicaSet' && ending.length > 1 && name.endsWith(ending) && name.length > ending.length) {
      return own('Deployment', name.slice(0, -ending.length), name, true)
    }
    return own(kind, name, '')
  }
}

function keyOf(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`
}

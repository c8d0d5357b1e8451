import { type Condition, type Node, type Pod, setCondition } from '../objects/objects.js'
import { NODES, nowOf, PODS, type World } from './world.js'

/** Annotations of a pod that say how it behaves; times in seconds. */
const STARTS_IN = 'test/start-seconds'
const ENDS_IN = 'test/end-seconds'
/** `image`: its image cannot be pulled; `crash`: it ends again and again; `hang`: it is never ready. */
export const FAULT = 'test/fault'
/** Node on which alone the fault shows; everywhere when left out. */
export const FAULT_NODE = 'test/fault-node'

/** Starts the pods of all nodes and ends them, each in its time; none of a silent node. */
export class Kubelets {
  readonly #begun = new Set<string>()
  readonly #ending = new Set<string>()

  constructor(private readonly world: World) {}

  sync(): void {
    const { store, silentNodes } = this.world
    const nodes = new Set(store.list<Node>(NODES).map(({ metadata }) => metadata.name))
    for (const pod of store.list<Pod>(PODS)) {
      const { nodeName } = pod.spec
      if (nodeName === undefined || silentNodes.has(nodeName)) continue
      if (!nodes.has(nodeName)) store.remove(PODS, pod)
      else if (pod.metadata.deletionTimestamp !== undefined) this.#end(pod)
      else if (pod.status.phase === 'Pending') this.#begin(pod)
    }
  }

  #begin(pod: Pod): void {
    const uid = pod.metadata.uid ?? ''
    if (this.#begun.has(uid)) return
    this.#begun.add(uid)
    const seconds = Number(pod.metadata.annotations?.[STARTS_IN] ?? 5)
    this.#later(pod, seconds, () => {
      const { [FAULT]: fault, [FAULT_NODE]: where } = pod.metadata.annotations ?? {}
      const isBad = fault !== undefined && (where === undefined || where === pod.spec.nodeName)
      if (isBad && fault === 'image') this.#wait(pod, 'ImagePullBackOff', 0)
      else if (isBad && fault === 'crash') this.#wait(pod, 'CrashLoopBackOff', 3)
      else this.#run(pod, !isBad)
    })
  }

  #run(pod: Pod, isReady: boolean): void {
    const now = nowOf(this.world)
    this.world.store.change<Pod>(PODS, pod, (draft) => {
      if (draft.metadata.deletionTimestamp !== undefined) return
      const status = isReady ? 'True' : 'False'
      const conditions: Condition[] = ['Initialized', 'ContainersReady', 'Ready'].map((type) => ({
        type,
        status: type === 'Initialized' ? 'True' : status
      }))
      draft.status.phase = 'Running'
      draft.status.startTime = now
      draft.status.conditions = conditions.reduce(
        (list, condition) => setCondition(list, condition, now),
        draft.status.conditions ?? []
      )
      draft.status.containerStatuses = draft.spec.containers.map(({ name }) => ({
        name,
        ready: isReady,
        restartCount: 0,
        state: { running: { startedAt: now } }
      }))
    })
  }

  #wait(pod: Pod, reason: string, restartCount: number): void {
    const now = nowOf(this.world)
    this.world.store.change<Pod>(PODS, pod, (draft) => {
      draft.status.conditions = setCondition(
        draft.status.conditions ?? [],
        { type: 'Ready', status: 'False', reason: 'ContainersNotReady' },
        now
      )
      draft.status.containerStatuses = draft.spec.containers.map(({ name }) => ({
        name,
        ready: false,
        restartCount,
        state: { waiting: { reason, message: `as ${FAULT} says` } }
      }))
    })
  }

  #end(pod: Pod): void {
    const uid = pod.metadata.uid ?? ''
    if (this.#ending.has(uid)) return
    this.#ending.add(uid)
    const grace = pod.metadata.deletionGracePeriodSeconds ?? 30
    const seconds = Math.min(grace, Number(pod.metadata.annotations?.[ENDS_IN] ?? 2))
    this.#later(pod, seconds, () => this.world.store.remove(PODS, pod))
  }

  /** Does something to a pod that is still the same then, on a node that still speaks. */
  #later(pod: Pod, seconds: number, act: () => void): void {
    const { store, silentNodes, clock } = this.world
    clock.after(seconds * 1000, () => {
      const { metadata, spec } = pod
      const there = store.find<Pod>(PODS, metadata.namespace, metadata.name)
      if (there?.metadata.uid === metadata.uid && !silentNodes.has(spec.nodeName ?? '')) act()
    })
  }
}

import { isActive, isReady, type Node, type Pod, type Workload } from '../objects/objects.js'
import { DAEMON_SETS, deletePod, makePod, NODES, ownedBy, PODS, STATEFUL_SETS, type World } from './world.js'

/** Pods with names that stay, made one after another and ended from the highest. */
export function syncStatefulSets(world: World): void {
  const { store } = world
  for (const set of store.list<Workload>(STATEFUL_SETS)) {
    const pods = ownedBy(set, store.list<Pod>(PODS))
    const wanted = set.spec.replicas ?? 1
    const named = (ordinal: number) => pods.find(({ metadata }) => metadata.name === `${set.metadata.name}-${ordinal}`)
    for (let ordinal = 0; ordinal < wanted; ordinal++) {
      const pod = named(ordinal)
      if (pod === undefined) store.create(PODS, makePod(set, `${set.metadata.name}-${ordinal}`))
      if (pod === undefined || !isReady(pod)) break
    }
    const surplus = pods.filter(({ metadata }) => Number(metadata.name.split('-').at(-1)) >= wanted).filter(isActive)
    const last = surplus.sort((left, right) => (left.metadata.name < right.metadata.name ? 1 : -1))[0]
    if (last !== undefined) deletePod(world, last)
    store.change<Workload>(STATEFUL_SETS, set, (draft) => {
      const left = ownedBy(set, store.list<Pod>(PODS))
      draft.status = {
        replicas: left.length,
        readyReplicas: left.filter(isReady).length,
        observedGeneration: draft.metadata.generation ?? 1
      }
    })
  }
}

/** A pod on every node, cordoned or not. */
export function syncDaemonSets({ store }: World): void {
  for (const set of store.list<Workload>(DAEMON_SETS)) {
    const pods = ownedBy(set, store.list<Pod>(PODS))
    for (const { metadata } of store.list<Node>(NODES)) {
      if (pods.some(({ spec }) => spec.nodeName === metadata.name)) continue
      store.create(PODS, makePod(set, `${set.metadata.name}-${metadata.name}`, { nodeName: metadata.name }))
    }
  }
}

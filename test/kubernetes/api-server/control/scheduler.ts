import { isActive, type Node, type Pod, setCondition } from '../objects/objects.js'
import { readQuantity } from '../objects/quantity.js'
import { matchesSelector } from '../objects/selectors.js'
import { NODES, nowOf, PODS, type World } from './world.js'

/** Gives each pod without a node the best one that can take it, or says that there is none. */
export function schedulePods(world: World): void {
  const { store } = world
  for (const pod of store.list<Pod>(PODS)) {
    if (pod.spec.nodeName !== undefined || !isActive(pod)) continue
    const pods = store.list<Pod>(PODS)
    const open = store.list<Node>(NODES).filter((node) => canHost(node, pod, pods))
    const chosen = world.place(pod, open) ?? bestOf(world, open, pods)?.metadata.name
    store.change<Pod>(PODS, pod, (draft) => {
      const isPlaced = chosen !== undefined
      if (isPlaced) draft.spec.nodeName = chosen
      draft.status.conditions = setCondition(
        draft.status.conditions ?? [],
        isPlaced
          ? { type: 'PodScheduled', status: 'True' }
          : { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no node can take it' },
        nowOf(world)
      )
    })
  }
}

function canHost(node: Node, pod: Pod, pods: readonly Pod[]): boolean {
  if (node.spec.unschedulable === true) return false
  if (node.status.conditions.some(({ type, status }) => type === 'Ready' && status !== 'True')) return false
  const labels = node.metadata.labels ?? {}
  if (!Object.entries(pod.spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value)) return false
  const isTolerated = (node.spec.taints ?? []).every(
    ({ key, value, effect }) =>
      effect === 'PreferNoSchedule' ||
      pod.spec.tolerations?.some(
        (each) =>
          (each.key === undefined || each.key === key) &&
          (each.operator === 'Exists' || each.value === value) &&
          (each.effect === undefined || each.effect === effect)
      )
  )
  if (!isTolerated) return false
  const here = pods.filter(
    ({ spec, status }) =>
      spec.nodeName === node.metadata.name && status.phase !== 'Failed' && status.phase !== 'Succeeded'
  )
  const repels = (one: Pod, other: Pod) =>
    (one.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).some(
      ({ labelSelector, topologyKey }) =>
        topologyKey === 'kubernetes.io/hostname' &&
        one.metadata.namespace === other.metadata.namespace &&
        matchesSelector(labelSelector, other.metadata.labels)
    )
  if (here.some((other) => repels(pod, other) || repels(other, pod))) return false
  const requests = requestsOf(pod)
  if (here.length >= amountOf(node, 'pods')) return false
  return [...requests].every(([name, amount]) => {
    const used = here.reduce((sum, other) => sum + (requestsOf(other).get(name) ?? 0), 0)
    return used + amount <= amountOf(node, name)
  })
}

function bestOf({ dice, scoring }: World, nodes: readonly Node[], pods: readonly Pod[]): Node | undefined {
  const direction = scoring === 'least-allocated' ? 1 : -1
  const scored = nodes.map((node) => ({ node, score: direction * usedShare(node, pods), tie: dice() }))
  return scored.sort((left, right) => left.score - right.score || left.tie - right.tie)[0]?.node
}

/** The mean share of CPU and memory that is requested. */
function usedShare(node: Node, pods: readonly Pod[]): number {
  const here = pods.filter(({ spec }) => spec.nodeName === node.metadata.name)
  const shares = ['cpu', 'memory'].map(
    (name) => here.reduce((sum, pod) => sum + (requestsOf(pod).get(name) ?? 0), 0) / amountOf(node, name)
  )
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

function amountOf({ status }: Node, name: string): number {
  return readQuantity(status.allocatable[name] ?? '0')
}

function requestsOf({ spec }: Pod): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { resources } of spec.containers) {
    for (const [name, text] of Object.entries({ ...resources?.limits, ...resources?.requests })) {
      sums.set(name, (sums.get(name) ?? 0) + readQuantity(text))
    }
  }
  return sums
}

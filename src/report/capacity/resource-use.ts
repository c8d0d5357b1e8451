import type { MixAnswer } from '../../capacity/mix/mix-answer.js'

/** How much of a resource the nodes of a mix have, and how much of it is asked for. */
export interface ResourceUse {
  readonly resource: string
  readonly used: number
  readonly capacity: number
}

/** Each resource of the nodes that a mix runs, in the order of their names. */
export function resourceUse({
  problem,
  result,
  replicas
}: Pick<MixAnswer, 'problem' | 'result' | 'replicas'>): ResourceUse[] {
  if (result === null) return []
  const released = new Set(result.releasedNodes)
  const hosts = new Set(result.placement.map(({ node }) => node))
  const types = new Map(problem.nodeTypes.map((type) => [type.type, type]))
  const kept = problem.nodes.filter(({ id, releasable }) => !released.has(id) && (hosts.has(id) || !releasable))
  const bought = result.newNodes.flatMap(({ id, type }) => (hosts.has(id) ? (types.get(type) ?? []) : []))
  const capacity = sumOf([...kept, ...bought].map((node) => [node.capacity, 1]))
  const used = sumOf(
    problem.deployments.map(({ id, demand }) => [demand, Object.hasOwn(replicas, id) ? (replicas[id] as number) : 0])
  )
  return [...capacity.keys()]
    .sort()
    .map((resource) => ({ resource, used: used.get(resource) ?? 0, capacity: capacity.get(resource) ?? 0 }))
    .filter((use) => use.capacity > 0)
}

function sumOf(amounts: readonly (readonly [Readonly<Record<string, number>>, number])[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [record, times] of amounts) {
    for (const [resource, amount] of Object.entries(record))
      sums.set(resource, (sums.get(resource) ?? 0) + amount * times)
  }
  return sums
}

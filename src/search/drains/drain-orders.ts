import type { Random } from '../../random.js'
import type { PackingState } from '../packing-state.js'

/** How much a node is worth draining, more is better; compared among the nodes of one cluster only. */
export type DrainOrder = (node: number) => number

/**
 * Orders in which nodes are drained greedily: what saves most; what saves most for each replica, or for the room that its replicas take
 * elsewhere; what is emptiest, or fullest.
 */
export function drainOrders(state: PackingState, values: Float64Array): DrainOrder[] {
  const value = (node: number) => values[node] as number
  const copies = (node: number) => Math.max(1, state.population[node] as number)
  const load = loads(state)
  return [
    (node) => value(node) / (0.01 + load(node)),
    value,
    (node) => value(node) / copies(node),
    (node) => -load(node),
    (node) => value(node) * (1.01 - fullnessOf(state, node)),
    (node) => load(node)
  ]
}

/** Nodes, the most worthwhile first; with noise, those that are nearly alike in an order drawn anew. */
export function sortByOrder(
  nodes: readonly number[],
  order: DrainOrder,
  noise = 0,
  random: Random = () => 0.5
): number[] {
  const worths = nodes.map(order)
  const highest = worths.reduce((most, worth) => Math.max(most, Math.abs(worth)), 1e-9)
  const keys = new Map(
    nodes.map((node, index) => [node, (worths[index] as number) / highest + noise * (random() - 0.5)])
  )
  return [...nodes].sort((one, other) => (keys.get(other) as number) - (keys.get(one) as number) || one - other)
}

/** What is on a node, as shares of the largest node, summed over the resources. */
function loads({ instance, used }: PackingState): (node: number) => number {
  const width = instance.resources.length
  const largest = instance.resources.map((_, resource) =>
    instance.nodes.reduce((most, { capacity }) => Math.max(most, capacity[resource] as number), 0)
  )
  return (node) =>
    largest.reduce((sum, most, resource) => sum + (most > 0 ? (used[node * width + resource] as number) / most : 0), 0)
}

/** The share in use of the resource of which a node has least left. */
export function fullnessOf({ instance, used }: PackingState, node: number): number {
  const capacity = instance.nodes[node]?.capacity ?? new Float64Array()
  let fullest = 0
  for (let resource = 0; resource < capacity.length; resource++) {
    const total = capacity[resource] as number
    if (total > 0) fullest = Math.max(fullest, (used[node * capacity.length + resource] as number) / total)
  }
  return fullest
}

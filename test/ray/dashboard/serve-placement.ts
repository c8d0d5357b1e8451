import { type ClusterNode, type ClusterReplica, requiredOf, totalOf } from './cluster-state.js'

const SLACK = 1e-9

/** What is free on a node by Serve's sums, which know no devices: the total less whatever is there or aimed there. */
function freeOn(node: ClusterNode, resource: string, replicas: readonly ClusterReplica[]): number {
  const taken = replicas
    .filter((replica) => (replica.node ?? replica.aim) === node)
    .reduce((sum, { deployment }) => sum + (requiredOf(deployment).get(resource) ?? 0), 0)
  return totalOf(node, resource) - taken
}

/** Sizes compared by GPU, then CPU, then memory, then the rest by name. */
function sizeOf(amounts: ReadonlyMap<string, number>, resources: readonly string[]): number[] {
  const rest = resources.filter((name) => !['GPU', 'CPU', 'memory'].includes(name)).sort()
  return ['GPU', 'CPU', 'memory', ...rest].map((name) => amounts.get(name) ?? 0)
}

function compareSizes(left: readonly number[], right: readonly number[]): number {
  const first = left.findIndex((amount, index) => Math.abs(amount - (right[index] ?? 0)) > SLACK)
  return first < 0 ? 0 : (left[first] as number) - (right[first] as number)
}

/** The largest first; of equals the one that came first. */
export function byDecreasingSize(replicas: readonly ClusterReplica[]): ClusterReplica[] {
  const resources = [...new Set(replicas.flatMap(({ deployment }) => [...requiredOf(deployment).keys()]))]
  const size = ({ deployment }: ClusterReplica) => sizeOf(requiredOf(deployment), resources)
  return [...replicas].sort((left, right) => compareSizes(size(right), size(left)) || left.serial - right.serial)
}

/** The node that Serve chooses for a replica: the one with least left, of those that host something, else of the idle ones; null: none. */
export function chooseNode(
  replica: ClusterReplica,
  nodes: readonly ClusterNode[],
  replicas: readonly ClusterReplica[]
): ClusterNode | null {
  const required = requiredOf(replica.deployment)
  const open = nodes.filter(({ isAlive, drainDeadline }) => isAlive && drainDeadline === null)
  const isIdle = (node: ClusterNode) => !replicas.some((other) => (other.node ?? other.aim) === node)
  const fits = (node: ClusterNode) =>
    [...required].every(([resource, amount]) => freeOn(node, resource, replicas) + SLACK >= amount)
  const left = (node: ClusterNode) => {
    const resources = [...new Set([...Object.keys(node.resources), ...required.keys()])]
    const amounts = resources.map((name) => [name, freeOn(node, name, replicas) - (required.get(name) ?? 0)] as const)
    return sizeOf(new Map(amounts), resources)
  }
  for (const pool of [open.filter((node) => !isIdle(node)), open.filter(isIdle)]) {
    let best: ClusterNode | null = null
    for (const node of pool.filter(fits)) if (best === null || compareSizes(left(node), left(best)) < 0) best = node
    if (best !== null) return best
  }
  return null
}

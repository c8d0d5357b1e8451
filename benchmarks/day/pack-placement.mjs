/**
 * Where new copies go, by Serve's pack rule: the largest first; each to the node where it leaves least, of those that host something,
 * then of those that are being compacted, then of idle ones. More generous than Serve, which adds up shares of GPUs and may aim at a
 * node where no GPU has room.
 */
import { compareSizes } from '../policies/cluster/lexicographic.mjs'

/** @import { Service } from './fleet.mjs' */
/** @import { ServingCluster } from './serving-cluster.mjs' */
/** @import { ServingNode } from './serving-node.mjs' */
/** @import { Pending } from './serving-parts.mjs' */

/** GPUs, then cores, then memory. @type {(demand: Service['demand']) => number[]} */
const sizeOf = ({ gpu, cpu, memory }) => [gpu, cpu, memory]

/** Those that wait, the largest first, of equals who has waited longest. @type {(pending: Iterable<Pending>) => Pending[]} */
export const largestFirst = (pending) =>
  [...pending].sort(
    (one, other) =>
      compareSizes(sizeOf(other.replica.service.demand), sizeOf(one.replica.service.demand)) || one.since - other.since
  )

/** Starts every copy that waits and has a node. @param {ServingCluster} cluster */
export function placePending(cluster) {
  for (const pending of largestFirst(cluster.pending)) {
    const { replica, cause, isLate } = pending
    const room = findNode(cluster.nodes.values(), replica.service)
    if (room === null) continue
    cluster.settle(pending, true)
    cluster.start(replica, room.node, room.devices, { cause, isLate })
  }
}

/** @type {(nodes: Iterable<ServingNode>, service: Service) => { node: ServingNode, devices: number[] } | null} */
export function findNode(nodes, service) {
  const size = sizeOf(service.demand)
  /** @type {{ node: ServingNode, devices: number[], rank: number, left: number[] } | null} */
  let best = null
  for (const node of nodes) {
    if (!node.isOpen || node.isReserved) continue
    const rank = node.isCompacting ? 1 : node.copies.size > 0 ? 0 : 2
    if (best !== null && rank > best.rank) continue
    const devices = node.findRoom(service)
    if (devices === null) continue
    const left = node.free.map((free, index) => Math.round((free - (size[index] ?? 0)) * 1e6))
    if (best === null || rank < best.rank || compareSizes(left, best.left) < 0) best = { node, devices, rank, left }
  }
  return best
}

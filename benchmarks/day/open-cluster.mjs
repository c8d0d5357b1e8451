/** The cluster as the day begins: as many replicas as the first requests need, packed onto nodes that are there already. */
import { chooseMachine } from './node-autoscaler.mjs'
import { findNode, largestFirst } from './pack-placement.mjs'
import { replicasFor, setTarget } from './replica-autoscaler.mjs'

/** @import { ServingCluster } from './serving-cluster.mjs' */

/** @param {ServingCluster} cluster */
export function openCluster(cluster) {
  for (const deployment of cluster.deployments.values()) {
    const { service } = deployment
    setTarget(cluster, deployment, replicasFor(service, (service.ratesPerSecond[0] ?? 0) * service.serviceSeconds))
  }
  const waiting = largestFirst(cluster.pending)
  for (const [index, pending] of waiting.entries()) {
    const { replica } = pending
    const left = waiting.slice(index).map((other) => other.replica.service)
    const room = findNode(cluster.nodes.values(), replica.service) ?? getNode(cluster, left)
    cluster.settle(pending, true)
    cluster.start(replica, room.node, room.devices, { cause: 'scale', isReady: true })
  }
}

/** A new node, with the GPUs for the first of those that are left. @param {ServingCluster} cluster @param {Parameters<typeof chooseMachine>[1]} left */
function getNode(cluster, left) {
  const [first] = left
  const machine = chooseMachine(cluster.machines, left)
  const node = machine && cluster.pool.buy(machine, { isThere: true })
  const devices = first && node?.findRoom(first)
  if (node === undefined || !devices) throw new Error(`no machine is large enough for ${first?.id}`)
  return { node, devices }
}

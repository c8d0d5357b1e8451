/** The serving cluster as a Problem. */

/** @import { ProblemInput } from 'replica-compactor' */
/** @import { ServingCluster } from './serving-cluster.mjs' */
/** @import { ServingNode } from './serving-node.mjs' */
/** @import { Copy, Replica } from './serving-parts.mjs' */

/** @typedef {ProblemInput['replicas'][number]} ReplicaInput */

/** Nodes of one type that a plan may buy, at most. */
const MOST_NEW = 4
/** What a plan reckons with until the last request of a copy is answered. */
const DRAIN_SECONDS = 60

/**
 * What runs now. Replicas that wait for a node are left out, as are nodes on their way: the autoscaler sees to both. settledMs: nodes
 * that changed less than so long ago keep what they have.
 *
 * @param {ServingCluster} cluster
 * @param {{ settledMs?: number }} [options]
 * @returns {ProblemInput}
 */
export function describeCluster(cluster, { settledMs = 0 } = {}) {
  const now = cluster.clock.now()
  const nodes = [...cluster.nodes.values()].filter(({ state }) => state === 'there')
  const isSettled = (/** @type {ServingNode} */ node) => now - node.changedAt >= settledMs
  return {
    schemaVersion: 1,
    name: 'simulated-serving-cluster',
    nodes: nodes.map(({ id, machine, isClosed }) => {
      const { type, capacity, costPerHour, labels } = machine
      return { id, type, capacity, costPerHour, labels, acceptsReplicas: !isClosed }
    }),
    nodeTypes: cluster.machines.map((machine) => ({ ...machine, maxNew: MOST_NEW })),
    deployments: [...cluster.deployments.values()].map(({ service }) => ({
      id: service.id,
      demand: service.demand,
      nodeSelector: { gpu: service.gpu },
      ...(service.maxReplicasPerNode === undefined ? {} : { maxReplicasPerNode: service.maxReplicasPerNode }),
      startupSeconds: service.startupSeconds,
      drainSeconds: DRAIN_SECONDS,
      moveCost: moveCostOf(service)
    })),
    objective: { moveCostPrice: 1 },
    replicas: [...cluster.replicas.values()].flatMap((replica) => describeReplica(replica, isSettled))
  }
}

/** What a GPU costs an hour, in dollars, on the small machines of the catalogue. */
const GPU_PRICES = new Map([
  ['NVIDIA L4', 1],
  ['NVIDIA L40S', 2.25],
  ['NVIDIA H100', 6.9]
])

/** What a move costs, in dollars: two copies hold GPUs for a while. @type {(service: Replica['service']) => number} */
function moveCostOf({ gpu, demand, startupSeconds }) {
  return (demand.gpu * (GPU_PRICES.get(gpu) ?? 1) * (startupSeconds + DRAIN_SECONDS)) / 3600
}

/**
 * Of several copies the first that is not draining has the name of the replica; each replaces the one before it.
 *
 * @type {(replica: Replica, isSettled: (node: ServingNode) => boolean) => ReplicaInput[]}
 */
function describeReplica(replica, isSettled) {
  const copies = [...replica.copies]
  const heir = replica.isRetired
    ? -1
    : Math.max(
        0,
        copies.findIndex(({ state }) => state !== 'draining')
      )
  const ids = copies.map((_, index) => (index === heir ? replica.id : `${replica.id}~${index + 2}`))
  return copies.map((copy, index) => {
    const former = replica.isRetired ? undefined : ids[index - 1]
    return {
      id: ids[index] ?? replica.id,
      deployment: replica.service.id,
      node: copy.node.id,
      devices: { gpu: [...copy.devices] },
      state: stateOf(copy),
      ...(isSettled(copy.node) ? {} : { movable: false }),
      ...(former === undefined ? {} : { replaces: former })
    }
  })
}

/** @type {(copy: Copy) => NonNullable<ReplicaInput['state']>} */
function stateOf({ state }) {
  return state === 'ready' ? 'running' : state
}

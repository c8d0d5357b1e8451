import type { PlacementLike } from '../../../models/checker/placement-like.js'
import type { Node, Problem, Replica } from '../../../models/contract/problem.js'

/** Copies wanted of each deployment, in the Problem's order. */
export function wantedCounts({ deployments, replicas }: Problem): number[] {
  const listed = new Map<string, number>()
  for (const { deployment, state } of replicas) {
    if (state !== 'draining') listed.set(deployment, (listed.get(deployment) ?? 0) + 1)
  }
  return deployments.map((deployment) => deployment.replicas ?? listed.get(deployment.id) ?? 0)
}

/**
 * The Problem as a question of room alone: what is leaving is gone, gangs and copies that start move like all others, pins hold, and
 * no budget, gate, horizon or order of moves stands in the way. Everything that is wanted must find a place.
 */
export function roomProblem(problem: Problem): Problem {
  const counts = wantedCounts(problem)
  return {
    ...problem,
    deployments: problem.deployments.map(({ maxSurge: _, ...deployment }, index) => ({
      ...deployment,
      replicas: counts[index] as number
    })),
    replicas: problem.replicas
      .filter(({ state }) => state !== 'draining')
      .map(({ gang: _, replaces: __, ...replica }) => ({ ...replica, state: 'running' as const })),
    budget: {},
    objective: { horizonHours: null, moveCostPrice: 0 },
    gate: { paybackHours: null, minSavingPerMove: 0 },
    migration: { ...problem.migration, level: 'final', deadlineSeconds: null },
    pending: 'required'
  }
}

/** Nodes that were to be emptied take no newcomers, and may keep what they have. */
export function withoutEvictions(problem: Problem): Problem {
  return {
    ...problem,
    nodes: problem.nodes.map((node) => (node.mustEmpty ? { ...node, mustEmpty: false, acceptsReplicas: false } : node))
  }
}

/** Nothing that runs moves, not even off nodes that were to be emptied. */
export function frozen(problem: Problem): Problem {
  return {
    ...withoutEvictions(problem),
    deployments: problem.deployments.map((deployment) => ({ ...deployment, movable: false })),
    // Said of the deployment alone: a copy that is pinned by its own word is never the surplus one.
    replicas: problem.replicas.map(({ movable: _, ...replica }) => replica)
  }
}

/** Nothing runs yet: every wanted replica waits for a place, pinned ones, too. */
export function fromScratch(problem: Problem): Problem {
  return {
    ...problem,
    deployments: problem.deployments.map((deployment) => ({ ...deployment, movable: true })),
    replicas: problem.replicas.map(pending)
  }
}

/** The replica without its node, devices and pin. */
function pending({ devices: _, movable: __, ...replica }: Replica): Replica {
  return { ...replica, node: null, state: 'running' }
}

/** The same with other numbers of replicas, in the order of the deployments. */
export function withCounts(problem: Problem, counts: readonly number[]): Problem {
  return {
    ...problem,
    deployments: problem.deployments.map((deployment, index) => ({ ...deployment, replicas: counts[index] as number }))
  }
}

/** Nothing can be bought. */
export function withoutPurchases(problem: Problem): Problem {
  return { ...problem, nodeTypes: [] }
}

/** Some nodes are gone, and what ran there waits for a place. */
export function withoutNodes(problem: Problem, lost: ReadonlySet<string>): Problem {
  return {
    ...problem,
    nodes: problem.nodes.filter(({ id }) => !lost.has(id)),
    replicas: problem.replicas.map((replica) =>
      replica.node !== null && lost.has(replica.node) ? pending(replica) : replica
    )
  }
}

/** New copies start on some nodes only. The others stay listed, so that rules count the same domains. */
export function openOnly(problem: Problem, isOpen: (node: Node) => boolean): Problem {
  return {
    ...problem,
    nodes: problem.nodes.map((node) => (isOpen(node) ? node : { ...node, acceptsReplicas: false }))
  }
}

/** Ids of the nodes that host something, or are kept whatever happens. */
export function activeNodes({ nodes, replicas }: Problem): Set<string> {
  const active = new Set(nodes.filter(({ releasable }) => !releasable).map(({ id }) => id))
  for (const { node, state } of replicas) if (node !== null && state !== 'draining') active.add(node)
  return active
}

/** The Problem with everything where a placement puts it. What the placement buys is listed; what has no place waits. */
export function inPlace(problem: Problem, { placement, newNodes }: PlacementLike): Problem {
  const listed = new Map(problem.replicas.map((replica) => [replica.id, replica]))
  const placed = new Set(placement.map(({ replica }) => replica))
  const types = new Map(problem.nodeTypes.map((type) => [type.type, type]))
  const bought = newNodes.flatMap(({ id, type, rented }): Node[] => {
    const offer = types.get(type)
    if (offer === undefined || rented === true) return []
    const { capacity, costPerHour, labels } = offer
    return [{ id, type, capacity, costPerHour, labels, releasable: true, acceptsReplicas: true, mustEmpty: false }]
  })
  const there = placement.map(({ replica, deployment, node, devices }): Replica => {
    const { devices: _, ...known } = listed.get(replica) ?? {
      id: replica,
      deployment: deployment ?? '',
      state: 'running' as const
    }
    return { ...known, node, ...(devices === undefined ? {} : { devices }) }
  })
  const waiting = problem.replicas.filter(
    ({ id, node, state }) => !placed.has(id) && node === null && state === 'running'
  )
  const number = new Map<string, number>()
  for (const { type } of bought) if (type !== undefined) number.set(type, (number.get(type) ?? 0) + 1)
  return {
    ...problem,
    nodes: [...problem.nodes, ...bought],
    nodeTypes: problem.nodeTypes.map((type) => ({ ...type, maxNew: type.maxNew - (number.get(type.type) ?? 0) })),
    replicas: [...there, ...waiting]
  }
}

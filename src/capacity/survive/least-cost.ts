import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { coveringBound } from '../../search/covering-bound.js'
import { Incumbents } from '../../search/incumbents.js'
import { boundByType } from '../../search/type-bound.js'
import { startStopwatch } from '../../stopwatch.js'
import type { FitOptions } from '../fit/decide-fit.js'

/**
 * Below what no set of nodes costs on which everything still fits after every loss asked about. Let A be such a set, and B (`least`) a
 * bound on the cost of any nodes on which everything fits, pins, rules and what is paid anyway apart.
 *
 * One node: A without its dearest node, of cost c, has room for everything and no node above c. So cost(A) ≥ min over c of c + B(nodes up to c).
 * One of D domains, where every node is in one: everything fits on A without any domain, and each node is lost once, so D·cost(A) − cost(A) ≥ D·B.
 */
export function leastSurvivingCost(room: Problem, topologyKeys: readonly string[], least: number): number {
  const free = freeProblem(room)
  let bound = least
  for (const topologyKey of topologyKeys) {
    if (topologyKey === 'node') bound = Math.max(bound, leastWithSpareNode(free, least))
    else bound = Math.max(bound, leastWithSpareDomain(free, topologyKey, least))
  }
  return bound
}

/** Everything may go anywhere, and only what hosts something is paid. */
function freeProblem(room: Problem): Problem {
  return {
    ...room,
    nodes: room.nodes.map((node) => ({ ...node, releasable: true, mustEmpty: false })),
    deployments: room.deployments.map((deployment) => ({ ...deployment, movable: true })),
    replicas: room.replicas.map(({ movable: _, ...replica }) => replica),
    rules: [],
    headroom: []
  }
}

/** B: a bound on the cost of any nodes, listed or bought, on which everything fits. */
export async function leastCost(room: Problem, { solvers, budget, signal }: FitOptions): Promise<number> {
  const instance = compileInstance(freeProblem(room))
  const covered = coveringBound(instance)
  if (solvers === null) return covered
  const incumbents = new Incumbents(instance, startStopwatch(Infinity))
  incumbents.raiseCostBound(covered)
  await boundByType(incumbents, solvers, { budget, relativeGap: 1e-6, signal })
  signal.throwIfAborted()
  return incumbents.costBound
}

function leastWithSpareNode(free: Problem, least: number): number {
  const costs = [
    ...new Set([...free.nodes, ...free.nodeTypes.filter(({ maxNew }) => maxNew > 0)].map((node) => node.costPerHour))
  ]
  let bound = Infinity
  for (const cost of costs) {
    // What runs on dearer nodes waits for a place elsewhere.
    const kept = new Set(free.nodes.filter((node) => node.costPerHour <= cost).map(({ id }) => id))
    const cheap: Problem = {
      ...free,
      nodes: free.nodes.filter(({ id }) => kept.has(id)),
      nodeTypes: free.nodeTypes.filter((type) => type.costPerHour <= cost),
      replicas: free.replicas.map((replica) => {
        if (replica.node === null || kept.has(replica.node)) return replica
        const { devices: _, ...waiting } = replica
        return { ...waiting, node: null }
      })
    }
    bound = Math.min(bound, cost + Math.max(least, coveringBound(compileInstance(cheap))))
  }
  return Number.isFinite(bound) ? bound : least
}

function leastWithSpareDomain(free: Problem, topologyKey: string, least: number): number {
  const all = [...free.nodes, ...free.nodeTypes.filter(({ maxNew }) => maxNew > 0)]
  const isLabelled = all.every(({ labels }) => Object.hasOwn(labels, topologyKey))
  const domains = new Set(all.map(({ labels }) => labels[topologyKey])).size
  return isLabelled && domains > 1 ? (least * domains) / (domains - 1) : least
}

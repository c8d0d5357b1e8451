import { activeNodes, costOf, indexCluster, initialCopies } from '../../../models/checker/cluster.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'

/** A Result in which everything stays where it is: to show a cluster for which there is no plan yet. */
export function standstill(problem: Problem): Result {
  const cluster = indexCluster(problem, [], () => {})
  const active = activeNodes(cluster, initialCopies(cluster))
  const placement = problem.replicas.flatMap(({ id, node, devices }) =>
    node === null ? [] : [{ replica: id, node, ...(devices !== undefined && { devices }) }]
  )
  return {
    schemaVersion: 1,
    problem: { fingerprint: '' },
    termination: 'interrupted',
    primalStatus: 'feasible',
    initial: {
      costPerHour: costOf(active),
      activeNodes: active.size,
      listedCostPerHour: costOf(cluster.nodes.values())
    },
    placement,
    assumedDevices: [],
    headroom: [],
    unplaced: [],
    violations: [],
    newNodes: [],
    releasedNodes: [],
    plan: { status: 'complete', steps: [], makespanSeconds: 0 },
    solve: { seconds: 0, incumbents: [] },
    explanation: {}
  }
}

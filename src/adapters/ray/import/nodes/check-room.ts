import { exceeds } from '../../../../../models/checker/tolerance.js'
import type { ProblemInput } from '../../../../../models/contract/problem.js'
import { formatNumber } from '../../../../result/conflict/words.js'
import type { ImportNotes } from '../import-notes.js'
import { lookUp } from '../payloads/mappings.js'
import type { ClusterNode } from './cluster-nodes.js'

/**
 * Reports nodes on which replicas hold more than there is: Ray lets none do so, and what is said of them is wrong. Those that are leaving
 * may have given back what they held.
 */
export function checkRoom(
  { nodes, deployments, replicas }: Pick<ProblemInput, 'nodes' | 'deployments' | 'replicas'>,
  alive: readonly ClusterNode[],
  notes: ImportNotes
): void {
  const demands = new Map(deployments.map(({ id, demand }) => [id, demand]))
  const held = new Map<string, Map<string, number>>()
  for (const { node, state, deployment } of replicas) {
    if (node === null || state === 'draining') continue
    const sums = held.get(node) ?? new Map<string, number>()
    held.set(node, sums)
    for (const [resource, amount] of Object.entries(demands.get(deployment) ?? {})) {
      sums.set(resource, (sums.get(resource) ?? 0) + amount)
    }
  }
  const places = new Map(alive.map(({ id, place }) => [id, place]))
  for (const { id, capacity } of nodes) {
    for (const [resource, amount] of held.get(id) ?? []) {
      const room = lookUp(capacity, resource) ?? 0
      if (!exceeds(amount, room)) continue
      notes.issues.push({
        path: `${places.get(id)} (${id})`,
        found: `replicas that hold ${formatNumber(amount)} ${resource}`,
        expected: `at most ${formatNumber(room)}, which the node has for them`,
        hint: 'wrong in the overrides may be placementGroup, resources or otherUsage; or the payloads are of different moments'
      })
    }
  }
}

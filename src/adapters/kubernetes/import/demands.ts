import type { NodeRoom } from './capacities.js'
import type { ImportedNode } from './node-roster.js'
import { GPU, toProblemUnits } from './resource-units.js'
import type { WorkloadGroup } from './workload-groups.js'

/** What one pod of each workload holds, by a Problem's resource names, in the units of a Problem; amounts of 0 left out. */
export type Demands = ReadonlyMap<WorkloadGroup, ReadonlyMap<string, number>>

/** How many pods a node may host is a resource, too. */
const PODS = 'pods'

/** The demands of all workloads; `shares` are those of GPUs by annotations. Pods are counted only where their number could be the limit. */
export function measureDemands(
  groups: readonly WorkloadGroup[],
  shares: ReadonlyMap<WorkloadGroup, number>,
  rooms: ReadonlyMap<ImportedNode, NodeRoom>
): Demands {
  const demands = new Map(
    groups.map((group) => {
      const demand = new Map<string, number>()
      for (const [resource, parts] of group.request) {
        if (parts > 0) demand.set(resource, toProblemUnits(resource, parts))
      }
      const share = shares.get(group) ?? 0
      if (share > 0) demand.set(GPU, share)
      demand.delete(PODS)
      return [group, demand] as const
    })
  )
  if (countsPods(groups, demands, rooms)) for (const demand of demands.values()) demand.set(PODS, 1)
  return demands
}

/**
 * Whether some node could be full of pods before it is full otherwise: neither all pods there are, twice each while they move, nor as
 * many of the smallest as its other resources let in, are below its number.
 */
function countsPods(
  groups: readonly WorkloadGroup[],
  demands: Demands,
  rooms: ReadonlyMap<ImportedNode, NodeRoom>
): boolean {
  const copies = groups.reduce((sum, { desired, live, draining }) => sum + desired + live.length + draining.length, 0)
  const least = (resource: string) =>
    [...demands.values()].reduce((smallest, demand) => Math.min(smallest, demand.get(resource) ?? 0), Infinity)
  const smallest = ['cpu', 'memory'].map((resource) => [resource, least(resource)] as const)
  return [...rooms.values()].some(({ amounts }) => {
    const limit = amounts.get(PODS)
    if (limit === undefined || copies <= limit) return false
    return smallest.every(([resource, demand]) => demand === 0 || (amounts.get(resource) ?? 0) / demand > limit)
  })
}

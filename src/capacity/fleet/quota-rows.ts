import type { Quota } from '../../../models/contract/study.js'
import type { LinkingRow } from '../../../models/formulations/linking-rows.js'
import { matchesSelector } from '../../../models/instance/selector.js'
import type { FleetKind } from './fleet.js'

/** The quotas as rows of a pattern problem: −(nodes that count, or what they have of a resource) ≥ −max. */
export function quotaRows(quotas: readonly Quota[], kinds: readonly FleetKind[]): LinkingRow[] {
  return quotas.map((quota, index) => ({
    name: quota.name ?? `quota ${index}`,
    least: -quota.max,
    node: (kind) => -countedBy(quota, kinds[kind] as FleetKind)
  }))
}

/** What one node of a kind counts in a quota: itself, or its amount of a resource; 0 where the quota does not mean it. */
export function countedBy(
  { types, nodeSelector, resource }: Quota,
  { type, typeName, labels, capacity }: FleetKind
): number {
  if (types !== undefined && !types.includes(type) && !types.includes(typeName)) return 0
  if (!matchesSelector(nodeSelector, labels)) return 0
  if (resource === undefined) return 1
  return Object.hasOwn(capacity, resource) ? (capacity[resource] as number) : 0
}

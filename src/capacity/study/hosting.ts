import type { Deployment, NodeType } from '../../../models/contract/problem.js'
import type { ResourceAmounts } from '../../../models/contract/quantities.js'
import { isLegal } from '../../../models/instance/instance.js'
import { matchesSelector } from '../../../models/instance/selector.js'

/** Whether an empty node with this capacity and these labels may host a copy, also while that starts. */
export function admits(
  { capacity, labels }: Pick<NodeType, 'capacity' | 'labels'>,
  { demand, startupDemand, nodeSelector }: Pick<Deployment, 'demand' | 'startupDemand' | 'nodeSelector'>
): boolean {
  return (
    matchesSelector(nodeSelector, labels) &&
    lackingOf(capacity, demand).length === 0 &&
    lackingOf(capacity, startupDemand ?? {}).length === 0
  )
}

/** Names of the resources of which a capacity has too little. */
export function lackingOf(capacity: ResourceAmounts, demand: ResourceAmounts): string[] {
  return Object.entries(demand).flatMap(([resource, amount]) => {
    const has = Object.hasOwn(capacity, resource) ? (capacity[resource] as number) : 0
    return amount > 0 && !isLegal(amount, has) ? [resource] : []
  })
}

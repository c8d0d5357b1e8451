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
  return Object.entries(demand).flatMap(([resource, amount]) =>
    amount > 0 && !isLegal(amount, amountOf(capacity, resource)) ? [resource] : []
  )
}

/** An amount by resource name; a resource left out counts 0. */
export function amountOf(amounts: ResourceAmounts, resource: string): number {
  return Object.hasOwn(amounts, resource) ? (amounts[resource] as number) : 0
}

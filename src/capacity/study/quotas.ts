import type { ResourceAmounts } from '../../../models/contract/quantities.js'
import type { Quota, Study } from '../../../models/contract/study.js'
import { matchesSelector } from '../../../models/instance/selector.js'
import { INSTANCE_TYPE_LABEL } from '../labels.js'
import { amountOf } from './hosting.js'
import { isNamedIn, type NamedType } from './type-names.js'

/** What a quota counts of a node, or of a node of a type. */
export interface QuotaHolder extends NamedType {
  readonly capacity: ResourceAmounts
}

/** Whether nodes like this one count towards a quota. */
export function countsTowards({ types, nodeSelector }: Quota, holder: NamedType): boolean {
  return (types === undefined || isNamedIn(types, holder)) && matchesSelector(nodeSelector, holder.labels)
}

/**
 * How much one such node takes of a quota: 1, or of a resource what the machine has. To the capacity of nodes from the catalogue the
 * overhead is added again: clouds count whole machines.
 */
export function amountTowards({ catalogue }: Pick<Study, 'catalogue'>, quota: Quota, holder: QuotaHolder): number {
  if (!countsTowards(quota, holder)) return 0
  if (quota.resource === undefined) return 1
  const isBought = Object.hasOwn(holder.labels, INSTANCE_TYPE_LABEL)
  return (
    amountOf(holder.capacity, quota.resource) + (isBought ? amountOf(catalogue?.overhead ?? {}, quota.resource) : 0)
  )
}

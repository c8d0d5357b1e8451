import type { Study } from '../../../models/contract/study.js'
import type { LinkingRow } from '../../../models/formulations/linking-rows.js'
import { amountTowards } from '../study/quotas.js'
import type { FleetKind } from './fleet.js'

/**
 * The quotas as rows of a pattern problem: −(nodes that count, or what they have of a resource) ≥ −max, in units of the node that counts
 * most, so that a row means about the same whatever a resource is measured in.
 */
export function quotaRows(study: Study, kinds: readonly FleetKind[]): LinkingRow[] {
  return study.quotas.map((quota, index) => {
    const amounts = kinds.map((kind) => amountTowards(study, quota, kind))
    const unit = amounts.reduce((most, amount) => Math.max(most, amount), 0) || 1
    return {
      name: quota.name ?? `quota ${index}`,
      least: -quota.max / unit,
      node: (kind) => -(amounts[kind] as number) / unit
    }
  })
}

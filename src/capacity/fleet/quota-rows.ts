import type { Study } from '../../../models/contract/study.js'
import type { LinkingRow } from '../../../models/formulations/linking-rows.js'
import { amountTowards } from '../study/quotas.js'
import type { FleetKind } from './fleet.js'

/** The quotas as rows of a pattern problem: −(nodes that count, or what they have of a resource) ≥ −max. */
export function quotaRows(study: Study, kinds: readonly FleetKind[]): LinkingRow[] {
  return study.quotas.map((quota, index) => ({
    name: quota.name ?? `quota ${index}`,
    least: -quota.max,
    node: (kind) => -amountTowards(study, quota, kinds[kind] as FleetKind)
  }))
}

import * as z from 'zod'
import { labelSelector } from './label-selector.js'
import { metadata } from './metadata.js'

/** A count, or a share such as `"50%"`. */
export const countOrShare = z.union([z.number().int().min(0), z.string()])
export type CountOrShare = z.infer<typeof countOrShare>

/** The parts of a PodDisruptionBudget that planning needs. */
export const disruptionBudget = z.object({
  apiVersion: z.string().nullish(),
  metadata,
  spec: z
    .object({
      minAvailable: countOrShare.nullish(),
      maxUnavailable: countOrShare.nullish(),
      selector: labelSelector.nullish()
    })
    .nullish()
})
export type DisruptionBudget = z.infer<typeof disruptionBudget>

/** A count, or a share of a whole rounded up, as the disruption controller does it; null where it is neither. */
export function resolveCount(value: CountOrShare, whole: number): number | null {
  if (typeof value === 'number') return value
  const share = /^(\d{1,6})%$/.exec(value)
  return share === null ? null : Math.ceil((Number(share[1]) * whole) / 100)
}

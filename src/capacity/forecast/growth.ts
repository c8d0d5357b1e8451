import type { DemandGrowth } from '../../../models/contract/study.js'

const MONTH_SECONDS = 30 * 86_400

/** The factor on all demand so many seconds after the beginning of the horizon: factor × (1 + perMonth)^(seconds / 30 days). */
export function growthAt({ factor, perMonth }: DemandGrowth, seconds: number): number {
  return factor * (1 + perMonth) ** (seconds / MONTH_SECONDS)
}

/** How far a contestant's own placement is from its own bound, and how that falls with time. */
import { boundsInTime, costsInTime } from './in-time.mjs'
import { firstAtMost, tidySteps } from './steps.mjs'

/** @import { BenchRun } from '../bench/record.mjs' */
/** @import { Step } from './steps.mjs' */

/** A gap that is closed enough to be of use: at most this share of the cost is left to save. */
export const PROVEN = 0.01

/**
 * (cost − bound) / cost, the share of the cost that a better placement might save; between 0 and 1, and 1 where one of both is missing.
 *
 * @type {(cost: number | null, bound: number | null) => number}
 */
export function provenGap(cost, bound) {
  if (cost === null || bound === null) return 1
  if (cost <= bound) return 0
  return cost <= 0 ? 1 : Math.min(1, (cost - bound) / cost)
}

/** The proven gap over time. @type {(run: BenchRun) => Step[]} */
export function provenGapSteps(run) {
  const costs = costsInTime(run)
  const bounds = boundsInTime(run)
  const moments = new Set([...costs, ...bounds].map(({ seconds }) => seconds))
  const steps = [...moments].map((seconds) => {
    const cost = extreme(costs, seconds, Math.min)
    const bound = extreme(bounds, seconds, Math.max)
    return { seconds, value: provenGap(cost, bound) }
  })
  return tidySteps(steps)
}

/** When the gap was proven to be so small; Infinity: never. @type {(steps: readonly Step[], gap?: number) => number} */
export const secondsToProof = (steps, gap = PROVEN) => firstAtMost(steps, gap)

/** The best of what was known by then; null: nothing. @type {(steps: readonly Step[], by: number, best: typeof Math.min) => number | null} */
function extreme(steps, by, best) {
  const known = steps.flatMap(({ seconds, value }) => (seconds <= by ? [value] : []))
  return known.length === 0 ? null : best(...known)
}

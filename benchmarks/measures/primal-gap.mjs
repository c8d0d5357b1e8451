/** How far a placement is from the best known one, and how that falls with time. */
import { costsInTime } from './in-time.mjs'
import { firstAtMost, meanUntil, tidySteps } from './steps.mjs'

/** @import { BenchRun } from '../bench/record.mjs' */
/** @import { Step } from './steps.mjs' */

/** Near is a cost at most 1 % above the best known one; the primal gap is a share of the cost itself, and there a little less. */
const NEAR = 0.01 / 1.01

/** Costs that differ by less, relatively, are the same: they are sums in floating point. */
const TOLERANCE = 1e-9

/**
 * The primal gap: 0 where both are the same, 1 where their signs differ, else their distance as a share of the larger. Berthold,
 * Measuring the impact of primal heuristics, Operations Research Letters 41 (2013), section 2. What beats the reference has none.
 *
 * @type {(cost: number, reference: number) => number}
 */
export function primalGap(cost, reference) {
  const size = Math.max(Math.abs(cost), Math.abs(reference))
  if (cost - reference <= TOLERANCE * size) return 0
  return cost * reference < 0 ? 1 : (cost - reference) / size
}

/** The primal gap over time; without a reference nobody has anything. @type {(run: BenchRun, reference: number | null) => Step[]} */
export function primalGapSteps(run, reference) {
  if (reference === null) return []
  return tidySteps(costsInTime(run).map(({ seconds, value }) => ({ seconds, value: primalGap(value, reference) })))
}

/**
 * The primal integral as a mean over the time that was given, 0: the best from the start, 1: nothing at all. Berthold 2013, section 3,
 * divided by the limit.
 *
 * @type {(steps: readonly Step[], limitSeconds: number) => number}
 */
export const primalIntegral = (steps, limitSeconds) => meanUntil(steps, limitSeconds)

/** When it was near the best known cost; Infinity: never. @type {(steps: readonly Step[]) => number} */
export const secondsToNear = (steps) => firstAtMost(steps, NEAR)

/** When it had any placement that holds; Infinity: never. @type {(run: BenchRun) => number} */
export const secondsToFirst = (run) => Math.min(Infinity, ...costsInTime(run).map(({ seconds }) => seconds))

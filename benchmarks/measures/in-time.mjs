/** What a contestant had in hand when: its incumbents and bounds as far as they came in time. */

/** @import { BenchRun } from '../bench/record.mjs' */
/** @import { Step } from './steps.mjs' */

/** Whoever is told to stop needs a moment: a second, or this share of the limit if it is more. */
const STOPPING_SHARE = 0.05

/** @type {(limitSeconds: number) => number} */
export const stoppingSeconds = (limitSeconds) => Math.max(1, STOPPING_SHARE * limitSeconds)

/**
 * What is found while a contestant stops counts as found at the limit; what comes later does not count.
 *
 * @type {(steps: readonly Step[], limitSeconds: number) => Step[]}
 */
function inTime(steps, limitSeconds) {
  return steps
    .filter(({ seconds }) => seconds <= limitSeconds + stoppingSeconds(limitSeconds))
    .map(({ seconds, value }) => ({ seconds: Math.min(seconds, limitSeconds), value }))
}

/** An answer that is wrong, or none at all, is worth nothing at any time. @type {(run: BenchRun) => boolean} */
export const counts = ({ wrong, refused }) => wrong === null && refused === null

/**
 * Costs by when they were found. Who tells of none on its way has found its answer when it ended.
 *
 * @type {(run: BenchRun) => Step[]}
 */
export function costsInTime(run) {
  if (!counts(run)) return []
  const { incumbents, cost, seconds, limitSeconds } = run
  const told = incumbents.map((incumbent) => ({ seconds: incumbent.seconds, value: incumbent.cost }))
  const isTold = cost === null || told.some(({ value }) => value <= cost)
  return inTime(isTold ? told : [...told, { seconds, value: cost }], limitSeconds)
}

/** Bounds by when they were proven, likewise. @type {(run: BenchRun) => Step[]} */
export function boundsInTime(run) {
  if (!counts(run)) return []
  const { bounds, bound, seconds, limitSeconds } = run
  const told = bounds.map((proven) => ({ seconds: proven.seconds, value: proven.bound }))
  const isTold = bound === null || told.some(({ value }) => value >= bound)
  return inTime(isTold ? told : [...told, { seconds, value: bound }], limitSeconds)
}

/** The least cost that came in time; null: none did. @type {(run: BenchRun) => number | null} */
export const costInTime = (run) => extreme(costsInTime(run), Math.min)

/** The highest bound that came in time; null: none did. @type {(run: BenchRun) => number | null} */
export const boundInTime = (run) => extreme(boundsInTime(run), Math.max)

/** @type {(steps: readonly Step[], best: typeof Math.min) => number | null} */
const extreme = (steps, best) => (steps.length === 0 ? null : best(...steps.map(({ value }) => value)))

/** Where this engine stands among all: ahead, equal, or behind, and whom. */
import { OURS } from '../ours.mjs'

/** @import { BenchContestant } from '../bench/record.mjs' */

/** @typedef {{ contestant: BenchContestant, value: number }} Entry */

/**
 * @typedef {object} Comparison
 * @property {number | null} ours null: it did not run.
 * @property {number} place 1 for the first; those that tie share one.
 * @property {number} of
 * @property {Entry[]} ahead All that are strictly better, the best first.
 * @property {Entry[]} tied
 * @property {Entry | null} next The best solver or policy that is strictly behind.
 * @property {Entry | null} first Whoever is best of all.
 */

/** Values closer than this, relatively, are the same. */
const TOLERANCE = 1e-9

/**
 * The least value is the best; negate what is better when larger.
 *
 * @type {(entries: readonly Entry[]) => Comparison}
 */
export function compareLowest(entries) {
  const sorted = [...entries].sort((left, right) => (left.value === right.value ? 0 : left.value - right.value))
  const own = sorted.find(({ contestant }) => contestant.name === OURS)
  const rest = sorted.filter((entry) => entry !== own)
  const first = sorted[0] ?? null
  if (own === undefined) return { ours: null, place: 0, of: sorted.length, ahead: [], tied: [], next: null, first }
  const ahead = rest.filter(({ value }) => value < own.value && !isSame(value, own.value))
  return {
    ours: own.value,
    place: ahead.length + 1,
    of: sorted.length,
    ahead,
    tied: rest.filter(({ value }) => isSame(value, own.value)),
    next: rest.find((entry) => isRival(entry) && entry.value > own.value && !isSame(entry.value, own.value)) ?? null,
    first
  }
}

/** Of somebody else. @type {(entry: { contestant: BenchContestant }) => boolean} */
export const isRival = ({ contestant: { kind } }) => kind === 'solver' || kind === 'policy'

/** @type {(left: number, right: number) => boolean} */
const isSame = (left, right) =>
  left === right || (Number.isFinite(left) && Math.abs(left - right) <= TOLERANCE * Math.abs(left))

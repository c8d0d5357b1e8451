/** What moving little or much gives, in sentences. */
import { bestPolicies, ownSaving, savesMore } from '../measures/savings.mjs'
import { OURS } from '../ours.mjs'
import { saversBeside } from './company.mjs'
import { rowTitle } from './savings-words.mjs'
import { count, quoted, shareAtMost } from './words.mjs'

/** @import { SavingsRow } from '../measures/savings.mjs' */

/** @type {(rows: readonly SavingsRow[]) => string[]} */
export function budgetSentences(rows) {
  const ours = rows.filter((row) => (ownSaving(row)?.saved ?? null) !== null)
  if (ours.length === 0) return [`${OURS} has no placement here.`]
  const behind = ours.filter((row) => savesMore(row).length > 0)
  const beside = saversBeside(rows)
  const nobody =
    beside === '' ? 'nobody took part but' : `none of those who took part (${beside}) leaves less to pay than`
  return [
    `In ${ours.length - behind.length} of ${count(rows.length, 'pair')} of load and limit ${nobody} ${OURS}.`,
    ...behindWords(behind, rows),
    ...ratioWords(ours, rows),
    ...gapWords(ours)
  ]
}

/** @type {(behind: readonly SavingsRow[], rows: readonly SavingsRow[]) => string[]} */
function behindWords(behind, rows) {
  if (behind.length === 0) return []
  const named = behind
    .slice(0, 3)
    .map((row) => `${rowTitle(row, rows)} (${quoted(savesMore(row)[0]?.contestant.name ?? '')})`)
  return [
    `Another leaves less with ${named.join('; ')}${behind.length > 3 ? `; and in ${behind.length - 3} more` : ''}.`
  ]
}

/** Against the best policy of each pair. @type {(ours: readonly SavingsRow[], rows: readonly SavingsRow[]) => string[]} */
function ratioWords(ours, rows) {
  const pairs = ours.flatMap((row) => {
    const own = ownSaving(row)?.saved ?? null
    const policy = bestPolicies(row)[0]?.saved ?? null
    return own === null || policy === null ? [] : [{ row, own, policy }]
  })
  const nothing = pairs.filter(({ policy }) => policy <= 0).length
  const ratios = pairs
    .filter(({ policy }) => policy > 0)
    .map(({ row, own, policy }) => ({ row, ratio: own / policy }))
    .sort((left, right) => left.ratio - right.ratio)
  const [least, most] = [ratios[0], ratios.at(-1)]
  return [
    ...(least === undefined || most === undefined
      ? []
      : least === most
        ? [`It saves ${times(least.ratio)} as much as the best policy.`]
        : [
            `It saves ${times(least.ratio)} to ${times(most.ratio)} as much as the best policy, the most with ${rowTitle(most.row, rows)}.`
          ]),
    ...(nothing === 0 ? [] : [`In ${nothing} of them no policy saves anything.`])
  ]
}

/** @type {(ours: readonly SavingsRow[]) => string[]} */
function gapWords(ours) {
  const gaps = ours.flatMap((row) => ownSaving(row)?.gap ?? [])
  if (gaps.length === 0) return ['No bound is proven here.']
  const among = gaps.length < ours.length ? ` (in the ${gaps.length} with a bound)` : ''
  return [
    `At most ${shareAtMost(Math.max(...gaps))} of what it leaves to pay could be saved yet${among}: that is proven.`
  ]
}

/** @type {(ratio: number) => string} */
const times = (ratio) => `${ratio.toFixed(ratio < 10 ? 2 : 0)} times`

/** Sentences that say who is ahead of this engine, who is level, and who comes next: true whatever was measured. */
import { compareLowest, isRival } from '../measures/comparison.mjs'
import { OURS } from '../ours.mjs'
import { listNames, quoted } from './words.mjs'

/** @import { BenchContestant } from '../bench/record.mjs' */
/** @import { Comparison, Entry } from '../measures/comparison.mjs' */

/** @typedef {(value: number, contestant: BenchContestant) => string} Says */

/**
 * `replica-compactor …. The next, X, ….`, and whom it is behind. Lower is better, so what is better when larger comes negated. noRival:
 * what to say where no solver or policy is among them.
 *
 * @type {(entries: readonly Entry[], says: Says, noRival?: string) => string}
 */
export function placingSentence(entries, says, noRival = '') {
  const comparison = compareLowest(entries)
  const { ours, tied, next, first } = comparison
  if (first === null) return 'Nobody took part.'
  const own = entries.find(({ contestant }) => contestant.name === OURS)
  if (ours === null || own === undefined)
    return `${quoted(first.contestant.name)} is first: it ${says(first.value, first.contestant)}. ${OURS} is not among them.`
  const level = tied.length === 0 ? '' : `, level with ${listNames(tied.map(({ contestant }) => contestant.name))}`
  const follower =
    next === null
      ? ''
      : `The next solver or policy, ${quoted(next.contestant.name)}, ${says(next.value, next.contestant)}.`
  const alone = entries.some(isRival) ? '' : noRival
  return [`${OURS} ${says(ours, own.contestant)}${level}.`, behindWords(comparison, says), follower, alone]
    .filter((part) => part !== '')
    .join(' ')
}

/** @type {(comparison: Comparison, says: Says) => string} */
function behindWords({ place, of, ahead }, says) {
  if (ahead.length === 0) return ''
  const named = ahead
    .slice(0, 2)
    .map(({ contestant, value }) => `${quoted(contestant.name)}, which ${says(value, contestant)}`)
  const more = ahead.length > 2 ? `; and ${ahead.length - 2} more` : ''
  return `It is number ${place} of ${of}, behind ${named.join('; and ')}${more}.`
}

/** Sentences about times to a goal that not everybody reaches everywhere. */
import { OURS } from '../ours.mjs'
import { placingSentence } from './placing-sentences.mjs'
import { duration } from './words.mjs'

/** @import { BenchContestant } from '../bench/record.mjs' */

/** A mean time in which instances where the goal was not reached count as the limit. @typedef {{ contestant: BenchContestant, seconds: number, reached: number }} Reach */

/**
 * Who needs how long and gets there on how many of all instances; of those that get there at all. noRival: what to say where no solver
 * or policy is among them.
 *
 * @type {(reaches: readonly Reach[], all: number, noRival?: string) => string}
 */
export function reachSentence(reaches, all, noRival = '') {
  const there = reaches.filter(({ reached }) => reached > 0)
  if (there.length === 0) return 'nobody gets there on any of them.'
  const sentence = placingSentence(
    there.map(({ contestant, seconds }) => ({ contestant, value: seconds })),
    (seconds, { name }) => {
      const reached = there.find(({ contestant }) => contestant.name === name)?.reached ?? 0
      const where =
        all === 1 ? '' : reached === all ? `, getting there on all ${all}` : `, getting there on ${reached} of ${all}`
      return `needs ${timeWords(seconds, reached, all)}${where}`
    },
    noRival
  )
  const isNowhere = reaches.some(({ contestant, reached }) => contestant.name === OURS && reached === 0)
  return isNowhere ? `${sentence} It gets there on none.` : sentence
}

/** @type {(seconds: number, reached: number, all: number) => string} */
export const timeWords = (seconds, reached, all) => `${reached < all ? 'at least ' : ''}${duration(seconds)}`

/** The same in a table. @type {(seconds: number, reached: number, all: number) => string} */
export const timeCell = (seconds, reached, all) =>
  reached === 0 ? 'never' : `${reached < all ? '≥ ' : ''}${duration(seconds)}`

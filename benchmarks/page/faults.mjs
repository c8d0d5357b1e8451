/** Who answered wrongly or too late, and who refused what, in sentences. */
import { caseTitle } from './case-words.mjs'
import { count, quoted } from './words.mjs'

/** @import { Case } from '../measures/cases.mjs' */

/** Every wrong answer, one by one. @type {(cases: readonly Case[]) => string[]} */
export function wrongAnswers(cases) {
  return cases.flatMap((one) =>
    one.standings.flatMap(({ contestant, wrong }) =>
      wrong.map((words) => `${quoted(contestant)} on ${caseTitle(one)}: ${words}`)
    )
  )
}

/** Who had an answer on how many, and too late. @type {(cases: readonly Case[]) => string[]} */
export function lateAnswers(cases) {
  const late = cases.flatMap(({ standings }) => standings.filter(({ outcome }) => outcome === 'late'))
  return [...new Set(late.map(({ contestant }) => contestant))].map(
    (name) => `${quoted(name)}: on ${count(late.filter(({ contestant }) => contestant === name).length, 'instance')}`
  )
}

/** Who did not take how many, and why, by words. @type {(cases: readonly Case[]) => string[]} */
export function refusals(cases) {
  /** @type {Map<string, number>} */
  const counted = new Map()
  for (const { contestant, refused } of cases.flatMap(({ standings }) => standings)) {
    for (const words of refused) {
      const key = `${quoted(contestant)}: ${words}`
      counted.set(key, (counted.get(key) ?? 0) + 1)
    }
  }
  return [...counted].map(([words, number]) => `${words} (${count(number, 'instance')})`)
}

/** Who answered wrongly or too late, and who refused what, in sentences. */
import { caseTitle } from './case-words.mjs'
import { count, quoted } from './words.mjs'

/** @import { BenchReport } from '../bench/record.mjs' */
/** @import { Case } from '../measures/cases.mjs' */

/** Every wrong answer, one by one. @type {(cases: readonly Case[]) => string[]} */
export function wrongAnswers(cases) {
  return cases.flatMap((one) =>
    one.standings.flatMap(({ contestant, wrong }) =>
      wrong.map((words) => `${quoted(contestant)} on ${caseTitle(one)}: ${words}`)
    )
  )
}

/** Whether a process broke down, or had to be killed, by how it says that it ended. @type {(termination: string) => boolean} */
export const hasBrokenDown = (termination) => /^(exit code|did not end)/.test(termination)

/** Who broke down on how many, and how. @type {(report: BenchReport) => string[]} */
export function breakdowns({ runs }) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map()
  for (const { contestant, instance, termination } of runs) {
    if (!hasBrokenDown(termination)) continue
    const key = `${quoted(contestant)}: ${termination}`
    found.set(key, (found.get(key) ?? new Set()).add(instance))
  }
  return [...found].map(([words, instances]) => `${words} (${count(instances.size, 'instance')})`)
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

/** Who took part, counted and named. */
import { OURS } from '../ours.mjs'
import { count, listNames } from './words.mjs'

/** @import { BenchContestant } from '../bench/record.mjs' */
/** @import { SavingsRow } from '../measures/savings.mjs' */

const MOST_NAMES = 16

/** `6 solvers in 19 configurations`: a solver is what stands before the first comma. @type {(contestants: readonly BenchContestant[]) => string | null} */
function solverWords(contestants) {
  const names = contestants.flatMap(({ kind, name }) => (kind === 'solver' ? [name] : []))
  const solvers = new Set(names.map((name) => name.split(',', 1)[0])).size
  if (solvers === 0) return null
  const configurations = solvers === names.length ? '' : ` in ${names.length} configurations`
  return `${count(solvers, 'solver')}${configurations}`
}

/** Solvers and policies; empty where there are none. @type {(contestants: readonly BenchContestant[]) => string} */
export function companyWords(contestants) {
  const policies = contestants.filter(({ kind }) => kind === 'policy').length
  const words = [solverWords(contestants), policies === 0 ? null : count(policies, 'policy', 'policies')]
  return words.filter((part) => part !== null).join(' and ')
}

/** Everybody but this engine whose savings were measured, by name; empty where there is nobody. @type {(rows: readonly SavingsRow[]) => string} */
export function saversBeside(rows) {
  const names = new Set(rows.flatMap(({ savings }) => savings.map(({ contestant }) => contestant.name)))
  names.delete(OURS)
  return names.size === 0 ? '' : listNames([...names], MOST_NAMES)
}

/** Who proves bounds alone. @type {(contestants: readonly BenchContestant[]) => string[]} */
export function boundsAloneSentences(contestants) {
  const names = contestants.flatMap(({ places, name }) => (places ? [] : [name]))
  if (names.length === 0) return []
  const what =
    names.length === 1
      ? 'solves a relaxation, which proves bounds and places nothing: it is'
      : 'solve relaxations, which prove bounds and place nothing: they are'
  return [`${listNames(names, MOST_NAMES)} ${what} among all results, and in no picture or sentence about placements.`]
}

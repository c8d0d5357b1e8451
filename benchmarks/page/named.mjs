/** Which lines of a picture have a colour and a name, where there are too many for all of them. */
import { OURS } from '../ours.mjs'
import { listNames } from './words.mjs'

/** @import { BenchContestant } from '../bench/record.mjs' */

const MOST = 16

/**
 * This engine, the best of each kind, and then the best of all, until there are as many as a picture takes; in the order in which they
 * come.
 *
 * @type {(bestFirst: readonly BenchContestant[]) => { named: string[], others: string[] }}
 */
export function chooseNamed(bestFirst) {
  const kinds = new Set(bestFirst.map(({ kind }) => kind))
  const first = [...kinds].flatMap((kind) => bestFirst.find((contestant) => contestant.kind === kind)?.name ?? [])
  const names = bestFirst.map(({ name }) => name)
  const wanted = new Set([...names.filter((name) => name === OURS), ...first, ...names])
  const chosen = new Set(names.length <= MOST ? names : [...wanted].slice(0, MOST))
  return { named: names.filter((name) => chosen.has(name)), others: names.filter((name) => !chosen.has(name)) }
}

/** Empty where all are named. @type {(others: readonly string[]) => string} */
export const unnamedWords = (others) =>
  others.length === 0 ? '' : ` Thin and grey, without a name: ${listNames(others, others.length)}.`

import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import { InputError } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'

/** The deployments that an option names, by index and in the Problem's order; all of them where it is left out. Throws InputError. */
export function deploymentIndices({ deployments }: Problem, ids: unknown): number[] {
  if (ids === undefined) return [...deployments.keys()]
  const known = new Map(deployments.map(({ id }, index) => [id, index]))
  if (!Array.isArray(ids)) {
    throw new InputError('options', [{ path: 'deployments', found: describeValue(ids), expected: 'an array of ids' }])
  }
  expectEntries('deployments', ids, [...known.keys()], 'the id of a deployment of the Problem')
  return [...new Set(ids.map((id) => known.get(id) as number))].sort((left, right) => left - right)
}

/** Throws InputError for each entry of a list that is none of these words; `expected` says what they are. */
export function expectEntries(path: string, entries: unknown, words: readonly string[], expected: string): void {
  if (!Array.isArray(entries)) return
  const issues = [...entries.entries()]
    .filter(([, entry]) => !words.includes(entry))
    .map(([index, entry]) => ({ path: formatPath([path, index]), found: describeValue(entry), expected }))
  if (issues.length > 0) throw new InputError('options', issues)
}

/** Whether a value is an array of some of these words, and of none other. */
export function isListOf(words: readonly string[]): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.length > 0 && value.every((word) => words.includes(word))
}

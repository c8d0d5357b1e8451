import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import { isSignal, optionsOf } from '../../options.js'

/** How alternatives are listed. Everything may be left out. */
export interface AlternativesOptions {
  /** Nodes that are listed at most, possible and forbidden ones each. Default 10; Infinity for all. */
  readonly limit?: number
  /** So many of the possible nodes, the first ones, are tried: whether a safe order of moves leads there. Default 3. */
  readonly check?: number
  /** Wall time of the whole call in milliseconds: nodes are tried no longer. Default 1,000. */
  readonly timeLimitMs?: number
  /** An abort rejects the call with the signal's reason. */
  readonly signal?: AbortSignal
}

export type ResolvedAlternativesOptions = Required<Omit<AlternativesOptions, 'signal'>> &
  Pick<AlternativesOptions, 'signal'>

const NAMES = ['limit', 'check', 'timeLimitMs', 'signal']

/** Fills in the defaults. Throws InputError with every option that is unknown or out of range. */
export function resolveAlternativesOptions(given: AlternativesOptions | null | undefined): ResolvedAlternativesOptions {
  const options = optionsOf(given)
  const issues: InputIssue[] = Object.keys(options)
    .filter((name) => !NAMES.includes(name))
    .map((name) => ({ path: formatPath([name]), found: 'an unknown option', expected: `one of ${NAMES.join(', ')}` }))
  for (const path of ['limit', 'check'] as const) {
    const value = options[path]
    if (value === undefined || value === Infinity || (Number.isSafeInteger(value) && value >= 0)) continue
    issues.push({ path, found: describeValue(value), expected: 'a whole number of at least 0, or Infinity' })
  }
  const { timeLimitMs = 1_000, limit = 10, check = 3, signal } = options
  if (!(typeof timeLimitMs === 'number' && timeLimitMs > 0))
    issues.push({
      path: 'timeLimitMs',
      found: describeValue(timeLimitMs),
      expected: 'a number of milliseconds above 0'
    })
  if (signal !== undefined && !isSignal(signal))
    issues.push({ path: 'signal', found: describeValue(signal), expected: 'an AbortSignal' })
  if (issues.length > 0) throw new InputError('options', issues)
  return { timeLimitMs, limit, check, ...(signal !== undefined && { signal }) }
}

import { describeValue, formatPath } from '../../models/contract/describe-input.js'
import type { InputIssue } from '../../models/contract/input-issues.js'
import { InputError } from '../../models/contract/parse.js'
import { optionsOf } from '../options.js'
import type { PriceOptions } from './prices.js'

/** What an option may be. */
export interface OptionRange {
  readonly holds: (value: unknown) => boolean
  /** In words. */
  readonly expected: string
}

export const TEXT: OptionRange = { holds: (value) => typeof value === 'string', expected: 'a text' }

export const TEXTS: OptionRange = {
  holds: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  expected: 'a list of texts'
}

/** One of some words. */
export function wordOf(...words: readonly string[]): OptionRange {
  return {
    holds: (value) => typeof value === 'string' && words.includes(value),
    expected: words.map((word) => JSON.stringify(word)).join(' or ')
  }
}

/** Looked at by whoever takes it. */
const ANYTHING: OptionRange = { holds: () => true, expected: 'anything' }

/** Options of every importer; what prices and catalogues say is looked at by the `PriceBook`. */
export const COMMON_RANGES = {
  name: TEXT,
  takenAt: TEXT,
  catalogue: ANYTHING,
  prices: {
    holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    expected: 'a mapping from instance types to money per hour'
  },
  unknownPrice: ANYTHING
} satisfies Record<keyof PriceOptions | 'name' | 'takenAt', OptionRange>

/** Options as they were given; none where nothing was. Throws InputError with every one that is unknown or out of its range. */
export function readOptions<Options extends object>(
  given: Options | null | undefined,
  ranges: Readonly<Record<keyof Options & string, OptionRange>>
): Partial<Options> {
  const options = optionsOf(given)
  const known: ReadonlyMap<string, OptionRange> = new Map(Object.entries(ranges))
  const issues = Object.entries(options).flatMap(([name, value]): InputIssue[] => {
    const range = known.get(name)
    const path = formatPath([name])
    if (range === undefined) {
      return [{ path, found: 'an unknown option', expected: `one of ${[...known.keys()].join(', ')}` }]
    }
    return value === undefined || range.holds(value)
      ? []
      : [{ path, found: describeValue(value), expected: range.expected }]
  })
  if (issues.length > 0) throw new InputError('options', issues)
  return options
}

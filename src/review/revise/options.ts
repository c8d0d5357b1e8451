import { describeValue } from '../../../models/contract/describe-input.js'
import { InputError } from '../../../models/contract/parse.js'
import type { Result } from '../../../models/contract/result.js'
import { type CompactOptions, isSignal, optionsOf, type ResolvedOptions, resolveOptions } from '../../options.js'

const REVISE_OPTIONS = [
  'timeLimitMs',
  'relativeGap',
  'seed',
  'workLimit',
  'threads',
  'solver',
  'maxMigrations',
  'maxMoveCost',
  'signal',
  'onProgress',
  'createWorker'
] as const

/**
 * How a plan is revised. Everything may be left out. `maxMigrations` and `maxMoveCost` that the Result was planned with, as its `solve.budget`
 * says, hold on each until another is given, be it smaller or larger; the Problem's own hold in any case.
 */
export interface ReviseOptions extends Pick<CompactOptions, Exclude<(typeof REVISE_OPTIONS)[number], 'timeLimitMs'>> {
  /** Wall time of the whole call in milliseconds, order and checks included. Default 1,000; with a work limit none. */
  readonly timeLimitMs?: number
  /**
   * Whether the bound that the Result states is believed: for Results that the caller got from `compact` itself. One that is contradicted is not.
   * It holds within the budget that the Result was planned with: within a larger one it is passed over. Default false: then only what is recomputed
   * counts, from a certificate or anew.
   */
  readonly trustBound?: boolean
  /** An abort of this one ends the search: the best plan so far is ordered, checked and returned, its termination `interrupted`. */
  readonly interrupt?: AbortSignal
}

export interface ResolvedReviseOptions extends ResolvedOptions {
  readonly trustBound: boolean
  readonly interrupt: AbortSignal
}

/** As long as somebody who decides may wait. */
const DEFAULT_MS = 1_000

/** Fills in the defaults. Throws InputError with every option that is unknown or out of range. */
export function resolveReviseOptions(given: ReviseOptions | null | undefined): ResolvedReviseOptions {
  const { trustBound = false, interrupt = new AbortController().signal, ...others } = optionsOf(given)
  const known = resolveOptions(others, REVISE_OPTIONS)
  if (typeof trustBound !== 'boolean')
    throw new InputError('options', [
      { path: 'trustBound', found: describeValue(trustBound), expected: 'true or false' }
    ])
  if (!isSignal(interrupt))
    throw new InputError('options', [
      { path: 'interrupt', found: describeValue(interrupt), expected: 'an AbortSignal' }
    ])
  const hasLimit = others.timeLimitMs !== undefined || others.workLimit !== undefined
  return { ...known, trustBound, interrupt, timeLimitMs: hasLimit ? known.timeLimitMs : DEFAULT_MS }
}

/** The limits beside the Problem's own: new ones, and those that the Result was planned with where there is no new one. */
export function limitsFor(
  { maxMigrations, maxMoveCost }: Pick<ReviseOptions, 'maxMigrations' | 'maxMoveCost'>,
  { solve }: Pick<Result, 'solve'>
): Pick<ReviseOptions, 'maxMigrations' | 'maxMoveCost'> {
  const [migrations, moveCost] = [
    maxMigrations ?? solve.budget?.maxMigrations,
    maxMoveCost ?? solve.budget?.maxMoveCost
  ]
  return {
    ...(migrations !== undefined && { maxMigrations: migrations }),
    ...(moveCost !== undefined && { maxMoveCost: moveCost })
  }
}

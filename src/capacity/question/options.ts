import type { PlacementLike } from '../../../models/checker/placement-like.js'
import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'
import { Budget } from '../../budget.js'
import { type CompactOptions, optionsOf, type ResolvedOptions, resolveOptions } from '../../options.js'
import { startStopwatch } from '../../stopwatch.js'

/** How a question is answered. Everything may be left out. */
export interface QuestionOptions
  extends Pick<
    CompactOptions,
    'timeLimitMs' | 'workLimit' | 'seed' | 'threads' | 'solver' | 'relativeGap' | 'signal' | 'createWorker'
  > {
  /** Called as the question goes from part to part. */
  readonly onProgress?: (progress: QuestionProgress) => void
  /** Called with every placement that the answer rests on, after it has passed the checker. */
  readonly onPlacement?: (evidence: Evidence) => void
}

/** How far a question is. */
export interface QuestionProgress {
  readonly elapsedMs: number
  /** Parts that are done, of so many that are known by now. */
  readonly done: number
  readonly of: number
  /** What is being looked at, for people. */
  readonly doing: string
}

/** A placement that an answer rests on, and the Problem that it is one of: what `verifyPlacement` takes. */
export interface Evidence {
  /** What it shows, for people. */
  readonly shows: string
  readonly problem: Problem
  readonly placement: PlacementLike
}

export type ResolvedQuestion = Omit<ResolvedOptions, 'onProgress'> &
  Pick<QuestionOptions, 'onProgress' | 'onPlacement'> & {
    /** What the whole question may take. */
    readonly budget: Budget
    readonly elapsedMs: () => number
    /** Never aborts where the caller gave none. */
    readonly signal: AbortSignal
  }

/** Milliseconds for a question where the caller says nothing. */
const DEFAULT_TIME_LIMIT = 30_000

const COMMON = Object.keys({
  timeLimitMs: true,
  workLimit: true,
  seed: true,
  threads: true,
  solver: true,
  relativeGap: true,
  signal: true,
  createWorker: true,
  onProgress: true,
  onPlacement: true
} satisfies Record<keyof QuestionOptions, true>)

/** Fills in the defaults. `own` are the names of the options that only one question has. Throws InputError as `compact` does. */
export function resolveQuestion(given: QuestionOptions | null | undefined, own: readonly string[]): ResolvedQuestion {
  const { onProgress, onPlacement, ...rest } = optionsOf(given)
  const { onProgress: _, ...resolved } = resolveOptions(rest, [...COMMON, ...own])
  for (const [path, value] of Object.entries({ onProgress, onPlacement })) {
    if (value === undefined || typeof value === 'function') continue
    throw new InputError('options', [{ path, found: describeValue(value), expected: 'a function' }])
  }
  const hasLimit = given?.timeLimitMs !== undefined || given?.workLimit !== undefined
  const timeLimitMs = hasLimit ? resolved.timeLimitMs : DEFAULT_TIME_LIMIT
  const watch = startStopwatch(timeLimitMs)
  const { workLimit } = resolved
  return {
    ...resolved,
    ...(onProgress && { onProgress }),
    ...(onPlacement && { onPlacement }),
    timeLimitMs,
    signal: resolved.signal ?? new AbortController().signal,
    budget: workLimit === Infinity ? Budget.ofTime(watch) : Budget.ofWork(workLimit, watch),
    elapsedMs: watch.elapsedMs
  }
}

/** Throws InputError with every option that does not hold. */
export function expectOptions(
  options: object,
  expected: readonly (readonly [name: string, holds: (value: never) => boolean, expected: string])[]
): void {
  const issues: InputIssue[] = []
  for (const [path, holds, words] of expected) {
    const value: unknown = Object.hasOwn(options, path) ? (options as Record<string, unknown>)[path] : undefined
    if (value === undefined || holds(value as never)) continue
    issues.push({ path, found: describeValue(value), expected: words })
  }
  if (issues.length > 0) throw new InputError('options', issues)
}

/** A whole number from `least` up to `most`. */
export function isWholeFrom(least: number, most = 1e9): (value: unknown) => boolean {
  return (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
}

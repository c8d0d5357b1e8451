import { InputError, parseProblem } from '../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { Unchecked } from '../../models/contract/unchecked.js'
import type { CompactOptions, Progress } from '../options.js'
import { fingerprint } from '../result/fingerprint.js'
import { type AlternativeInput, parseAlternatives } from './changes/alternative.js'
import { makeChanges } from './changes/apply-changes.js'
import type { Change } from './changes/change.js'
import { type Difference, differenceBetween } from './difference.js'
import { solveCluster } from './mix/solve-cluster.js'
import { type Outcome, outcomeOf } from './outcome.js'

/** Units of work for the baseline, and for each variant, where nothing else is said. */
const DEFAULT_WHAT_IF_WORK = 10_000

/** How baseline and variants are solved, each of them. Everything may be left out. */
export interface WhatIfOptions
  extends Pick<
    CompactOptions,
    | 'timeLimitMs'
    | 'workLimit'
    | 'relativeGap'
    | 'seed'
    | 'threads'
    | 'solver'
    | 'maxMigrations'
    | 'maxMoveCost'
    | 'signal'
  > {
  /** Called as in `compact`, with what is being solved. */
  readonly onProgress?: (progress: WhatIfProgress) => void
}

export interface WhatIfProgress extends Progress {
  /** 0 for the baseline, then one after the other. */
  readonly index: number
  /** Of the variants and the baseline. */
  readonly count: number
  readonly label: string
}

/** What a variant gives, beside the baseline. */
export interface VariantAnswer {
  readonly label: string
  readonly changes: readonly Change[]
  readonly outcome: Outcome
  /** null where one of the two has no placement. */
  readonly difference: Difference | null
}

/** What changes would change: plain JSON. Money per hour, times in seconds. */
export interface WhatIfAnswer {
  readonly schemaVersion: 1
  readonly kind: 'what-if'
  readonly study: { readonly name?: string; readonly fingerprint: string }
  readonly options: {
    readonly seed: number
    readonly workLimit: number | null
    readonly timeLimitSeconds: number | null
    readonly relativeGap: number
  }
  readonly baseline: Outcome
  readonly variants: readonly VariantAnswer[]
  readonly notes: readonly string[]
}

/**
 * Solves a Problem as it is and with each variant's changes, all under the same limits, and tells the differences, with the interval in which
 * the difference of the optima is proven to be. A variant begins with the baseline's placement, as far as it still fits. Under a
 * work limit, which is the default, the answer is the same on every machine. Rejects with InputError, for a change that refers to
 * what is not there, too, and with the signal's reason.
 */
export async function whatIf(
  problem: Unchecked<ProblemInput>,
  variants: Unchecked<readonly AlternativeInput[]>,
  options: WhatIfOptions = {}
): Promise<WhatIfAnswer> {
  const base = parseProblem(problem)
  const read = parseAlternatives('variants', variants)
  const changed = read.map(({ changes }, index) => attempt(base, changes, index))
  const { onProgress, ...given } = options
  const limits =
    given.timeLimitMs === undefined && given.workLimit === undefined ? { workLimit: DEFAULT_WHAT_IF_WORK } : {}
  const solve = (index: number, label: string, variant: Problem, start?: Result) =>
    solveCluster(variant, {
      ...given,
      ...limits,
      ...(start?.primalStatus === 'feasible' && { start }),
      ...(onProgress && {
        onProgress: (progress: Progress) => onProgress({ ...progress, index, count: read.length + 1, label })
      })
    })

  const baseResult = await solve(0, 'as it is', base)
  const baseline = outcomeOf(base, baseResult)
  const answers: VariantAnswer[] = []
  for (const [index, { label, changes }] of read.entries()) {
    const variant = changed[index] as Problem
    const outcome = outcomeOf(variant, await solve(index + 1, label, variant, baseResult))
    answers.push({ label, changes, outcome, difference: differenceBetween(baseline, outcome) })
  }
  const { seed = 1, relativeGap = 1e-4, timeLimitMs } = given
  const { workLimit } = { ...given, ...limits }
  return {
    schemaVersion: 1,
    kind: 'what-if',
    study: { ...(base.name === undefined ? {} : { name: base.name }), fingerprint: fingerprint(base) },
    options: {
      seed,
      workLimit: workLimit ?? null,
      timeLimitSeconds: timeLimitMs === undefined ? null : timeLimitMs / 1000,
      relativeGap
    },
    baseline,
    variants: answers,
    notes: timeLimitMs === undefined ? [] : ['a time limit was given: results depend on the machine and its load']
  }
}

function attempt(base: Problem, changes: readonly Change[], index: number): Problem {
  try {
    return makeChanges(base, changes)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(
      'variants',
      error.issues.map((issue) => ({ ...issue, path: `[${index}].${issue.path}` }))
    )
  }
}

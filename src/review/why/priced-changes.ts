import type { Problem } from '../../../models/contract/problem.js'
import type { Budget } from '../../budget.js'
import { type DescribedEdit, describeEdits, makeEdits } from './edits.js'
import { type Price, priceOf } from './price.js'
import type { ChangedPart, Proposal } from './proposal.js'
import { type Reached, StepSearch } from './smallest-step.js'
import type { Trials } from './trials.js'

/** A change that was tried. */
export interface TriedChange {
  readonly kind: ChangedPart
  /** For people: what would be different. */
  readonly words: string
  readonly edits: readonly DescribedEdit[]
  /** By how much, in the unit of what is changed; left out where the change has no size. */
  readonly amount?: number
}

/** A change that does, as a plan shows that passes the checker, and what that plan costs. */
export interface PricedChange extends TriedChange, Price {
  /**
   * Whether it is proven that no smaller step of this change does; otherwise it is enough, and perhaps more than that. Left out where the
   * change has no size.
   */
  readonly isSmallest?: boolean
}

/** What came of the changes that were proposed. */
export interface PricedChanges {
  /** Those that do, the best first. */
  readonly changes: readonly PricedChange[]
  /** Those of which it is proven that, however far they go, they do not do alone. */
  readonly refuted: readonly TriedChange[]
  /** Those that were tried without an answer. */
  readonly undecided: readonly TriedChange[]
  /** Those for which there was no time. */
  readonly untried: readonly TriedChange[]
}

export interface PricingOptions {
  readonly trials: Trials
  readonly budget: Budget
  /** Whether it is proven that nothing does without a change. */
  readonly isBaseProven: boolean
  /** Negative when the left change is the better one. */
  readonly compare: (left: PricedChange, right: PricedChange) => number
}

/** Changes that are tried at most. */
const MOST_TRIED = 14
/** Units of the budget that a change needs to be tried, beside one for each replica. */
const LEAST_EACH = 150
/** Part of the budget in which every change is tried once; the rest makes those that do smaller and cheaper. */
const FIRST_PASS = 0.6

/** Tries changes by solving, the most promising first, and makes those that do as small as can be shown. */
export async function priceChanges(
  problem: Problem,
  proposals: readonly Proposal[],
  { trials, budget, isBaseProven, compare }: PricingOptions
): Promise<PricedChanges> {
  // Tried too briefly, none of many would be answered.
  const most = Math.floor(budget.remaining() / (LEAST_EACH + problem.replicas.length))
  const tried = proposals.slice(0, Math.max(1, Math.min(MOST_TRIED, most)))
  trials.expect(tried.length)
  const first = budget.share(FIRST_PASS)
  const found: { readonly search: StepSearch; readonly reached: Reached }[] = []
  const sorted = { refuted: [] as TriedChange[], undecided: [] as TriedChange[], untried: [] as TriedChange[] }
  for (const [order, proposal] of tried.entries()) {
    const told = describe(problem, proposal, proposal.guess)
    if (trials.isOver || first.isSpent()) {
      sorted.untried.push(told)
      continue
    }
    const search = new StepSearch(problem, proposal, trials, isBaseProven)
    // Those that are left have half as much again as an equal share, for many end early.
    const outcome = await search.rise(first.share(Math.min(1, 1.5 / (tried.length - order))))
    if (outcome.verdict === 'works') found.push({ search, reached: outcome })
    else if (outcome.verdict === 'impossible') sorted.refuted.push(describe(problem, proposal, proposal.most))
    else sorted.undecided.push(told)
  }
  for (const proposal of proposals.slice(tried.length)) sorted.untried.push(describe(problem, proposal, proposal.guess))
  const changes: PricedChange[] = []
  trials.expect(found.length)
  const inOrder = found.sort((left, right) =>
    compare(pricedOf(problem, left, trials), pricedOf(problem, right, trials))
  )
  for (const [order, { search, reached }] of inOrder.entries()) {
    const own = budget.share(1 / (inOrder.length - order))
    const least = await search.sink(reached, own.share(2 / 3))
    const { edits, words } = search.proposal.step(least.steps)
    const plan = own.isSpent() ? least.plan : await trials.improve(makeEdits(problem, edits), least.plan, own, words)
    changes.push(pricedOf(problem, { search, reached: { ...least, plan } }, trials))
  }
  return { changes: changes.sort(compare), ...sorted }
}

function describe(problem: Problem, { kind, step }: Proposal, steps: number): TriedChange {
  const { edits, words, amount } = step(steps)
  return { kind, words, edits: describeEdits(problem, edits), ...(amount === undefined ? {} : { amount }) }
}

function pricedOf(
  problem: Problem,
  { search, reached }: { readonly search: StepSearch; readonly reached: Reached },
  { aim }: Trials
): PricedChange {
  const { proposal } = search
  const change = describe(problem, proposal, reached.steps)
  return {
    ...change,
    ...priceOf(reached.plan, aim.start),
    ...(change.amount !== undefined && { isSmallest: reached.isSmallest && proposal.isRough !== true })
  }
}

import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Budget } from '../../budget.js'
import { makeEdits } from './edits.js'
import type { Proposal } from './proposal.js'
import { type Trials, withoutBound } from './trials.js'

/** A step of a proposal that is known to do, and what is known of smaller ones. */
export interface Reached {
  readonly steps: number
  readonly plan: Result
  /** Proven: with fewer steps, nothing is what was asked for. */
  readonly isSmallest: boolean
}

/** What came of a proposal. `impossible`: proven that none of its steps does. */
export type Outcome = ({ readonly verdict: 'works' } & Reached) | { readonly verdict: 'impossible' | 'unknown' }

/** How often a step that does not do is doubled. */
const MOST_DOUBLINGS = 3

/** Steps up to which each is solved, where none says anything of those below it. */
const MOST_SINGLE = 12

/**
 * A search for the smallest step of a proposal that does: up from the guess, then down from what does. Where a step does not allow all that
 * those below it allow, each is solved for itself, from the smallest on.
 */
export class StepSearch {
  /** Steps that were tried in vain, and those of which it is proven that they do not do; 0 is no change. */
  readonly #failed = new Set<number>([0])
  readonly #proven = new Set<number>()

  constructor(
    readonly problem: Problem,
    readonly proposal: Proposal,
    readonly trials: Trials,
    /** Whether it is proven that without a change nothing is what is asked for. */
    isBaseProven: boolean
  ) {
    if (isBaseProven) this.#proven.add(0)
  }

  /** Finds some step that does. */
  async rise(budget: Budget): Promise<Outcome> {
    const { most, mayGoFurther = false } = this.proposal
    const toTry = this.#stepsToTry()
    for (const [order, steps] of toTry.entries()) {
      const isLast = order === toTry.length - 1
      const trial = await this.#try(
        steps,
        isLast ? budget : budget.share(this.#isRelaxation ? 1 / 2 : 1.5 / (toTry.length - order))
      )
      if (trial.verdict === 'works' && trial.plan !== null) return this.#reached(steps, trial.plan)
      if (!isLast && (this.trials.isOver || budget.isSpent())) return { verdict: 'unknown' }
    }
    return { verdict: !mayGoFurther && this.#isProvenBelow(most + 1) ? 'impossible' : 'unknown' }
  }

  /** A smaller step that does, if there is one, or the proof that there is none. */
  async sink(from: Reached, budget: Budget): Promise<Reached> {
    let best = from
    for (let isFirst = true; !best.isSmallest && !budget.isSpent() && !this.trials.isOver; isFirst = false) {
      const steps = this.#nextBelow(best.steps, isFirst)
      if (steps === undefined) break
      const { verdict, plan } = await this.#try(steps, budget.share(1 / 2))
      if (verdict === 'works' && plan !== null) best = this.#reached(steps, plan)
      else best = { ...best, isSmallest: this.#isProvenBelow(best.steps) }
    }
    return best
  }

  get #isRelaxation(): boolean {
    return this.proposal.isRelaxation === true
  }

  /** Steps on the way up. The last is the largest there is: where each allows more than those below, and that is of no use, no other is. */
  #stepsToTry(): number[] {
    const { most, guess } = this.proposal
    if (!this.#isRelaxation && most <= MOST_SINGLE) return Array.from({ length: most }, (_, index) => index + 1)
    const steps = [Math.min(most, guess)]
    for (let last = guess; last < most && steps.length <= MOST_DOUBLINGS; steps.push(last))
      last = steps.length === MOST_DOUBLINGS ? most : Math.min(most, Math.max(last + 1, last * 4))
    return steps
  }

  /** The step to try below one that does: at first the next one, then halfway to those that do not; undefined where none is left. */
  #nextBelow(steps: number, isFirst: boolean): number | undefined {
    if (!this.#isRelaxation)
      return Array.from({ length: Math.min(MOST_SINGLE, steps - 1) }, (_, index) => index + 1).find(
        (step) => !this.#failed.has(step)
      )
    const failed = Math.max(...[...this.#failed].filter((step) => step < steps))
    if (steps - 1 <= failed) return undefined
    return isFirst ? steps - 1 : Math.max(failed + 1, Math.floor((failed + steps) / 2))
  }

  /** Whether it is proven of every step below one that it does not do. */
  #isProvenBelow(steps: number): boolean {
    if (this.#isRelaxation && this.#proven.has(steps - 1)) return true
    for (let step = steps - 1; step >= 0; step--) {
      if (!this.#proven.has(step)) return false
    }
    return true
  }

  async #try(steps: number, budget: Budget) {
    const { edits, words } = this.proposal.step(steps)
    const trial = await this.trials.solve(makeEdits(this.problem, edits), budget, words)
    if (trial.verdict !== 'works') this.#failed.add(steps)
    if (trial.verdict === 'impossible') this.#proven.add(steps)
    return trial
  }

  /** A plan may need less than it was given. */
  #reached(given: number, plan: Result): Extract<Outcome, { verdict: 'works' }> {
    const { needed, step } = this.proposal
    const least = this.#isRelaxation ? Math.max(0, ...this.#proven) + 1 : 1
    const wanted = Math.max(least, Math.min(given, needed?.(plan) ?? given))
    const isEnough = wanted < given && this.trials.isLegal(makeEdits(this.problem, step(wanted).edits), plan)
    const steps = isEnough ? wanted : given
    // A bound for what allows more holds for what allows less; any other holds for the step that it was found with alone.
    const isBound = steps === given || this.#isRelaxation
    return {
      verdict: 'works',
      steps,
      plan: isBound ? plan : withoutBound(plan),
      isSmallest: this.#isProvenBelow(steps)
    }
  }
}

import type { PlacementLike } from '../../../models/checker/placement-like.js'
import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { describeTarget } from '../../../models/instance/describe-target.js'
import type { Packing } from '../../../models/instance/packing.js'
import type { Budget } from '../../budget.js'
import { Incumbents } from '../../search/incumbents.js'
import { realisePacking } from '../../search/realisation.js'
import { startStopwatch } from '../../stopwatch.js'
import { decideFit, type FitOptions } from '../fit/decide-fit.js'
import type { Fit } from '../fit/fit.js'
import { withCounts } from '../question/scenario.js'
import type { Source } from './growth.js'
import type { GrowthLine } from './growth-line.js'

/**
 * What is known of a line: it fits up to one level, and from another one on it is proven not to. In between nothing is known.
 */
export class Bracket {
  /** The last level with a placement that the checker passes; −1: none is known. */
  fits = -1
  fitsBy: Source | null = null
  placement: PlacementLike | null = null
  /** The first level that is proven impossible; beyond the line's top: none is. */
  impossible: number
  impossibleBy: Source | null = null
  why: string | null = null
  /** Levels that were tried in vain. */
  readonly #undecided = new Set<number>()

  constructor(
    readonly line: GrowthLine,
    readonly room: Problem,
    /** Whether what does not fit at a level fits at none beyond: then one proof excludes them all. */
    readonly isMonotone: boolean
  ) {
    this.impossible = line.top + 1
  }

  get isClosed(): boolean {
    return this.impossible - this.fits <= 1
  }

  /** The Problem at a level. */
  at(level: number): Problem {
    return withCounts(this.room, this.line.countsAt(level))
  }

  /** Takes a proof that nothing fits from a level on. */
  exclude(level: number, by: Source, why: string): void {
    // A placement refutes a proof.
    if (level >= this.impossible || level <= this.fits) return
    this.impossible = Math.max(0, level)
    this.impossibleBy = by
    this.why = why
  }

  /** Takes a packing of the Problem at some level, if it passes the checker there. */
  offer(level: number, packing: Packing): boolean {
    if (level <= this.fits) return false
    const instance = compileInstance(this.at(level))
    const state = realisePacking(instance, packing)
    if (state === null) return false
    const checked = new Incumbents(instance, startStopwatch(Infinity))
    checked.offer(state, 'greedy')
    const { best } = checked
    if (best === null || best.worth.missing > 0 || best.worth.broken > 0) return false
    this.#take(level, 'greedy', describeTarget(instance, best.target))
    return true
  }

  /** Decides one level after another between what fits and what does not, until nothing is open or the budget is spent. */
  async narrow(budget: Budget, options: Omit<FitOptions, 'budget'>, part: number): Promise<void> {
    while (!this.isClosed && !budget.isSpent()) {
      const level = this.#next()
      if (level === null) return
      this.#learn(level, await decideFit(this.at(level), { ...options, budget: budget.share(part) }))
    }
  }

  /** The middle of the widest part of which nothing is known; null where all was tried. */
  #next(): number | null {
    const tried = [this.fits, ...[...this.#undecided].sort((a, b) => a - b), this.impossible]
    const open = tried.filter((level) => level >= this.fits && level <= this.impossible)
    let best: number | null = null
    let widest = 1
    for (let index = 1; index < open.length; index++) {
      const [from, to] = [open[index - 1] as number, open[index] as number]
      if (to - from > widest) [widest, best] = [to - from, Math.floor((from + to) / 2)]
    }
    return best
  }

  #learn(level: number, fit: Fit): void {
    if (fit.verdict === 'fits') this.#take(level, fit.by, fit.placement)
    else if (fit.verdict === 'impossible' && this.isMonotone) this.exclude(level, fit.by, fit.why)
    else this.#undecided.add(level)
  }

  #take(level: number, by: Source, placement: PlacementLike): void {
    if (level <= this.fits) return
    this.fits = level
    this.fitsBy = by
    this.placement = placement
    if (this.impossible <= level) this.impossible = this.line.top + 1
  }
}

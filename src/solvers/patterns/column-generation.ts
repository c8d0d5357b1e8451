import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { Effort } from './effort.js'
import { type KindLimits, lagrangianBound, type Prices, type Worths } from './lagrangian-bound.js'
import { Master, type MasterSolution } from './master.js'
import type { Pattern } from './pattern.js'
import type { PatternPool } from './pattern-pool.js'
import type { PatternPricing } from './pattern-pricing.js'
import type { Priced } from './pricing.js'
import { EFFORTS } from './slot-pricing.js'

/** Patterns of one pricing that go into the master where contents do not matter. */
const FEW_CLASSES = 4
/** Classes of nodes whose patterns go into the master in one round, at most. */
const MOST_IMPROVING = 400
/** How much of the best prices so far goes into the next (Wentges, 1997): steadier prices need fewer rounds. */
const SMOOTHING = 0.6

/** The relaxation within some limits. */
export interface Relaxation {
  /** Of the master with the patterns by then: an upper bound on the relaxation. */
  readonly value: number
  /** Lower bound on everything within the limits. */
  readonly bound: number
  /** The prices that prove it. */
  readonly center: Prices
  /** What contents are worth at most at these prices; null while nothing is proven. */
  readonly worths: Worths | null
  readonly solution: MasterSolution
}

export interface ConvergenceOptions {
  readonly limits: KindLimits
  /** Prices to begin with; null for none. */
  readonly center: Prices | null
  /** Whether bound and value are near enough, or the bound high enough. The value is Infinity while something is missing. */
  readonly isEnough: (bound: number, value: number) => boolean
  readonly onBound?: (bound: number, prices: Prices, worths: Worths) => void
  /** Whether quick looks will do, at the price of a weaker bound. Default false. */
  readonly isQuick?: boolean
}

/**
 * Column generation over node patterns. Each round solves the master, prices every kind of node and adds what improves. Any prices
 * give a Lagrangian bound; the best of them is kept.
 */
export class ColumnGeneration {
  readonly master: Master

  /**
   * @param pricing Of this problem, or of one of which it is what is left.
   * @param pool Gets all patterns that are found: also those that do not go into the master are of use to who combines patterns.
   */
  constructor(
    highs: Highs,
    readonly problem: PatternProblem,
    readonly pricing: PatternPricing,
    readonly pool: PatternPool
  ) {
    this.master = new Master(highs, problem)
  }

  get effort(): Effort {
    return this.pricing.effort
  }

  dispose(): void {
    this.master.dispose()
  }

  /** Rounds until no pattern improves, or it is enough. */
  converge({ limits, center, isEnough, onBound = () => {}, isQuick = false }: ConvergenceOptions): Relaxation {
    this.master.limit(limits)
    let level = 0
    // At first at the prices that are given, for what they prove.
    let smoothing = center === null ? 0 : 1
    let bound = -Infinity
    let best = center
    let proof: Worths | null = null
    for (;;) {
      const solution = this.#solveMaster()
      const value = solution.objective + this.problem.fixedCost
      const prices = best === null ? solution.prices : mix(best, solution.prices, smoothing)
      const { priced, worths, isCutShort } = this.pricing.price(this.problem, prices, solution, level)
      const proven = worths === null ? -Infinity : lagrangianBound(this.problem, prices, worths, limits)
      if (worths !== null && proven > bound) {
        bound = proven
        best = prices
        proof = worths
        onBound(bound, prices, worths)
      }
      const added = this.master.add(this.#choose(priced))
      const relaxation = { value, bound, center: best ?? prices, worths: proof, solution }
      if (this.effort.isSpent || isEnough(bound, solution.missing < 1e-6 ? value : Infinity)) return relaxation
      if (added > 0) {
        smoothing = SMOOTHING
        level = 0
      } else if (smoothing > 0) smoothing = 0
      else if (isCutShort && !isQuick && level + 1 < EFFORTS.length) level++
      else return relaxation
    }
  }

  #solveMaster(): MasterSolution {
    const before = this.master.iterations
    const solution = this.effort.time('master', () => this.master.solve())
    this.effort.work(this.master.iterations - before, 'iterations')
    return solution
  }

  /** The patterns that go into the master: of many classes of nodes those that improve most, lest it grows too fast. */
  #choose(priced: readonly Priced[]): Pattern[] {
    for (const { patterns } of priced) this.pool.add(patterns)
    // Where there are few classes, more columns a round are fewer rounds.
    const ofEach = this.problem.groupKind.length === 0 ? FEW_CLASSES : 1
    const improving = priced.filter(({ patterns }) => patterns.length > 0)
    if (improving.length > MOST_IMPROVING)
      improving.sort((left, right) => right.gain - left.gain).length = MOST_IMPROVING
    return improving.flatMap(({ patterns }) => patterns.slice(-ofEach))
  }
}

function mix(left: Prices, right: Prices, share: number): Prices {
  const blend = (one: Float64Array, other: Float64Array) =>
    one.map((price, index) => share * price + (1 - share) * (other[index] as number))
  return { copy: blend(left.copy, right.copy), link: blend(left.link, right.link) }
}

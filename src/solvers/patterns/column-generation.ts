import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { TableMemory } from './completion-table.js'
import type { Effort } from './effort.js'
import {
  copyWorths,
  type KindLimits,
  lagrangianBound,
  nodeCost,
  type Prices,
  stayWorths,
  type Worths
} from './lagrangian-bound.js'
import { Master, type MasterSolution } from './master.js'
import type { Pattern } from './pattern.js'
import { KindPricing, type Priced, type PricingEffort } from './pricing.js'

/** A quick look first; where quick ones are cut short and nothing improves, ever more thorough ones. */
const EFFORTS: readonly PricingEffort[] = [
  { steps: 300, cells: 4_096 },
  { steps: 20_000, cells: 32_768 },
  { steps: 400_000, cells: 131_072 }
]
/** Patterns of one pricing that go into the master where contents do not matter. */
const FEW_CLASSES = 4
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
  /** Patterns that were found beside the best ones: not in the master, but of use to who combines patterns. */
  readonly others: Pattern[] = []
  readonly #pricings: readonly KindPricing[]
  readonly #groupsOf: readonly (readonly number[])[]

  constructor(
    highs: Highs,
    readonly problem: PatternProblem,
    readonly effort: Effort,
    readonly memory: TableMemory
  ) {
    this.master = new Master(highs, problem)
    const stopped = () => effort.isSpent
    this.#pricings = Array.from({ length: problem.kinds }, (_, kind) => new KindPricing(highs, problem, kind, stopped))
    this.#groupsOf = Array.from({ length: problem.kinds }, (_, kind) =>
      [...problem.groupKind.keys()].filter(
        (group) => problem.groupKind[group] === kind && (problem.groupNodes[group] as number) > 0
      )
    )
  }

  dispose(): void {
    this.master.dispose()
    for (const pricing of this.#pricings) pricing.dispose()
  }

  /** Rounds until no pattern improves, or it is enough. */
  converge({ limits, center, isEnough, onBound = () => {}, isQuick = false }: ConvergenceOptions): Relaxation {
    this.master.limit(limits)
    let level = 0
    let smoothing = center === null ? 0 : SMOOTHING
    let bound = -Infinity
    let best = center
    let proof: Worths | null = null
    for (;;) {
      const solution = this.#solveMaster()
      const value = solution.objective + this.problem.fixedCost
      const prices = best === null ? solution.prices : mix(best, solution.prices, smoothing)
      const { patterns, worths, isCutShort } = this.#priceAll(prices, solution, level)
      const proven = worths === null ? -Infinity : lagrangianBound(this.problem, prices, worths, limits)
      if (worths !== null && proven > bound) {
        bound = proven
        best = prices
        proof = worths
        onBound(bound, prices, worths)
      }
      const added = this.master.add(patterns)
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

  /**
   * Prices every kind of node at some prices; those that come out cut short and without anything better once more, with more
   * effort, up to a level. No worths where time was up before all were priced.
   */
  #priceAll(prices: Prices, solution: MasterSolution, level: number): PricedAll {
    return this.effort.time('pricing', () => {
      const { problem } = this
      const stay = stayWorths(problem, prices)
      const patterns: Pattern[] = []
      const worths: Worths = {
        plain: new Float64Array(problem.kinds),
        group: new Float64Array(problem.groupKind.length)
      }
      let isCutShort = false
      for (const [kind, pricing] of this.#pricings.entries()) {
        const profits = { copy: copyWorths(problem, prices, kind), stay }
        // Where the master would gain: its own rents, at the prices that are tried.
        const threshold = nodeCost(problem, prices, kind) + (solution.kindRent[kind] as number)
        let open = [-1, ...(this.#groupsOf[kind] as readonly number[])]
        for (const effort of EFFORTS.slice(0, level + 1)) {
          if (this.effort.isSpent) return { patterns, worths: null, isCutShort: true }
          const before = pricing.steps
          pricing.prepare(profits, this.memory, effort)
          open = open.filter((group) => {
            const rent = group < 0 ? 0 : (solution.groupRent[group] as number)
            const priced = pricing.price(group, threshold + rent, effort)
            this.#take(priced, patterns)
            if (group < 0) worths.plain[kind] = priced.bound
            else worths.group[group] = priced.bound
            return priced.isCutShort && priced.patterns.length === 0
          })
          this.effort.work(pricing.steps - before, 'steps')
          this.effort.work(effort.cells, 'cells')
          if (open.length === 0) break
        }
        isCutShort ||= open.length > 0
      }
      return { patterns, worths, isCutShort }
    })
  }

  #take({ patterns }: Priced, into: Pattern[]): void {
    // Where there are few classes of nodes, more columns a round are fewer rounds.
    const taken = this.problem.groupKind.length === 0 ? -FEW_CLASSES : -1
    into.push(...patterns.slice(taken))
    this.others.push(...patterns.slice(0, taken))
  }
}

interface PricedAll {
  readonly patterns: Pattern[]
  readonly worths: Worths | null
  /** Whether something better may exist although none was found. */
  readonly isCutShort: boolean
}

function mix(left: Prices, right: Prices, share: number): Prices {
  const blend = (one: Float64Array, other: Float64Array) =>
    one.map((price, index) => share * price + (1 - share) * (other[index] as number))
  return { copy: blend(left.copy, right.copy), link: blend(left.link, right.link) }
}

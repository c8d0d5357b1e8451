import type { Highs } from 'highs'
import type { Effort } from '../patterns/effort.js'
import type { Prices } from '../patterns/lagrangian-bound.js'
import type { Pattern } from '../patterns/pattern.js'
import { NodePricing } from './node-pricing.js'
import type { PeriodBatch } from './period-batch.js'
import { type PeriodColumn, PeriodModel, type PeriodSolution } from './period-model.js'

/** What the periods of a batch come to as linear programs, and the prices that prove it. */
export interface PricedPeriods {
  /** Periods that were priced; the last ones are missing where time was up. */
  readonly periods: number
  /** [period]: optimum beyond the base, as far as patterns were found. */
  readonly value: Float64Array
  /**
   * [period] and [period × kinds + kind]: whatever the base is, the period costs at least constant − Σ slope · base beyond it. Not a
   * bound on what misses copies.
   */
  readonly constant: Float64Array
  readonly slope: Float64Array
  /** [period × kinds + kind]: nodes beyond the base in the optimum. */
  readonly beyond: Float64Array
  /** [period]: copies and units of linking rows that are missing. */
  readonly missing: Float64Array
  /** [period × deployments + deployment]: what one copy more costs. */
  readonly copyPrice: Float64Array
  /** All patterns that are known by now, and those of some optimum. */
  readonly patterns: readonly Pattern[]
  readonly used: readonly Pattern[]
}

/** Rounds of column generation for one period: far more than it takes. */
const MOST_ROUNDS = 200
/** Less than this is missing by rounding alone. */
const MISSING = 1e-6
/** Prices are rounded to such a part of the dearest node: then the same basis gives the same prices. */
const GRAIN = 1e-9

/** Solves the linear programs of all periods by column generation. */
export function pricePeriods(highs: Highs, batch: PeriodBatch, effort: Effort): PricedPeriods {
  const pricing = new NodePricing(highs, batch.problem, effort)
  const master = new PeriodModel(highs, batch)
  try {
    return new PeriodPricing(batch, master, pricing, effort).run()
  } finally {
    master.dispose()
    pricing.dispose()
  }
}

class PeriodPricing {
  readonly #grain: number

  constructor(
    readonly batch: PeriodBatch,
    readonly master: PeriodModel,
    readonly pricing: NodePricing,
    readonly effort: Effort
  ) {
    this.#grain = GRAIN * batch.price.reduce((dearest, price) => Math.max(dearest, price), 1e-6)
  }

  run(): PricedPeriods {
    const { batch, master } = this
    const { periods, problem } = batch
    const { kinds, deployments } = problem
    const value = new Float64Array(periods)
    const constant = new Float64Array(periods)
    const slope = new Float64Array(periods * kinds)
    const beyond = new Float64Array(periods * kinds)
    const missing = new Float64Array(periods)
    const copyPrice = new Float64Array(periods * deployments)
    const used = new Set<Pattern>()
    let period = 0
    for (; period < periods && !this.effort.isSpent; period++) {
      const solved = this.#converge(period)
      if (solved === null) break
      const { solution, prices, worth } = solved
      value[period] = solution.value
      missing[period] = solution.missing
      copyPrice.set(prices.copy, period * deployments)
      constant[period] = this.#bound(period, prices, worth, slope.subarray(period * kinds, (period + 1) * kinds))
      for (const [index, nodes] of solution.nodes.entries()) {
        if (nodes === 0) continue
        const column = master.columns[index] as PeriodColumn
        const pattern = master.patterns[column.pattern] as Pattern
        used.add(pattern)
        if (column.ofBase) continue
        const at = period * kinds + pattern.kind
        beyond[at] = (beyond[at] as number) + nodes
      }
    }
    const { patterns } = master
    return { periods: period, value, constant, slope, beyond, missing, copyPrice, patterns, used: [...used] }
  }

  #converge(period: number): { solution: PeriodSolution; prices: Prices; worth: Float64Array } | null {
    const { master, pricing } = this
    master.goTo(period)
    let isDear = false
    for (let round = 0; ; round++) {
      const solution = master.solve()
      const prices = { copy: this.#round(solution.copyPrice), link: this.#round(solution.linkPrice) }
      const priced = pricing.price(prices)
      if (priced === null) return null
      if (round < MOST_ROUNDS && master.add(priced.patterns) > 0) continue
      if (solution.missing <= MISSING || isDear) return { solution, prices, worth: priced.worth }
      master.deterMissing()
      isDear = true
    }
  }

  /** Any prices will do for a bound, rounded ones too. */
  #round(prices: Float64Array): Float64Array {
    return prices.map((price) => Math.round(price / this.#grain) * this.#grain)
  }

  /**
   * The Lagrangian bound of a period for whatever base: prices · what is wanted, less what nodes beyond the base are worth more than
   * they cost, less what each node of the base is worth.
   */
  #bound(period: number, prices: Prices, worth: Float64Array, slope: Float64Array): number {
    const { wanted, least, price, problem } = this.batch
    const { deployments, kinds, linkLeast, linkNode, available } = problem
    let constant = 0
    for (const [deployment, one] of prices.copy.entries())
      constant += one * (wanted[period * deployments + deployment] as number)
    for (const [row, one] of prices.link.entries()) constant += one * (least[period * linkLeast.length + row] as number)
    for (let kind = 0; kind < kinds; kind++) {
      let value = worth[kind] as number
      for (const [row, one] of prices.link.entries()) value += one * (linkNode[row * kinds + kind] as number)
      slope[kind] = value
      constant += Math.min(0, (price[period * kinds + kind] as number) - value) * (available[kind] as number)
    }
    return constant
  }
}

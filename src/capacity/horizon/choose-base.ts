import type { OrderedPeriods } from '../../solvers/fleet/order-periods.js'
import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'
import type { PricedPeriods } from '../../solvers/fleet/price-periods.js'
import type { Pattern } from '../../solvers/patterns/pattern.js'
import type { Fleet } from '../fleet/fleet.js'
import { baseLimits, type Cut, formulateBase } from './base-program.js'
import { groupPeriods, meansOf, type PeriodGroups } from './group-periods.js'
import { withOrders } from './order-prices.js'
import { orderHorizon, priceHorizon, type TaskOptions } from './period-tasks.js'

export interface BaseOptions extends TaskOptions {
  readonly hours: number
  /** [kind]: money for each node that is ordered. */
  readonly orderPrice: Float64Array
  /** Whether it is time to end with what there is. */
  readonly isLate: () => boolean
  /** Near enough, as a share of the cost. */
  readonly relativeGap: number
  readonly onBound: (bound: number, cost: number) => void
}

/** The base of a horizon. */
export interface ChosenBase {
  /** [kind]: nodes that are paid for in every hour. */
  readonly nodes: Float64Array
  /** What these cost in one period. */
  readonly costPerPeriod: number
  /** No plan for the horizon costs less; nor, without any commitment, than `withoutBase`. */
  readonly bound: number
  readonly withoutBase: number
  /** With this base, what the periods come to as linear programs. */
  readonly priced: PricedPeriods
  readonly patterns: readonly Pattern[]
}

/** Groups of periods at most. */
const GROUPS = 160
const COARSE_ROUNDS = 60
/** So many even where time is up: they take little of it, and before them there is no base to speak of. */
const LEAST_COARSE_ROUNDS = 10
const FINE_ROUNDS = 12
const WHOLE_ROUNDS = 3
/** How often prices of orders are asked for, each time with a better base. */
const ORDER_ROUNDS = 2

/**
 * Chooses how many nodes of each kind are paid for in every hour, by Benders decomposition: for a base, every period is a linear
 * program of its own, and its prices say what one node more of the base would save. First over means of groups of periods, whose cuts
 * hold for the periods themselves, then over all of them, and at last with orders in the prices of nodes.
 */
export async function chooseBase(fleet: Fleet, batch: PeriodBatch, options: BaseOptions): Promise<ChosenBase> {
  const search = new BaseSearch(fleet, batch, options)
  return await search.run()
}

/** The same with another base, for which nothing new is proven. */
export async function changeBase(
  fleet: Fleet,
  batch: PeriodBatch,
  chosen: ChosenBase,
  nodes: Float64Array,
  options: BaseOptions
): Promise<ChosenBase> {
  const priced = await priceHorizon({ ...batch, base: nodes, patterns: chosen.patterns }, options)
  const costPerPeriod = costOfBase(fleet, nodes, options.hours) / batch.periods
  return { ...chosen, nodes, costPerPeriod, priced, patterns: priced.patterns }
}

/** What a base costs over the horizon. */
function costOfBase({ kinds }: Fleet, base: Float64Array, hours: number): number {
  return kinds.reduce((sum, kind, index) => sum + (base[index] as number) * (kind.base?.costPerHour ?? 0) * hours, 0)
}

/** The periods with their orders; null where these cost nothing, where not even single periods can be served, or where time is up. */
async function orderAt(
  batch: PeriodBatch,
  { missing }: Pick<PricedPeriods, 'missing'>,
  options: BaseOptions
): Promise<OrderedPeriods | null> {
  const isFree = options.orderPrice.every((price) => price === 0)
  if (isFree || batch.periods < 2 || options.isLate() || missing.some((copies) => copies > MISSING)) return null
  return await orderHorizon(batch, options.orderPrice, options)
}

/** Less than this is missing by rounding alone. */
const MISSING = 1e-6

class BaseSearch {
  #patterns: readonly Pattern[] = []
  readonly #cuts: Cut[] = []
  #groups: PeriodGroups = []
  #bound = 0

  constructor(
    readonly fleet: Fleet,
    readonly batch: PeriodBatch,
    readonly options: BaseOptions
  ) {}

  async run(): Promise<ChosenBase> {
    const { fleet, batch, options } = this
    const { relativeGap, orderPrice } = options
    const first = await this.#price(sampleOf(batch), batch.base)
    this.#groups = groupPeriods(batch, meanPrices(first, batch.problem.deployments), GROUPS)
    const means = { batch: meansOf(batch, this.#groups), areMeans: true }
    let best = await this.#descend(means, batch.base, {
      rounds: COARSE_ROUNDS,
      leastRounds: LEAST_COARSE_ROUNDS,
      gap: relativeGap / 4
    })
    const withoutBase = await this.#boundWithout()
    let periods: Periods = { batch }
    if (!options.isLate()) best = await this.#descend(periods, best.base, { rounds: FINE_ROUNDS, gap: relativeGap })
    for (let round = 0; round < ORDER_ROUNDS; round++) {
      const ordered = await orderAt({ ...batch, base: best.base, patterns: best.priced.used }, best.priced, options)
      if (ordered === null) break
      periods = { batch: withOrders(batch, ordered.worth, orderPrice) }
      // Cuts hold at the prices at which they were made.
      this.#cuts.length = 0
      best = await this.#descend(periods, best.base, { rounds: FINE_ROUNDS, gap: relativeGap / 2 })
    }
    best = await this.#descend(periods, best.base, { rounds: WHOLE_ROUNDS, gap: relativeGap / 2, isWhole: true })
    const priced = await this.#price(batch, best.base)
    const costPerPeriod = costOfBase(fleet, best.base, options.hours) / batch.periods
    const patterns = this.#patterns
    return { nodes: best.base, costPerPeriod, bound: this.#bound, withoutBase, priced, patterns }
  }

  /** Rounds of Benders' method on some periods, from a base on, until the best base is proven to be near enough. */
  async #descend(
    periods: Periods,
    from: Float64Array,
    { rounds, leastRounds = 1, gap, isWhole = false }: Descent
  ): Promise<Tried> {
    const { options } = this
    let trial = isWhole ? from.map(Math.round) : from
    let best: Tried | null = null
    for (let round = 0; round < rounds && (round < leastRounds || !options.isLate()); round++) {
      const tried = await this.#try(periods, trial)
      if (best === null || tried.cost < best.cost) best = tried
      const { base, bound } = await this.#solveMaster({ isWhole })
      this.#bound = Math.max(this.#bound, bound)
      options.onBound(this.#bound, best.cost)
      if (best.cost - bound <= gap * best.cost) break
      // Half-way to the best so far: steadier than the master's own wishes, which swing from end to end.
      const held = best.base
      trial = isWhole ? base : base.map((nodes, kind) => (nodes + (held[kind] as number)) / 2)
    }
    return best as Tried
  }

  /** What no plan without commitments costs less than: what is there may be kept. */
  async #boundWithout(): Promise<number> {
    const { batch, fleet } = this
    const mayKeep = fleet.kinds.some(({ base, offered }) => base !== null && offered === 0 && base.most > base.least)
    let bound = 0
    let base = batch.base
    for (let round = 0; round < (mayKeep ? FINE_ROUNDS : 1); round++) {
      // The cuts that there are say something, too.
      if (!this.options.isLate()) await this.#try({ batch }, base)
      const solved = await this.#solveMaster({ isUncommitted: true })
      const gain = solved.bound - bound
      bound = Math.max(bound, solved.bound)
      if (gain <= (this.options.relativeGap / 2) * bound || this.options.isLate()) break
      base = solved.base
    }
    return bound
  }

  async #try(periods: Periods, base: Float64Array): Promise<Tried> {
    const { batch } = periods
    const priced = await this.#price(batch, base)
    this.#cut(periods, priced)
    let cost = costOfBase(this.fleet, base, this.options.hours)
    for (let period = 0; period < batch.periods; period++) {
      cost += (priced.value[period] as number) * (batch.weight[period] as number)
    }
    return { base, cost, priced }
  }

  async #price(batch: PeriodBatch, base: Float64Array): Promise<PricedPeriods> {
    const priced = await priceHorizon({ ...batch, base, patterns: this.#patterns }, this.options)
    this.#patterns = priced.patterns
    return priced
  }

  /** What a pricing proves: one cut for each group. */
  #cut({ batch, areMeans = false }: Periods, priced: PricedPeriods): void {
    const kinds = this.fleet.kinds.length
    for (const [group, members] of this.#groups.entries()) {
      const slope = new Float64Array(kinds)
      let constant = 0
      for (const period of areMeans ? [group] : members) {
        const weight = batch.weight[period] as number
        constant += weight * (priced.constant[period] as number)
        for (let kind = 0; kind < kinds; kind++) {
          slope[kind] = (slope[kind] as number) + weight * (priced.slope[period * kinds + kind] as number)
        }
      }
      this.#cuts.push({ group, constant, slope })
    }
  }

  async #solveMaster({ isWhole = false, isUncommitted = false }): Promise<{ base: Float64Array; bound: number }> {
    const { fleet, options } = this
    const program = formulateBase(fleet.kinds, {
      hours: options.hours,
      groups: this.#groups.length,
      cuts: this.#cuts,
      limits: baseLimits(fleet.problem),
      isWhole,
      isUncommitted
    })
    const outcome = await options.pool.run(
      { solver: 'highs', program, options: { timeLimitMs: 5000, relativeGap: 1e-5 } },
      { signal: options.signal }
    )
    options.signal.throwIfAborted()
    const base = outcome.solution?.slice(0, fleet.kinds.length) ?? this.batch.base
    // Of a program without a solution nothing is known that is money.
    const bound = Number.isFinite(outcome.bound) ? outcome.bound : 0
    return { base: isWhole ? base.map(Math.round) : base, bound }
  }
}

/** Periods, or one for each group that stands for the mean of its members. */
interface Periods {
  readonly batch: PeriodBatch
  readonly areMeans?: boolean
}

interface Descent {
  readonly rounds: number
  /** So many even where time is up; 1 by default. */
  readonly leastRounds?: number
  /** Near enough. */
  readonly gap: number
  /** Whether only whole nodes are tried. */
  readonly isWhole?: boolean
}

interface Tried {
  readonly base: Float64Array
  readonly cost: number
  readonly priced: PricedPeriods
}

/** A few periods from beginning to end, to see what copies cost. */
function sampleOf(batch: PeriodBatch): PeriodBatch {
  const step = Math.max(1, Math.floor(batch.periods / 16))
  const groups = Array.from({ length: Math.ceil(batch.periods / step) }, (_, index) => [index * step])
  return meansOf(batch, groups)
}

/** What a copy of each deployment costs, on average. */
function meanPrices({ copyPrice, periods }: PricedPeriods, deployments: number): Float64Array {
  return Float64Array.from({ length: deployments }, (_, deployment) => {
    let sum = 0
    for (let period = 0; period < periods; period++) sum += copyPrice[period * deployments + deployment] as number
    return sum / Math.max(1, periods)
  })
}

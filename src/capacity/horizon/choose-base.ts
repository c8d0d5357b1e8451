import { cutBatch, type PeriodBatch } from '../../solvers/fleet/period-batch.js'
import type { PricedPeriods } from '../../solvers/fleet/price-periods.js'
import { keyOf, type Pattern } from '../../solvers/patterns/pattern.js'
import type { SolverPool } from '../../workers/pool.js'
import type { Fleet } from '../fleet/fleet.js'
import { inLanes } from '../in-lanes.js'
import { type Cut, formulateBase } from './base-program.js'
import { groupPeriods, meansOf, type PeriodGroups } from './group-periods.js'
import { OrderPrices } from './order-prices.js'

export interface BaseOptions {
  readonly pool: SolverPool
  /** Tasks at a time. */
  readonly threads: number
  readonly hours: number
  /** [kind]: money for each node that is ordered. */
  readonly orderPrice: Float64Array
  readonly signal: AbortSignal
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

/** Periods of one task: always the same, so that the number of threads changes nothing. */
const PERIODS_OF_TASK = 252
/** Groups of periods at most. */
const GROUPS = 160
const COARSE_ROUNDS = 60
const FINE_ROUNDS = 12
const WHOLE_ROUNDS = 3
/** Steps towards better prices of orders: more of them gain little. */
const ORDER_STEPS = 5

/**
 * Chooses how many nodes of each kind are paid for in every hour, by Benders decomposition: for a base, every period is a linear
 * program of its own, and its prices say what one node more of the base would save. First over means of groups of periods, whose cuts
 * hold for the periods themselves, then over all of them.
 */
export async function chooseBase(fleet: Fleet, batch: PeriodBatch, options: BaseOptions): Promise<ChosenBase> {
  const search = new BaseSearch(fleet, batch, options)
  return await search.run()
}

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
    const { batch, options } = this
    const first = await this.#price(sampleOf(batch), batch.base)
    const copyCost = meanPrices(first, batch.problem.deployments)
    this.#groups = groupPeriods(batch, copyCost, GROUPS)
    const { relativeGap, orderPrice } = options
    const means = { batch: meansOf(batch, this.#groups), areMeans: true }
    const coarse = await this.#descend(means, batch.base, { rounds: COARSE_ROUNDS, gap: relativeGap / 4 })
    const fine = await this.#descend({ batch }, coarse.base, { rounds: FINE_ROUNDS, gap: relativeGap / 2 })
    const orders = new OrderPrices(batch, orderPrice)
    const withoutBase = this.#costOf(batch.base) + boundOf(await this.#price(batch, batch.base), batch.base)
    let { base, priced: last } = fine
    for (let step = 0; step < ORDER_STEPS && orderPrice.some((price) => price > 0) && !options.isLate(); step++) {
      orders.step(last.beyond)
      last = await this.#price(orders.priced, base)
    }
    // Cuts hold at the prices at which they were made.
    if (orders.isUsed) this.#cuts.length = 0
    const periods = orders.isUsed ? { batch: orders.priced } : { batch }
    base = (await this.#descend(periods, base, { rounds: FINE_ROUNDS, gap: relativeGap / 4 })).base
    base = (await this.#descend(periods, base, { rounds: WHOLE_ROUNDS, gap: relativeGap / 4, isWhole: true })).base
    const priced = await this.#price(batch, base)
    const costPerPeriod = this.#costOf(base) / batch.periods
    return { nodes: base, costPerPeriod, bound: this.#bound, withoutBase, priced, patterns: this.#patterns }
  }

  /** Rounds of Benders' method on some periods, from a base on, until the best base is proven to be near enough. */
  async #descend(periods: Periods, from: Float64Array, { rounds, gap, isWhole = false }: Descent): Promise<Tried> {
    const { options } = this
    let trial = isWhole ? from.map(Math.round) : from
    let best: Tried | null = null
    for (let round = 0; round < rounds && (best === null || !options.isLate()); round++) {
      const tried = await this.#try(periods, trial)
      if (best === null || tried.cost < best.cost) best = tried
      const { base, bound } = await this.#solveMaster(isWhole)
      this.#bound = Math.max(this.#bound, bound)
      options.onBound(this.#bound, best.cost)
      if (best.cost - bound <= gap * best.cost) break
      // Half-way to the best so far: steadier than the master's own wishes, which swing from end to end.
      const held = best.base
      trial = isWhole ? base : base.map((nodes, kind) => (nodes + (held[kind] as number)) / 2)
    }
    return best as Tried
  }

  async #try(periods: Periods, base: Float64Array): Promise<Tried> {
    const { batch } = periods
    const priced = await this.#price(batch, base)
    this.#cut(periods, priced)
    let cost = this.#costOf(base)
    for (let period = 0; period < batch.periods; period++) {
      cost += (priced.value[period] as number) * (batch.weight[period] as number)
    }
    return { base, cost, priced }
  }

  /** What a base costs over the horizon. */
  #costOf(base: Float64Array): number {
    const { hours } = this.options
    return this.fleet.kinds.reduce(
      (sum, kind, index) => sum + (base[index] as number) * (kind.base?.costPerHour ?? 0) * hours,
      0
    )
  }

  async #price(batch: PeriodBatch, base: Float64Array): Promise<PricedPeriods> {
    const { pool, signal } = this.options
    const whole = { ...batch, base, patterns: this.#patterns }
    const parts = Array.from({ length: Math.ceil(batch.periods / PERIODS_OF_TASK) }, (_, part) =>
      cutBatch(whole, part * PERIODS_OF_TASK, Math.min(batch.periods, (part + 1) * PERIODS_OF_TASK))
    )
    const priced = await inLanes(parts, this.options.threads, async (part) => {
      const output = await pool.call('price-periods', part, { signal })
      signal.throwIfAborted()
      return output as PricedPeriods
    })
    const joined = joinPriced(priced)
    this.#patterns = joined.patterns
    return joined
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

  async #solveMaster(integer: boolean): Promise<{ base: Float64Array; bound: number }> {
    const { fleet, options } = this
    const program = formulateBase(fleet.kinds, options.hours, this.#groups.length, this.#cuts, integer)
    const outcome = await options.pool.run(
      { solver: 'highs', program, options: { timeLimitMs: 5000, relativeGap: 1e-5 } },
      { signal: options.signal }
    )
    options.signal.throwIfAborted()
    const base = outcome.solution?.slice(0, fleet.kinds.length) ?? this.batch.base
    return { base: integer ? base.map(Math.round) : base, bound: outcome.bound }
  }
}

/** Periods, or one for each group that stands for the mean of its members. */
interface Periods {
  readonly batch: PeriodBatch
  readonly areMeans?: boolean
}

interface Descent {
  readonly rounds: number
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

/** What the periods cost at least beyond a base. */
function boundOf({ constant, slope, periods }: PricedPeriods, base: Float64Array): number {
  let bound = 0
  for (let period = 0; period < periods; period++) {
    bound += constant[period] as number
    for (const [kind, nodes] of base.entries()) bound -= (slope[period * base.length + kind] as number) * nodes
  }
  return bound
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

function joinPriced(parts: readonly PricedPeriods[]): PricedPeriods {
  const join = (of: (part: PricedPeriods) => Float64Array) => {
    const joined = new Float64Array(parts.reduce((sum, part) => sum + of(part).length, 0))
    let at = 0
    for (const part of parts) {
      joined.set(of(part), at)
      at += of(part).length
    }
    return joined
  }
  return {
    periods: parts.reduce((sum, { periods }) => sum + periods, 0),
    value: join(({ value }) => value),
    constant: join(({ constant }) => constant),
    slope: join(({ slope }) => slope),
    beyond: join(({ beyond }) => beyond),
    missing: join(({ missing }) => missing),
    copyPrice: join(({ copyPrice }) => copyPrice),
    patterns: [...new Map(parts.flatMap(({ patterns }) => patterns.map((one) => [keyOf(one), one]))).values()]
  }
}

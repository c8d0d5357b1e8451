import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'
import type { FleetKind } from '../fleet/fleet.js'

/** Money for each node that is ordered, by kind: it is paid for while it is provisioned. */
export function orderPricesOf(kinds: readonly FleetKind[]): Float64Array {
  return Float64Array.from(kinds, ({ costPerHour, provisionSeconds }) => (costPerHour * provisionSeconds) / 3600)
}

/**
 * What orders are worth from period to period (Lagrangian relaxation): Σ order price · (x_p − x_{p−1})⁺ ≥ Σ μ_p · (x_p − x_{p−1}) for
 * any 0 ≤ μ_p ≤ order price. With the right side in its place every period is on its own again, at node prices of price + μ_p − μ_{p+1}:
 * a node is dear where it has to be ordered, and cheap before it would have to be.
 */
export class OrderPrices {
  /** [(period + 1) × kinds]: μ, 0 for the first period, whose nodes are there, and after the last. */
  readonly #worth: Float64Array
  #round = 0

  constructor(
    readonly batch: PeriodBatch,
    /** [kind]. */
    readonly orderPrice: Float64Array
  ) {
    this.#worth = new Float64Array((batch.periods + 1) * orderPrice.length)
  }

  /** Whether any step was made. */
  get isUsed(): boolean {
    return this.#round > 0
  }

  /** The periods at the prices of now. */
  get priced(): PeriodBatch {
    const kinds = this.orderPrice.length
    const worth = this.#worth
    const price = this.batch.price.map((one, at) => one + (worth[at] as number) - (worth[at + kinds] as number))
    return { ...this.batch, price }
  }

  /**
   * A step towards better prices: dearer where there are more nodes than in the period before, cheaper where there are fewer (a
   * subgradient; the first step goes all the way).
   *
   * @param beyond [period × kinds + kind]: nodes at the prices of now.
   */
  step(beyond: Float64Array): void {
    const { orderPrice } = this
    const kinds = orderPrice.length
    const length = this.#round === 0 ? Infinity : 0.5 / Math.sqrt(this.#round)
    this.#round++
    for (let kind = 0; kind < kinds; kind++) {
      if (orderPrice[kind] === 0) continue
      const grown = this.#growth(beyond, kind)
      const typical = grown.reduce((sum, one) => sum + Math.abs(one), 0) / Math.max(1, grown.filter(isChange).length)
      for (let period = 1; period < this.batch.periods; period++) {
        const change = grown[period] as number
        if (!isChange(change)) continue
        const at = period * kinds + kind
        const share = Math.max(-1, Math.min(1, change / typical)) * length
        this.#set(at, (this.#worth[at] as number) + share * (orderPrice[kind] as number), kind)
      }
    }
  }

  #growth(beyond: Float64Array, kind: number): Float64Array {
    const kinds = this.orderPrice.length
    const at = (period: number) => beyond[period * kinds + kind] as number
    return Float64Array.from({ length: this.batch.periods }, (_, period) =>
      period === 0 ? 0 : at(period) - at(period - 1)
    )
  }

  /** Within 0 and the price of an order, and so that no node costs less than nothing in the period before. */
  #set(at: number, worth: number, kind: number): void {
    const kinds = this.orderPrice.length
    const most = (this.batch.price[at - kinds] as number) + (this.#worth[at - kinds] as number)
    this.#worth[at] = Math.max(0, Math.min(worth, this.orderPrice[kind] as number, most))
  }
}

function isChange(change: number): boolean {
  return Math.abs(change) > 1e-6
}

import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'
import type { FleetKind } from '../fleet/fleet.js'
import { orderPriceOf } from '../fleet/order-price.js'

/** Money for each node that is ordered, by kind. */
export function orderPricesOf(kinds: readonly FleetKind[]): Float64Array {
  return Float64Array.from(kinds, orderPriceOf)
}

/**
 * The periods with their orders in the prices of nodes (Lagrangian relaxation): Σ order price · (x_p − x_{p−1})⁺ ≥ Σ μ_p · (x_p − x_{p−1})
 * for any 0 ≤ μ_p ≤ order price. With the right side in its place every period is on its own again, at node prices of
 * price + μ_p − μ_{p+1}: a node is dear where it has to be ordered, and cheap before it would have to be.
 *
 * @param worth [period × kinds + kind]: μ. Of the first period it counts as 0, as that's nodes are there; where a node would cost less
 * than nothing, μ is made smaller.
 * @param orderPrice [kind].
 */
export function withOrders(batch: PeriodBatch, worth: Float64Array, orderPrice: Float64Array): PeriodBatch {
  const kinds = orderPrice.length
  const price = batch.price.slice()
  for (let at = kinds; at < price.length; at++) {
    const before = at - kinds
    const most = Math.min(orderPrice[at % kinds] as number, price[before] as number)
    const own = Math.max(0, Math.min(worth[at] as number, most))
    price[before] = (price[before] as number) - own
    price[at] = (price[at] as number) + own
  }
  return { ...batch, price }
}

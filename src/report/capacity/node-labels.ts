import { groupBy } from '../../../models/grouping.js'
import { formatMoney } from '../text/numbers.js'

interface Offered {
  readonly type: string
  readonly market: string
  readonly costPerHour?: number
}

/** Names for nodes by type, market and price, as short as tell them apart: `l4x1`, `l4x4, reserved`, `l4x4, on-demand at 3.90`. */
export function nodeLabels(nodes: readonly Offered[]): string[] {
  const byType = groupBy(nodes, ({ type }) => type)
  return nodes.map(({ type, market, costPerHour }) => {
    const alike = byType.get(type) ?? []
    if (alike.length < 2) return type
    const sameMarket = alike.filter((other) => other.market === market).length
    const price = sameMarket > 1 && costPerHour !== undefined ? ` at ${formatMoney(costPerHour)}` : ''
    return `${type}, ${market}${price}`
  })
}

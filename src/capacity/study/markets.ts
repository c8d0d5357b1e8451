import type { Labels, NodeSelector } from '../../../models/contract/quantities.js'
import type { Study } from '../../../models/contract/study.js'
import { MARKET_LABEL } from '../labels.js'

/** Labels with the market beside them: what says nothing is on-demand, and so cannot be taken away. */
export function withMarket(labels: Labels, market = 'on-demand'): Labels {
  return { [MARKET_LABEL]: market, ...labels }
}

/** Whether a node with these labels may be taken away at short notice. */
export function isSpot(labels: Labels): boolean {
  return Object.hasOwn(labels, MARKET_LABEL) && labels[MARKET_LABEL] === 'spot'
}

/** The nodes that cannot be taken away, of those that there are, are reserved or may be bought: each market but spot. */
export function steadySelector({ nodes, nodeTypes, reservations, commitment }: Study): NodeSelector {
  const values = new Set(['on-demand', ...(reservations.length > 0 || commitment !== undefined ? ['reserved'] : [])])
  for (const { labels = {} } of [...nodes, ...nodeTypes, ...reservations]) {
    if (!isSpot(labels)) values.add(withMarket(labels)[MARKET_LABEL] as string)
  }
  return { [MARKET_LABEL]: [...values] }
}

import type { Labels, ResourceAmounts } from '../../../../models/contract/quantities.js'
import type { Study } from '../../../../models/contract/study.js'
import type { Demand } from '../../forecast/demand.js'
import { MARKET_LABEL } from '../../labels.js'
import { problemAt } from '../../study/problem-at.js'

/** Nodes of one type and market. */
export interface Offer {
  readonly capacity: ResourceAmounts
  readonly labels: Labels
  readonly costPerHour: number
  /** Nodes that may be had by the hour. */
  readonly maxNew: number
}

/** Everything that a plan may make use of, by type and market. */
export class Offers {
  readonly #known = new Map<string, Offer>()

  constructor(study: Study, demand: Demand) {
    const most = new Map(
      [...demand.counts].map(([id, counts]) => [id, counts.reduce((top, count) => Math.max(top, count), 0)])
    )
    const { nodes, nodeTypes } = problemAt(study, most)
    for (const { type, capacity, labels, costPerHour, maxNew } of nodeTypes) {
      this.#known.set(keyOf(type, labels[MARKET_LABEL]), { capacity, labels, costPerHour, maxNew })
    }
    for (const { id, type = id, capacity, labels, costPerHour } of nodes) {
      const key = keyOf(type, labels[MARKET_LABEL])
      if (!this.#known.has(key)) this.#known.set(key, { capacity, labels, costPerHour, maxNew: 0 })
    }
  }

  find({ type, market }: { readonly type: string; readonly market: string }): Offer | undefined {
    return this.#known.get(keyOf(type, market))
  }
}

function keyOf(type: string, market: string | undefined): string {
  return JSON.stringify([type, market])
}

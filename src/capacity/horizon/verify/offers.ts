import type { Node } from '../../../../models/contract/problem.js'
import type { Labels, ResourceAmounts } from '../../../../models/contract/quantities.js'
import type { Study } from '../../../../models/contract/study.js'
import { groupBy } from '../../../../models/grouping.js'
import { MARKET_LABEL } from '../../labels.js'
import { committedTypes } from '../../study/commitment.js'
import { problemAt } from '../../study/problem-at.js'

/** Nodes that are alike: of one type and market, or like one that is there. */
export interface Offer {
  readonly type: string
  readonly capacity: ResourceAmounts
  readonly labels: Labels
  /** By the hour: how many may be had, and what each costs. */
  readonly maxNew: number
  readonly costPerHour: number
  readonly orderPrice: number
  /** In every hour: at least and at most so many, and what each costs an hour. */
  readonly base: { readonly least: number; readonly most: number; readonly costPerHour: number } | null
}

/** Everything that a plan may make use of. */
export class Offers {
  readonly #known = new Map<string, Offer>()

  constructor(study: Study) {
    const committed = new Map(committedTypes(study).map(({ type, costPerHour }) => [type, costPerHour]))
    // The Problem of no replicas names all nodes, but no types.
    const { nodes } = problemAt(study, new Map())
    for (const { type, capacity, labels, costPerHour, maxNew, provisionSeconds } of study.nodeTypes) {
      const price = committed.get(`${type}:reserved`)
      const own = { [MARKET_LABEL]: 'on-demand', ...labels }
      this.#known.set(keyOf({ type, market: own[MARKET_LABEL] as string }), {
        type,
        capacity,
        labels: own,
        maxNew,
        costPerHour,
        orderPrice: (costPerHour * provisionSeconds) / 3600,
        base: price === undefined ? null : { least: 0, most: maxNew, costPerHour: price }
      })
    }
    for (const alike of groupBy(nodes, traitsOf).values()) {
      const [first] = alike as [Node]
      const { id, type = id, capacity, labels, costPerHour, releasable } = first
      this.#known.set(keyOf({ node: id, type, market: labels[MARKET_LABEL] as string }), {
        type,
        capacity: isOpen(first) ? capacity : {},
        labels,
        maxNew: 0,
        costPerHour,
        orderPrice: 0,
        base: { least: releasable ? 0 : alike.length, most: alike.length, costPerHour }
      })
    }
  }

  find(nodes: { readonly type: string; readonly market: string; readonly node?: string }): Offer | undefined {
    return this.#known.get(keyOf(nodes))
  }

  all(): Iterable<Offer> {
    return this.#known.values()
  }
}

function keyOf({ type, market, node = '' }: { type: string; market: string; node?: string }): string {
  return JSON.stringify([node, type, market])
}

/** All that tells nodes apart, but for their ids. */
function traitsOf(node: Node): string {
  const { type, capacity, labels, costPerHour, releasable, mustEmpty } = node
  const inOrder = (entries: Readonly<Record<string, string | number>>) =>
    Object.entries(entries)
      .filter(([, value]) => value !== 0)
      .sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([type, inOrder(capacity), inOrder(labels), costPerHour, releasable, isOpen(node), mustEmpty])
}

function isOpen({ acceptsReplicas, mustEmpty }: Node): boolean {
  return acceptsReplicas && !mustEmpty
}

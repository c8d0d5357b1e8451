import type { NodeReason } from '../../models/contract/result.js'
import { countBy } from '../../models/grouping.js'

/** A limit, and how many nodes it is in the way of. */
export interface LimitCount {
  readonly limit: string
  readonly nodes: number
}

/** What is in the way of nodes, the most frequent first. */
export function countLimits(nodes: readonly Pick<NodeReason, 'limits'>[]): LimitCount[] {
  const limits = nodes.flatMap(({ limits = [] }) => limits)
  return mostFrequentFirst(countBy(limits, (limit) => limit)).map(([limit, count]) => ({ limit, nodes: count }))
}

/** Names with their counts, the most frequent first; of those as frequent in the order of their names. */
export function mostFrequentFirst(counts: ReadonlyMap<string, number>): [name: string, count: number][] {
  return [...counts].sort(([left, often], [right, seldom]) => seldom - often || (left < right ? -1 : 1))
}

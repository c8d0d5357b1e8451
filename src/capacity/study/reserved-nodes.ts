import type { Node, NodeType } from '../../../models/contract/problem.js'
import type { Study } from '../../../models/contract/study.js'
import { withMarket } from './markets.js'

/**
 * The nodes that reservations pay for, one after the other: `reserved-<type>-<k>`, never given back, so that their cost counts whether
 * or not they host anything, with the label market: reserved.
 */
export function reservedNodes({ reservations, nodeTypes }: Pick<Study, 'reservations' | 'nodeTypes'>): Node[] {
  const types = new Map<string, NodeType>(nodeTypes.map((type) => [type.type, type]))
  const made = new Map<string, number>()
  return reservations.flatMap(({ type, nodes, costPerHour, labels, capacity }) => {
    const known = types.get(type)
    const first = made.get(type) ?? 0
    made.set(type, first + nodes)
    return Array.from(
      { length: nodes },
      (_, index): Node => ({
        id: `reserved-${type}-${first + index + 1}`,
        type,
        capacity: capacity ?? known?.capacity ?? {},
        costPerHour,
        labels: { ...withMarket({}, 'reserved'), ...withoutMarket(known?.labels), ...labels },
        releasable: false,
        acceptsReplicas: true,
        mustEmpty: false
      })
    )
  })
}

/** The labels of a type, but for how its nodes are paid for when they are bought. */
function withoutMarket(labels: NodeType['labels'] = {}): NodeType['labels'] {
  const { market: _, ...others } = labels
  return others
}

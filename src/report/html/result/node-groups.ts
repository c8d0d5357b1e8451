import { groupBy } from '../../../../models/grouping.js'
import type { DescribedCluster, DescribedNode, NodeFate } from '../../cluster/describe-cluster.js'
import { formatAmount, formatCount } from '../../text/numbers.js'

export type Side = 'before' | 'after'

/** Nodes with the same fate, by type. */
export interface NodeGroup {
  readonly fate: NodeFate
  readonly nodes: readonly DescribedNode[]
  /** The largest first. */
  readonly types: readonly TypeGroup[]
}

export interface TypeGroup {
  /** `18 × g5.xlarge`. */
  readonly label: string
  /** The fullest first. */
  readonly nodes: readonly DescribedNode[]
}

/** How much of a resource several nodes have, and how much of it is used. */
export interface Use {
  readonly resource: string
  readonly used: number
  readonly capacity: number
  readonly isDevice: boolean
}

const ORDER: readonly NodeFate[] = ['released', 'unused', 'rented', 'new', 'stays', 'idle']

/** More types than these are not told from each other: the rest are others. */
const MOST_TYPES = 16

/** Nodes by what becomes of them: first what goes, then what comes, then what stays. */
export function groupNodes({ nodes }: DescribedCluster): NodeGroup[] {
  const byFate = groupBy(nodes, ({ fate }) => fate)
  return ORDER.flatMap((fate) => {
    const members = byFate.get(fate) ?? []
    return members.length === 0 ? [] : [{ fate, nodes: members, types: groupTypes(members) }]
  })
}

function groupTypes(nodes: readonly DescribedNode[]): TypeGroup[] {
  const byType = [...groupBy(nodes, ({ type }) => type)].sort(([, one], [, other]) => other.length - one.length)
  const isSplit = byType.length <= MOST_TYPES
  const shown = isSplit ? byType : byType.slice(0, MOST_TYPES - 1)
  const others = isSplit ? [] : byType.slice(MOST_TYPES - 1).flatMap(([, members]) => members)
  const groups = shown.map(([type, members]): TypeGroup => {
    const label = type === undefined ? formatCount(members.length, 'node') : `${formatAmount(members.length)} × ${type}`
    return { label, nodes: fullestFirst(members) }
  })
  if (others.length === 0) return groups
  const label = `${formatCount(others.length, 'node')} of ${formatAmount(byType.length - shown.length)} other types`
  return [...groups, { label, nodes: fullestFirst(others) }]
}

/** In the end, or at the outset where they are gone; nodes as full as each other in their order. */
function fullestFirst(nodes: readonly DescribedNode[]): DescribedNode[] {
  const fullness = ({ after, before }: DescribedNode) => (after ?? before)?.resources[0]?.share ?? 0
  return [...nodes].sort((one, other) => fullness(other) - fullness(one))
}

/** What nodes have and use together, by resource: devices first. */
export function sumUse(nodes: readonly DescribedNode[], side: Side): Use[] {
  const sums = new Map<string, Use>()
  for (const node of nodes) {
    for (const { resource, used, capacity, devices } of node[side]?.resources ?? []) {
      const sum = sums.get(resource) ?? { resource, used: 0, capacity: 0, isDevice: devices !== undefined }
      sums.set(resource, { ...sum, used: sum.used + used, capacity: sum.capacity + capacity })
    }
  }
  return [...sums.values()].sort((one, other) => Number(other.isDevice) - Number(one.isDevice))
}

/** The same of nodes that count in the cost, without resources that they do not have. */
export function sumActiveUse(nodes: readonly DescribedNode[], side: Side): Use[] {
  const active = nodes.filter((node) => node[side]?.isActive === true)
  return sumUse(active, side).filter(({ capacity }) => capacity > 0)
}

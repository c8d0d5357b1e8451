import type { DescribedNode } from '../../cluster/describe-cluster.js'
import { FATE_NAMES } from '../../cluster/fate-words.js'
import { formatAmount, formatMoney, formatPercent } from '../../text/numbers.js'
import { numbers, words } from '../capacity/columns.js'
import type { TableBlock } from '../section.js'

/** More resources than these make a table that nobody reads. */
const MOST_RESOURCES = 6

/** The picture of before and after in numbers: a row for each node. */
export function nodeTable(nodes: readonly DescribedNode[]): TableBlock {
  const resources = new Set<string>()
  for (const { before, after } of nodes)
    for (const side of [before, after]) for (const { resource } of side?.resources ?? []) resources.add(resource)
  const shown = [...resources].slice(0, MOST_RESOURCES)
  const left = resources.size - shown.length
  const shares = (node: DescribedNode, resource: string) =>
    (['before', 'after'] as const).map((side) => {
      const load = node[side]?.resources.find((one) => one.resource === resource)
      return load === undefined ? '' : Number.isFinite(load.share) ? formatPercent(load.share) : 'of none'
    })
  return {
    kind: 'table',
    caption: `Every node in numbers${left > 0 ? `, without ${formatAmount(left)} more resources` : ''}`,
    closed: true,
    columns: [
      ...words('Node', 'Type', 'Fate'),
      ...numbers('An hour', 'Replicas before', 'After', ...shown.flatMap((name) => [`${name} before`, 'after']))
    ],
    rows: nodes.map((node) => [
      node.id,
      node.type ?? '',
      FATE_NAMES[node.fate],
      formatMoney(node.costPerHour),
      ...(['before', 'after'] as const).map((side) => formatAmount(countReplicas(node, side))),
      ...shown.flatMap((resource) => shares(node, resource))
    ])
  }
}

function countReplicas(node: DescribedNode, side: 'before' | 'after'): number {
  return (node[side]?.residents ?? []).filter(({ role }) => role !== 'room').length
}

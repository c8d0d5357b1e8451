import type { ClusterAnswer, ReasonGroup } from '../../review/why/cluster-answer.js'
import type { NodeFindings } from '../../review/why/node-answer.js'
import { alignColumns, indent, printable } from './layout.js'
import { formatAmount, formatCount, formatMoney } from './numbers.js'
import { describePrice } from './price-words.js'
import { KEPT } from './reason-words.js'
import type { Style } from './style.js'
import { describeTrust, renderChange, renderChanges } from './why-changes.js'

/** Limits shown of a group, and nodes with a change. */
const MOST_LIMITS = 3
const MOST_NODES = 8

/** Why nodes stay, by reason, and the best change for each node that was looked at. */
export function renderCluster(answer: ClusterAnswer, style: Style): string[][] {
  const { groups, anywhere, nodes, notLookedAt } = answer
  if (groups.length === 0) return [['No node stays.']]
  const rows = groups.map((group) => [
    formatAmount(group.nodes.length),
    group.code === 'not-explained' ? 'not explained' : KEPT[group.code],
    formatMoney(group.costPerHour),
    describeLimits(group)
  ])
  const header = ['nodes', 'stay', 'an hour', 'in the way'].map(style.faint)
  const table = alignColumns([header, ...rows], ['right', 'left', 'right', 'left']).map((row) => `  ${row}`)
  const helped = nodes.filter(({ changes, unchanged }) => changes.length > 0 || unchanged?.verdict === 'saves')
  const untouched = nodes.length - helped.length
  return [
    [style.strong('Nodes that stay'), ...table],
    ...(anywhere.unchanged === undefined
      ? renderChanges({ ...anywhere, refuted: [], undecided: [], untried: [] }, 'make the cluster cheaper', style)
      : [indent([`More search alone ${describePrice(anywhere.unchanged)}.`], style)]),
    ...(helped.length === 0
      ? []
      : [
          [
            style.strong('What would free them'),
            ...helped.slice(0, MOST_NODES).flatMap((node) => renderBest(node, style))
          ]
        ]),
    [
      ...indent(
        [
          `${formatCount(nodes.length, 'node')} looked at, the dearest first` +
            (untouched > 0 ? `; for ${formatAmount(untouched)} no single change was found that saves anything` : '') +
            (notLookedAt > 0 ? `; ${formatCount(notLookedAt, 'node')} not looked at` : '') +
            '. why --node asks about one.',
          ...describeTrust(answer, [...nodes, { changes: anywhere.changes }])
        ],
        style
      )
    ]
  ]
}

function renderBest({ node, nodeCostPerHour, changes, unchanged }: NodeFindings, style: Style): string[] {
  const [best] = changes
  const title = `  ${printable(node)}  ${style.faint(`${formatMoney(nodeCostPerHour)} an hour`)}`
  if (unchanged?.verdict === 'saves' && unchanged.price !== undefined)
    return [title, ...indent([`  more search frees it: ${describePrice(unchanged.price)}`], style)]
  return best === undefined ? [] : [title, ...renderChange(best, style).map((line) => `  ${line}`)]
}

function describeLimits({ limits }: ReasonGroup): string {
  return limits
    .slice(0, MOST_LIMITS)
    .map(({ limit, nodes }) => `${printable(limit)} (${formatAmount(nodes)})`)
    .join(', ')
}

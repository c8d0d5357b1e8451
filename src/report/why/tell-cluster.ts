import type { ClusterAnswer, ReasonGroup } from '../../review/why/cluster-answer.js'
import type { NodeFindings } from '../../review/why/node-answer.js'
import { printable } from '../text/layout.js'
import { formatAmount, formatCount, formatMoney } from '../text/numbers.js'
import { describePrice } from '../text/price-words.js'
import { KEPT } from '../text/reason-words.js'
import { item, type Line, type Section, sentences, type Table } from './section.js'
import { describeChange, describeTrust, tellChanges } from './tell-changes.js'

/** Limits told of a group, and nodes with a change. */
const MOST_LIMITS = 3
const MOST_NODES = 8

/** Why nodes stay, by reason, and the best change for each node that was looked at. */
export function tellCluster(answer: ClusterAnswer): Section[] {
  const { groups, anywhere, nodes } = answer
  if (groups.length === 0) return [{ title: 'No node stays.', lines: [] }]
  const best = nodes.flatMap((node) => tellBest(node))
  return [
    { title: 'Nodes that stay', table: tableOf(groups), lines: [] },
    ...(anywhere.unchanged === undefined
      ? tellChanges({ ...anywhere, refuted: [], undecided: [], untried: [] }, 'make the cluster cheaper')
      : [{ lines: sentences([`More search alone ${describePrice(anywhere.unchanged)}.`]) }]),
    ...(best.length === 0 ? [] : [{ title: 'What would free them', lines: best.slice(0, MOST_NODES) }]),
    {
      lines: sentences([
        describeReach(answer, best.length),
        ...describeTrust(answer, [...nodes, { changes: anywhere.changes }])
      ])
    }
  ]
}

function tableOf(groups: readonly ReasonGroup[]): Table {
  return {
    head: ['nodes', 'stay', 'an hour', 'in the way'],
    ends: ['right', 'left', 'right', 'left'],
    rows: groups.map((group) => [
      formatAmount(group.nodes.length),
      group.code === 'not-explained' ? 'not explained' : KEPT[group.code],
      formatMoney(group.costPerHour),
      describeLimits(group)
    ])
  }
}

function describeLimits({ limits }: ReasonGroup): string {
  return limits
    .slice(0, MOST_LIMITS)
    .map(({ limit, nodes }) => `${printable(limit)} (${formatAmount(nodes)})`)
    .join(', ')
}

function tellBest({ node, nodeCostPerHour, changes, unchanged }: NodeFindings): Line[] {
  const [best] = changes
  const name = `${printable(node)} (${formatMoney(nodeCostPerHour)} an hour)`
  if (unchanged?.verdict === 'saves' && unchanged.price !== undefined)
    return [item(`${name}: more search frees it`, describePrice(unchanged.price))]
  return best === undefined ? [] : [item(`${name}: ${describeChange(best)}`, describePrice(best))]
}

function describeReach({ nodes, notLookedAt }: ClusterAnswer, helped: number): string {
  const untouched = nodes.length - helped
  return (
    `${formatCount(nodes.length, 'node')} looked at, the dearest first` +
    (untouched > 0 ? `; for ${formatAmount(untouched)} no single change was found that saves anything` : '') +
    (notLookedAt > 0 ? `; ${formatCount(notLookedAt, 'node')} not looked at` : '') +
    '.'
  )
}

import type { DescribedCluster, DescribedNode } from '../../cluster/describe-cluster.js'
import { countFate } from '../../cluster/fate-words.js'
import { type Markup, markup } from '../../markup.js'
import { barChart } from '../../svg/bar-chart.js'
import { nodeList } from '../../svg/node-list.js'
import { isWoven, nodePanel, type PanelScale, panelScale } from '../../svg/node-panel.js'
import { fillWith, ROLES } from '../../svg/node-shapes.js'
import { defineWeaves } from '../../svg/palette.js'
import { formatMoney, formatPercent } from '../../text/numbers.js'
import type { Block, Section } from '../section.js'
import { groupNodes, type NodeGroup, type Side, sumActiveUse, sumUse } from './node-groups.js'
import { nodeTable } from './node-table.js'
import { replicaTable } from './replica-table.js'

/** Up to so many nodes are drawn one below the other, with names and all they have. */
const MOST_LISTED = 16

/** Every node before and after: how full it is, what leaves it, what has come, and which ones are gone. */
export function beforeAfterSection(described: DescribedCluster): Section {
  const { nodes } = described
  const groups = groupNodes(described)
  const scale = nodes.length <= MOST_LISTED ? null : panelScale(nodes.length)
  return {
    heading: 'Before and after',
    blocks: [
      { kind: 'drawn', draw: (id) => drawLegend(groups, `${id}-legend`, scale) },
      ...groups.map((group): Block => ({ kind: 'drawn', draw: (id) => drawGroup(group, id, scale) })),
      ...useFigure(nodes),
      nodeTable(nodes),
      replicaTable(described)
    ]
  }
}

function drawLegend(groups: readonly NodeGroup[], id: string, scale: PanelScale | null): Markup {
  const shown = new Set(
    groups.flatMap(({ nodes }) =>
      nodes.flatMap(({ before, after }) => [before, after].flatMap((side) => side?.residents.map(({ role }) => role)))
    )
  )
  const samples = ROLES.filter(({ role }) => shown.has(role)).map(
    ({ series, name }) =>
      markup`<li><svg class="chart sample" viewBox="0 0 18 12" aria-hidden="true">${defineWeaves(series + 1, `${id}-${series}`)}<rect width="18" height="12" rx="2" ${fillWith(series, `${id}-${series}`, scale === null || isWoven(scale))}/></svg>${name}</li>`
  )
  const how =
    scale === null
      ? 'A cell is a device, filled as far as it is held; a bar is any other resource.'
      : 'A node is a group of bars: the broad ones are its devices, the narrow ones its other resources, each filled as far as it is used.'
  const gone = groups.some(({ fate }) => fate !== 'stays' && fate !== 'idle')
  return markup`<p>${how} Each node is at the same place in both pictures.</p>
<ul class="legend">${samples}<li><svg class="chart sample" viewBox="0 0 18 12" aria-hidden="true"><path class="scalar" d="M0,0h18v12h-18z"/></svg>other resources</li><li><svg class="chart sample" viewBox="0 0 18 12" aria-hidden="true"><path class="empty" d="M0,0h18v12h-18z"/></svg>free</li>${gone && markup`<li><svg class="chart sample" viewBox="0 0 18 12" aria-hidden="true"><path class="gone" d="M.5,.5h17v11h-17z"/></svg>not there</li>`}</ul>`
}

function drawGroup(group: NodeGroup, id: string, scale: PanelScale | null): Markup {
  const { fate, nodes } = group
  return markup`<h3>${countFate(fate, nodes.length)}</h3>
<div class="pair">${(['before', 'after'] as const).map((side) => {
    const says = describeSide(nodes, side)
    return markup`<figure><figcaption><b>${side === 'before' ? 'Before' : 'After'}</b> ${says}</figcaption>${drawSide(group, side, `${id}-${side}`, says, scale)}</figure>`
  })}</div>`
}

function drawSide({ fate, nodes, types }: NodeGroup, side: Side, id: string, says: string, scale: PanelScale | null) {
  const title = `${countFate(fate, nodes.length)}, ${side}`
  if (scale === null)
    return nodeList({ title, description: says, id, side, nodes: types.flatMap((type) => type.nodes) })
  const blocks = types.map((type) => ({ label: type.label, note: describeUse(type.nodes, side, 2), nodes: type.nodes }))
  return nodePanel({ title, description: says, id, side, blocks, scale })
}

/** `18 nodes, 12.40 an hour, gpu 43.0 %, cpu 12.0 %`. */
function describeSide(nodes: readonly DescribedNode[], side: Side): string {
  const active = nodes.filter((node) => node[side]?.isActive === true)
  const there = nodes.filter((node) => node[side] !== undefined)
  if (there.length === 0) return side === 'before' ? 'not there yet' : 'gone: nothing is paid any more'
  const cost = active.reduce((sum, { costPerHour }) => sum + costPerHour, 0)
  if (active.length === 0) return 'idle'
  const paid = `${formatMoney(cost)} an hour`
  const uses = describeUse(there, side)
  return uses === '' ? paid : `${paid}, ${uses}`
}

/** Told of each side: a line has no room for more. */
const MOST_TOLD = 3

function describeUse(nodes: readonly DescribedNode[], side: Side, most = MOST_TOLD): string {
  return sumUse(nodes, side)
    .filter(({ capacity }) => capacity > 0)
    .slice(0, most)
    .map(({ resource, used, capacity }) => `${resource} ${formatShare(used / capacity)}`)
    .join(', ')
}

/** Whole percents: beside pictures that show no more. */
function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** How much of what is paid for is used, by resource. */
function useFigure(nodes: readonly DescribedNode[]): Block[] {
  const after = new Map(sumActiveUse(nodes, 'after').map((use) => [use.resource, use]))
  const rows = sumActiveUse(nodes, 'before').flatMap(({ resource, used, capacity }) => {
    const then = after.get(resource)
    const row = (side: Side, use: number, of: number) => ({
      label: `${resource}, ${side}`,
      values: [use / of],
      note: `${formatCompact(use)} of ${formatCompact(of)}`
    })
    return [row('before', used, capacity), ...(then === undefined ? [] : [row('after', then.used, then.capacity)])]
  })
  if (rows.length === 0) return []
  return [
    {
      kind: 'figure',
      draw: (frame) =>
        barChart(
          {
            title: 'How much is used of what is paid for',
            value: { label: 'used', format: formatPercent },
            rows
          },
          frame
        ),
      caption: 'Of the nodes that host something or are never given back.'
    }
  ]
}

const COMPACT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

function formatCompact(amount: number): string {
  return COMPACT.format(amount)
}

import type { MixAnswer } from '../../../capacity/mix/mix-answer.js'
import { isClosed } from '../../capacity/gap-words.js'
import { nodeLabels } from '../../capacity/node-labels.js'
import { replicasByType } from '../../capacity/replicas-by-type.js'
import { resourceUse } from '../../capacity/resource-use.js'
import { barChart } from '../../svg/bar-chart.js'
import { heatMap } from '../../svg/heat-map.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent } from '../../text/numbers.js'
import type { Block, Section } from '../section.js'
import type { Tile } from '../tiles.js'
import { type Facts, factsOf, renderAnswerPage } from './answer-page.js'
import { numbers, words } from './columns.js'
import { gapTile } from './proof.js'

/** The cheapest mix as a page: what to run and what it costs, how full that is, where what runs, and the way there. */
export function renderMixPage(answer: MixAnswer, madeFrom: Facts = []): string {
  const facts = factsOf(answer)
  if (answer.status !== 'feasible') {
    const subtitle =
      answer.status === 'infeasible'
        ? 'Infeasible: it is proven that nothing on offer serves what is wanted.'
        : 'Nothing was found in time, and it is not proven that there is nothing.'
    return renderAnswerPage(answer, facts, madeFrom, { subtitle, sections: [wantedSection(answer)] })
  }
  return renderAnswerPage(answer, facts, madeFrom, {
    subtitle: sentenceOf(answer),
    tiles: tilesOf(answer),
    sections: [nodesSection(answer), placesSection(answer), waySection(answer)]
  })
}

function nodesIn({ nodes }: MixAnswer): number {
  return nodes.reduce((sum, { kept, bought }) => sum + kept + bought, 0)
}

function sentenceOf(answer: MixAnswer): string {
  const { costPerHour, gap, replicas } = answer
  const wanted = Object.values(replicas).reduce((sum, count) => sum + count, 0)
  const proof = isClosed(gap) ? 'nothing is cheaper' : `at most ${formatPercent(gap)} more than the best there is`
  return `${formatCount(nodesIn(answer), 'node')} carry ${formatCount(wanted, 'replica')} for ${formatMoney(costPerHour)} an hour: ${proof}.`
}

function tilesOf(answer: MixAnswer): Tile[] {
  const { costPerHour, boundPerHour, gap, todayPerHour, nodes, gettingThere } = answer
  const sumOf = (what: 'kept' | 'bought' | 'released') => nodes.reduce((sum, row) => sum + row[what], 0)
  const changes = [
    [sumOf('kept'), 'stay'],
    [sumOf('bought'), 'to buy'],
    [sumOf('released'), 'to give back']
  ] as const
  const saving = todayPerHour - costPerHour
  const { cost, paybackHours } = gettingThere
  return [
    {
      label: 'Cost an hour',
      value: formatMoney(costPerHour),
      ...(todayPerHour > 0 ? { detail: `${formatMoney(todayPerHour)} today` } : {})
    },
    gapTile(gap, boundPerHour),
    ...(saving > 0
      ? [
          {
            label: 'Saving an hour',
            value: formatMoney(saving),
            detail: `${formatPercent(saving / todayPerHour)} of today's${paybackHours === null || cost === 0 ? '' : `, paid back in ${formatDuration(paybackHours * 3600)}`}`
          }
        ]
      : []),
    {
      label: 'Nodes',
      value: formatAmount(nodesIn(answer)),
      detail: changes.flatMap(([count, what]) => (count > 0 ? [`${formatAmount(count)} ${what}`] : [])).join(', ')
    }
  ]
}

function nodesSection({ nodes, costPerHour, todayPerHour }: MixAnswer): Section {
  const labels = nodeLabels(nodes)
  const rows = nodes.map((row, index) => ({ ...row, label: labels[index] ?? row.type }))
  const run = rows.filter(({ kept, bought }) => kept + bought > 0)
  const isChange = run.some(({ kept }) => kept > 0) && run.some(({ bought }) => bought > 0)
  return {
    heading: 'What to run',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          barChart(
            {
              title: 'Cost an hour by node type',
              value: { label: 'cost', unit: 'an hour', format: formatMoney },
              ...(isChange ? { parts: ['there already', 'to buy'] } : {}),
              rows: run.map(({ label, kept, bought, costPerHour: each }) => ({
                label,
                values: isChange ? [kept * each, bought * each] : [(kept + bought) * each],
                note: formatCount(kept + bought, 'node')
              }))
            },
            frame
          )
      },
      {
        kind: 'table',
        caption: 'Nodes by type and market',
        columns: [
          ...words('Type', 'Market'),
          ...numbers('Each, an hour', 'Stay', 'Buy', ...(todayPerHour > 0 ? ['Give back'] : []), 'An hour', 'Share')
        ],
        rows: rows.map(({ type, market, costPerHour: each, kept, bought, released }) => [
          type,
          market,
          formatMoney(each),
          ...[kept, bought, ...(todayPerHour > 0 ? [released] : [])].map(formatAmount),
          formatMoney((kept + bought) * each),
          formatPercent(costPerHour === 0 ? 0 : ((kept + bought) * each) / costPerHour)
        ])
      }
    ]
  }
}

/** More columns than these cannot be read in a picture: the table has them. */
const MOST_TYPES = 20

function placesSection(answer: MixAnswer): Section {
  const { types, rows } = replicasByType(answer)
  const uses = resourceUse(answer)
  const table = {
    caption: 'Replicas by deployment and type of node',
    columns: [...words('Deployment'), ...numbers('Wanted', ...types)],
    rows: Object.entries(answer.replicas).map(([id, count]) => [
      id,
      formatAmount(count),
      ...(rows.find(({ deployment }) => deployment === id)?.counts ?? types.map(() => 0)).map(formatAmount)
    ])
  }
  const places: Block =
    types.length > MOST_TYPES || types.length < 2
      ? { kind: 'table', ...table }
      : {
          kind: 'figure',
          draw: (frame) =>
            heatMap(
              {
                title: 'Where replicas run',
                value: { label: 'replicas', format: formatAmount },
                columns: types,
                rows: rows.map(({ deployment, counts }) => ({
                  label: deployment,
                  values: counts.map((count) => (count === 0 ? null : count))
                }))
              },
              frame
            ),
          table
        }
  return {
    heading: 'How full it is, and with what',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          barChart(
            {
              title: 'What is asked of the nodes',
              value: { label: 'share of what they have', format: formatPercent },
              rows: uses.map(({ resource, used, capacity }) => ({
                label: resource,
                values: [used / capacity],
                note: `${formatAmount(used)} of ${formatAmount(capacity)}`
              }))
            },
            frame
          ),
        caption:
          'The rest is room that this mix pays for and nothing uses, such as where replicas do not divide a node evenly.'
      },
      places
    ]
  }
}

function wantedSection({ replicas }: MixAnswer): Section {
  return {
    heading: 'What is wanted',
    blocks: [
      {
        kind: 'table',
        caption: 'Replicas by deployment',
        columns: [...words('Deployment'), ...numbers('Replicas')],
        rows: Object.entries(replicas).map(([id, count]) => [id, formatAmount(count)])
      }
    ]
  }
}

function waySection({ gettingThere }: MixAnswer): Section {
  const { migrations, moveCost, makespanSeconds, provisionCost, migrationCost, cost, paybackHours } = gettingThere
  return {
    heading: 'Getting there',
    blocks: [
      {
        kind: 'table',
        caption: 'What the change takes, in an order of steps that keeps every limit',
        columns: [...words(''), ...numbers('')],
        rows: [
          ['Migrations', formatAmount(migrations)],
          ['Their move cost', formatAmount(moveCost)],
          ['Time', formatDuration(makespanSeconds)],
          ['Money for nodes while they are provisioned', formatMoney(provisionCost)],
          ['Money for migrations, at the price of the study', formatMoney(migrationCost)],
          ['Money in all', formatMoney(cost)],
          ...(paybackHours === null || cost === 0
            ? []
            : [['Paid back by the saving in', formatDuration(paybackHours * 3600)]])
        ]
      }
    ]
  }
}

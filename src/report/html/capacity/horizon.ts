import type { HorizonAnswer } from '../../../capacity/horizon/horizon-answer.js'
import { describeGap, isClosed } from '../../capacity/gap-words.js'
import { bandsOf } from '../../capacity/horizon-bands.js'
import { costParts } from '../../capacity/horizon-costs.js'
import { nodeBands } from '../../capacity/horizon-nodes.js'
import { nodeLabels } from '../../capacity/node-labels.js'
import { barChart } from '../../svg/bar-chart.js'
import { lineChart } from '../../svg/line-chart.js'
import { steppedArea } from '../../svg/stepped-area.js'
import {
  formatAmount,
  formatCount,
  formatDuration,
  formatMoney,
  formatPercent,
  formatRoundMoney
} from '../../text/numbers.js'
import type { Section } from '../section.js'
import type { Tile } from '../tiles.js'
import { type Facts, factsOf, renderAnswerPage } from './answer-page.js'
import { numbers, words } from './columns.js'
import { gapTile } from './proof.js'

/** A plan for a horizon as a page: what to commit to, what it costs, and how it goes from period to period. */
export function renderHorizonPage(answer: HorizonAnswer, madeFrom: Facts = []): string {
  const facts = factsOf(answer)
  if (answer.status !== 'feasible') {
    const subtitle =
      answer.status === 'infeasible'
        ? 'Infeasible: some periods cannot be served by anything on offer.'
        : 'Nothing was found in time, and it is not proven that there is nothing.'
    return renderAnswerPage(answer, facts, madeFrom, { subtitle, sections: [] })
  }
  return renderAnswerPage(answer, facts, madeFrom, {
    subtitle: sentenceOf(answer),
    tiles: tilesOf(answer),
    sections: [baseSection(answer), costSection(answer), periodSection(answer), hourlySection(answer)]
  })
}

/** Nodes to commit to, those that are there already left out. */
function committed({ base }: HorizonAnswer): number {
  return base.reduce((sum, { isCommitment, nodes }) => (isCommitment ? sum + nodes : sum), 0)
}

function sentenceOf(answer: HorizonAnswer): string {
  const { cost, hours, gap } = answer
  const nodes = committed(answer)
  const base =
    nodes === 0
      ? 'No commitment pays: all is had by the hour'
      : `Commit to ${formatCount(nodes, 'node')} and have the rest by the hour`
  const proof = isClosed(gap) ? 'nothing is cheaper' : `at most ${formatPercent(gap)} more than the best plan there is`
  return `${base}: ${formatRoundMoney(cost.total)} for ${spanOf(hours)}, ${proof}.`
}

/** Whole days where there are some, so that `336 h` reads as what it is. */
function spanOf(hours: number): string {
  return hours >= 48 && hours % 24 === 0 ? formatCount(hours / 24, 'day') : formatDuration(hours * 3600)
}

function tilesOf(answer: HorizonAnswer): Tile[] {
  const { cost, costPerHour, gap, bound, hours, withoutCommitment, base, worstPeriodGap } = answer
  const saved = withoutCommitment.bound > 0 ? 1 - cost.total / withoutCommitment.bound : 0
  const basePerHour = base.reduce((sum, { nodes, costPerHour: each }) => sum + nodes * each, 0)
  return [
    {
      label: 'Cost an hour',
      value: formatMoney(costPerHour),
      detail: `${formatRoundMoney(cost.total)} for ${spanOf(hours)}`
    },
    {
      ...gapTile(gap, bound, 'costs, for all of it, less than'),
      ...(isClosed(gap)
        ? {}
        : {
            detail: `no plan costs less than ${formatRoundMoney(bound)}; each period ${describeGap(worstPeriodGap)}`
          })
    },
    {
      label: 'To commit to',
      value: formatCount(committed(answer), 'node'),
      detail: `${formatMoney(basePerHour)} an hour, with what is there already`
    },
    {
      label: 'Commitments save',
      value: saved > 0 ? formatPercent(saved) : 'nothing',
      detail: `without them at least ${formatMoney(withoutCommitment.boundPerHour)} an hour`
    }
  ]
}

function baseSection({ base }: HorizonAnswer): Section {
  const labels = nodeLabels(base)
  if (base.length === 0) {
    return {
      heading: 'What to commit to',
      blocks: [{ kind: 'paragraph', text: 'Nothing: by the hour it is cheaper.' }]
    }
  }
  return {
    heading: 'What to commit to',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          barChart(
            {
              title: 'Nodes that are paid for in every hour',
              value: { label: 'cost', unit: 'an hour', format: formatMoney },
              parts: ['in use', 'idle'],
              rows: base.map(({ nodes, usedShare, costPerHour }, index) => ({
                label: labels[index] ?? '',
                values: [nodes * costPerHour * usedShare, nodes * costPerHour * (1 - usedShare)],
                note: formatCount(nodes, 'node')
              }))
            },
            frame
          ),
        caption:
          'In use: hosting something. A committed node pays where it is used for a larger share of the hours than its price is of the price by the hour.'
      },
      {
        kind: 'table',
        caption: 'The base',
        columns: [...words('Type', 'Market', ''), ...numbers('Nodes', 'Each, an hour', 'An hour', 'Used')],
        rows: base.map(({ type, market, isCommitment, nodes, costPerHour, usedShare }) => [
          type,
          market,
          isCommitment ? 'to commit to' : 'there already',
          formatAmount(nodes),
          formatMoney(costPerHour),
          formatMoney(nodes * costPerHour),
          formatPercent(usedShare)
        ])
      }
    ]
  }
}

function costSection({ cost, hours, withoutCommitment }: HorizonAnswer): Section {
  const parts = costParts(cost)
  return {
    heading: 'What it costs',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          barChart(
            {
              title: 'Cost an hour, by what it is paid for',
              value: { label: 'cost', unit: 'an hour', format: formatMoney },
              rows: parts.map(({ name, money }) => ({
                label: name,
                values: [money / hours],
                note: formatPercent(money / cost.total)
              }))
            },
            frame
          ),
        caption: `In all ${formatMoney(cost.total / hours)} an hour. Without any commitment no plan costs less than ${formatMoney(withoutCommitment.boundPerHour)}.`,
        table: {
          caption: 'Cost by what it is paid for',
          columns: [...words(''), ...numbers('An hour', 'In all', 'Share')],
          rows: [...parts, { name: 'in all', money: cost.total }].map(({ name, money }) => [
            name,
            formatMoney(money / hours),
            formatRoundMoney(money),
            formatPercent(money / cost.total)
          ])
        }
      }
    ]
  }
}

function periodSection(answer: HorizonAnswer): Section {
  const { periods, periodSeconds, startsAt, orders, moves, worstPeriodGap } = answer
  const time = {
    label: startsAt === undefined ? 'time' : `time since ${startsAt.slice(0, 16).replace('T', ' ')} UTC`,
    kind: 'time'
  } as const
  const costs = bandsOf(answer)
  const nodes = nodeBands(answer)
  const between = (name: 'orders' | 'moves', label: string) => ({
    name: label,
    shape: 'step' as const,
    points: periods.map((period) => ({ x: period.startSeconds, y: period[name] }))
  })
  return {
    heading: 'Period by period',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          steppedArea(
            { title: 'Cost, and what is proven', x: time, y: { label: 'cost', unit: 'an hour' }, ...costs },
            frame
          ),
        caption: `${formatCount(periods.length, 'period')} of ${formatDuration(periodSeconds)}. The line is the proven bound: with this base no nodes by the hour serve the period for less. Each period is ${describeGap(worstPeriodGap)}.`,
        table: periodTable(answer)
      },
      {
        kind: 'figure',
        draw: (frame) =>
          steppedArea({ title: 'Nodes', x: time, y: { label: 'nodes', kind: 'whole' }, ...nodes }, frame),
        caption: 'Committed nodes carry what is wanted all the time; the others come and go with demand.'
      },
      {
        kind: 'figure',
        draw: (frame) =>
          lineChart(
            {
              title: 'What changes from period to period',
              x: time,
              y: { label: 'in a period', kind: 'whole' },
              series: [between('orders', 'nodes ordered'), between('moves', 'replicas moved')]
            },
            frame
          ),
        caption: `${formatCount(orders, 'node')} ordered and ${formatCount(moves, 'replica')} moved in all.`
      }
    ]
  }
}

function periodTable({ periods }: HorizonAnswer) {
  return {
    caption: `All ${formatCount(periods.length, 'period')}`,
    columns: numbers('Begins', 'Cost an hour', 'Bound', 'Gap', 'Nodes', 'Ordered', 'Given back', 'Replicas moved'),
    rows: periods.map(({ startSeconds, costPerHour, boundPerHour, gap, nodes, orders, releases, moves }) => [
      formatDuration(startSeconds),
      formatMoney(costPerHour),
      formatMoney(boundPerHour),
      formatPercent(gap),
      ...[nodes.reduce((sum, [, count]) => sum + count, 0), orders, releases, moves].map(formatAmount)
    ])
  }
}

function hourlySection({ hourly, hours }: HorizonAnswer): Section {
  return {
    heading: 'By the hour',
    blocks:
      hourly.length === 0
        ? [{ kind: 'paragraph', text: 'Nothing: the base carries all of it.' }]
        : [
            {
              kind: 'table',
              caption: 'Nodes beside the base',
              columns: [
                ...words('Type', 'Market'),
                ...numbers('On average', 'At most', 'Node hours', 'Ordered', 'An hour', 'In all')
              ],
              rows: hourly.map(({ type, market, nodeHours, mostNodes, orders, cost }) => [
                type,
                market,
                formatAmount(nodeHours / hours),
                formatAmount(mostNodes),
                formatAmount(Math.round(nodeHours * 10) / 10),
                formatAmount(orders),
                formatMoney(cost / hours),
                formatRoundMoney(cost)
              ])
            }
          ]
  }
}

import type { CompactionAnswer, CompactionTrial } from '../../../capacity/compaction/compaction.js'
import { costLadder } from '../../capacity/compaction-costs.js'
import { barChart } from '../../svg/bar-chart.js'
import { formatAmount, formatCount, formatMoney, formatPercent } from '../../text/numbers.js'
import type { Section } from '../section.js'
import type { Tile } from '../tiles.js'
import { type Facts, factsOf, renderAnswerPage } from './answer-page.js'
import { numbers, words } from './columns.js'

/** Borg's compaction as a page: the 90th percentile, every random order, and what choosing nodes at random costs. */
export function renderCompactionPage(answer: CompactionAnswer, madeFrom: Facts = []): string {
  return renderAnswerPage(answer, factsOf(answer), madeFrom, {
    subtitle: sentenceOf(answer),
    tiles: tilesOf(answer),
    sections: [nodesSection(answer), costSection(answer), trialsSection(answer)]
  })
}

function sentenceOf({ nodesLeft, nodes, trials }: CompactionAnswer): string {
  if (nodesLeft === null) return 'No order left nodes on which all of the work was found a place.'
  return `In 90 % of ${formatCount(trials.length, 'random order')} the work of today fits onto ${formatCount(nodesLeft, 'node')} of ${formatAmount(nodes)}.`
}

function tilesOf({
  nodes,
  nodesLeft,
  nodeShare,
  costPerHour,
  costLeftPerHour,
  costShare,
  plan
}: CompactionAnswer): Tile[] {
  const share = (value: number | null) => (value === null ? '' : `, ${formatPercent(value)}`)
  return [
    ...(nodesLeft === null || costLeftPerHour === null
      ? []
      : [
          {
            label: 'Nodes needed',
            value: formatAmount(nodesLeft),
            detail: `of ${formatAmount(nodes)}${share(nodeShare)}`
          },
          {
            label: 'Cost an hour',
            value: formatMoney(costLeftPerHour),
            detail: `of ${formatMoney(costPerHour)}${share(costShare)}`
          }
        ]),
    ...(plan === null
      ? []
      : [
          {
            label: 'The best plan, an hour',
            value: formatMoney(plan.costPerHour),
            detail: `proven: nothing costs less than ${formatMoney(plan.bound)}`
          },
          ...(plan.excess === null
            ? []
            : [
                { label: 'Choosing at random', value: `+${formatPercent(plan.excess)}`, detail: 'above what is proven' }
              ])
        ])
  ]
}

/** Of how many nodes it is not known whether they are needed. */
function openOf({ nodesLeft, nodesNeeded }: CompactionTrial): number {
  return nodesLeft === null ? 0 : nodesLeft - Math.min(nodesLeft, nodesNeeded ?? 0)
}

function nodesSection({ trials, nodes, nodesLeft }: CompactionAnswer): Section {
  const isOpen = trials.some((trial) => openOf(trial) > 0)
  return {
    heading: 'Nodes that are left',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          barChart(
            {
              title: 'Nodes left by each random order',
              value: { label: 'nodes', kind: 'whole', format: formatAmount },
              ...(isOpen ? { parts: ['proven to be needed', 'not decided'] } : {}),
              rows: byNodes(trials).map((trial) => ({
                label: `order ${trial.trial}`,
                values:
                  trial.nodesLeft === null
                    ? [null]
                    : isOpen
                      ? [trial.nodesLeft - openOf(trial), openOf(trial)]
                      : [trial.nodesLeft],
                note: trial.nodesLeft === nodesLeft && trial.nodesLeft !== null ? '90th percentile' : ''
              }))
            },
            frame
          ),
        caption: `Of ${formatCount(nodes, 'node')}, taken away one after another in random order until the work no longer fits (Verma et al., Borg, EuroSys 2015, section 5.1). The 90th percentile is the ${formatAmount(Math.ceil(0.9 * trials.length))}th of ${formatAmount(trials.length)}, the fewest first.`
      }
    ]
  }
}

function byNodes(trials: readonly CompactionTrial[]): CompactionTrial[] {
  return [...trials].sort((left, right) => (left.nodesLeft ?? Infinity) - (right.nodesLeft ?? Infinity))
}

function costSection(answer: CompactionAnswer): Section {
  const { costPerHour } = answer
  const rows = costLadder(answer)
  return {
    heading: 'What it costs to choose at random',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          barChart(
            {
              title: 'Cost an hour',
              value: { label: 'cost', unit: 'an hour', format: formatMoney },
              rows: rows.map(({ label, value }) => ({
                label,
                values: [value],
                note: costPerHour > 0 ? formatPercent(value / costPerHour) : ''
              }))
            },
            frame
          ),
        caption:
          'Borg chooses nodes at random so that clusters can be compared; the plan chooses them for what they cost.'
      }
    ]
  }
}

function trialsSection({ trials }: CompactionAnswer): Section {
  return {
    heading: 'Every order',
    blocks: [
      {
        kind: 'table',
        caption: 'Orders as they were drawn',
        columns: [
          ...numbers('Order', 'Its seed', 'Nodes left', 'Cost an hour', 'Proven to be needed'),
          ...words('Placed by'),
          ...numbers('Greedy asked', 'Engine asked')
        ],
        rows: trials.map((trial) => [
          formatAmount(trial.trial),
          String(trial.seed),
          trial.nodesLeft === null ? 'none' : formatAmount(trial.nodesLeft),
          trial.costLeftPerHour === null ? '' : formatMoney(trial.costLeftPerHour),
          trial.isExact ? 'all' : trial.nodesNeeded === null ? 'open' : formatAmount(trial.nodesNeeded),
          trial.by ?? '',
          formatAmount(trial.decidedByGreedy),
          formatAmount(trial.askedEngine)
        ])
      }
    ]
  }
}

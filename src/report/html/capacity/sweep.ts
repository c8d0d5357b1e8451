import type { SweepAnswer } from '../../../capacity/sweep/sweep-answer.js'
import { isClosed } from '../../capacity/gap-words.js'
import { axisEffects, axisGrid } from '../../capacity/sweep-axes.js'
import { type Combination, combinationsOf, savingOf } from '../../capacity/sweep-combinations.js'
import { barChart } from '../../svg/bar-chart.js'
import { heatMap } from '../../svg/heat-map.js'
import { lineChart } from '../../svg/line-chart.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent } from '../../text/numbers.js'
import type { Section } from '../section.js'
import type { Tile } from '../tiles.js'
import { type Facts, renderAnswerPage } from './answer-page.js'
import { numbers, words } from './columns.js'
import { gapCell } from './proof.js'

/** A sweep as a page: how costs are distributed, what each axis does, costs over two axes, and every combination. */
export function renderSweepPage(answer: SweepAnswer, madeFrom: Facts = []): string {
  const combinations = combinationsOf(answer.scenarios)
  return renderAnswerPage(answer, factsOf(answer), madeFrom, {
    notes: notesOf(answer),
    subtitle: sentenceOf(answer, combinations),
    tiles: tilesOf(answer, combinations),
    sections: [
      ...gridSections(answer, combinations),
      ...effectSections(answer, combinations),
      ...distributionSections(combinations),
      tableSection(answer, combinations)
    ]
  })
}

function factsOf({ sweep, seeds, options, shard, scenarios }: SweepAnswer): Facts {
  const { workLimit, timeLimitSeconds, relativeGap, maxMigrations, solver } = options
  const limits = [
    ...(timeLimitSeconds == null ? [] : [formatDuration(timeLimitSeconds)]),
    ...(workLimit == null ? [] : [`${formatAmount(workLimit)} units of work`]),
    ...(maxMigrations === undefined ? [] : [formatCount(maxMigrations, 'migration')])
  ]
  return [
    ['Sweep', sweep],
    ...(shard === undefined ? [] : [['Shard', `${shard}, counted from 0`] as const]),
    ['Seeds', seeds.join(', ')],
    ['Limits, of each', limits.join(', ')],
    ['Near enough', formatPercent(relativeGap)],
    ['Solver', solver],
    ['Took, in all', formatDuration(Math.round(scenarios.reduce((sum, { seconds }) => sum + seconds, 0)))]
  ]
}

function notesOf({ missing, failed, infeasible, notes }: SweepAnswer): string[] {
  return [
    ...(missing.length === 0 ? [] : [`${formatCount(missing.length, 'scenario')} missing`]),
    ...(failed === 0 ? [] : [`${formatCount(failed, 'scenario')} failed`]),
    ...(infeasible === 0 ? [] : [`${formatCount(infeasible, 'scenario')} without any placement`]),
    ...notes
  ]
}

type Solved = Combination & { readonly best: NonNullable<Combination['best']> }

/** Those with a placement, the cheapest first. */
function byCost(combinations: readonly Combination[]): Solved[] {
  return combinations
    .filter((combination): combination is Solved => combination.best !== null)
    .sort((left, right) => costOf(left) - costOf(right))
}

function costOf({ best }: Solved): number {
  return best.objective.costPerHour
}

function nameOf({ labels }: Combination): string {
  return labels.length === 0 ? 'as it is' : labels.join(' × ')
}

function sentenceOf({ scenarios, axes, seeds }: SweepAnswer, combinations: readonly Combination[]): string {
  const sorted = byCost(combinations)
  const [cheapest, dearest] = [sorted[0], sorted.at(-1)]
  const what = `${formatCount(scenarios.length, 'scenario')} over ${formatCount(axes.length, 'axis', 'axes')} and ${formatCount(seeds.length, 'seed')}`
  if (cheapest === undefined || dearest === undefined) return `${what}: none has a placement.`
  return `${what}: from ${formatMoney(costOf(cheapest))} to ${formatMoney(costOf(dearest))} an hour.`
}

function tilesOf({ scenarios, missing, failed }: SweepAnswer, combinations: readonly Combination[]): Tile[] {
  const sorted = byCost(combinations)
  const [cheapest, middle, dearest] = [sorted[0], sorted[(sorted.length - 1) >> 1], sorted.at(-1)]
  const widest = sorted.reduce((most, { gap }) => Math.max(most, gap), 0)
  const tile = (label: string, one: Solved): Tile => ({ label, value: formatMoney(costOf(one)), detail: nameOf(one) })
  return [
    ...(cheapest === undefined ? [] : [tile('The cheapest, an hour', cheapest)]),
    ...(middle === undefined || sorted.length < 3 ? [] : [tile('The middle one', middle)]),
    ...(dearest === undefined || sorted.length < 2 ? [] : [tile('The dearest', dearest)]),
    {
      label: 'Solved',
      value: formatAmount(scenarios.length - failed),
      detail:
        missing.length + failed === 0
          ? `of ${formatCount(scenarios.length, 'scenario')}; ${isClosed(widest) ? 'all of them to the optimum' : `the widest gap is ${formatPercent(widest)}`}`
          : `${formatAmount(failed)} failed, ${formatAmount(missing.length)} missing`
    }
  ]
}

function gridSections(answer: SweepAnswer, combinations: readonly Combination[]): Section[] {
  const grid = axisGrid(answer, combinations)
  if (grid === null) return []
  const { rows, columns, costs, averaged } = grid
  return [
    {
      heading: `${rows.name} against ${columns.name}`,
      blocks: [
        {
          kind: 'figure',
          draw: (frame) =>
            heatMap(
              {
                title: 'Cost an hour',
                value: { label: 'cost an hour', format: formatMoney },
                columns: columns.labels,
                rows: rows.labels.map((label, row) => ({ label, values: costs[row] ?? [] }))
              },
              frame
            ),
          caption: `Rows: ${rows.name}. Columns: ${columns.name}. The best of all seeds${averaged.length === 0 ? '' : `, on average over ${averaged.join(', ')}`}; empty where there is no placement.`
        }
      ]
    }
  ]
}

function effectSections(answer: SweepAnswer, combinations: readonly Combination[]): Section[] {
  const effects = axisEffects(answer, combinations)
  if (effects.length === 0) return []
  const isSingle = new Set(effects.map(({ axis }) => axis)).size === 1
  return [
    {
      heading: 'What each value comes to',
      blocks: [
        {
          kind: 'figure',
          draw: (frame) =>
            barChart(
              {
                title: isSingle ? 'Cost an hour' : 'Cost an hour, on average over all other axes',
                value: { label: 'cost', unit: 'an hour', format: formatMoney },
                rows: effects.map(({ axis, label, costPerHour, withoutPlacement }) => ({
                  label: isSingle ? label : `${axis}: ${label}`,
                  values: [costPerHour],
                  note: withoutPlacement === 0 ? '' : `${formatAmount(withoutPlacement)} without a placement`
                }))
              },
              frame
            ),
          table: {
            caption: 'Every value of every axis',
            columns: [
              ...words('Axis', 'Value'),
              ...numbers('Cost an hour, on average', 'Combinations', 'Without a placement')
            ],
            rows: effects.map(({ axis, label, costPerHour, combinations: count, withoutPlacement }) => [
              axis,
              label,
              costPerHour === null ? '–' : formatMoney(costPerHour),
              formatAmount(count),
              formatAmount(withoutPlacement)
            ])
          }
        }
      ]
    }
  ]
}

/** Fewer are seen at a glance in the table. */
const FEWEST = 6

function distributionSections(combinations: readonly Combination[]): Section[] {
  const sorted = byCost(combinations)
  if (sorted.length < FEWEST) return []
  const last = { x: 1, y: costOf(sorted.at(-1) as Solved) }
  return [
    {
      heading: 'How costs are distributed',
      blocks: [
        {
          kind: 'figure',
          draw: (frame) =>
            lineChart(
              {
                title: 'Cost an hour, the cheapest combination first',
                x: {
                  label: 'share of the combinations',
                  format: (share) => `${formatAmount(Math.round(share * 100))} %`
                },
                y: { label: 'cost', unit: 'an hour' },
                series: [
                  {
                    name: 'found',
                    shape: 'step',
                    points: [...sorted.map((one, rank) => ({ x: rank / sorted.length, y: costOf(one) })), last]
                  }
                ]
              },
              frame
            ),
          caption: `Half of ${formatCount(sorted.length, 'combination')} cost at most what the line says at 50 %.`
        }
      ]
    }
  ]
}

function tableSection({ axes, seeds }: SweepAnswer, combinations: readonly Combination[]): Section {
  const isSpread = combinations.some(({ seedSpread }) => seedSpread > 0)
  return {
    heading: 'Every combination',
    blocks: [
      {
        kind: 'table',
        caption: `${formatCount(combinations.length, 'combination')}, of ${formatCount(seeds.length, 'seed')} the best`,
        columns: [
          ...words(...axes.map(({ name }) => name)),
          ...numbers(
            'Cost an hour',
            'Gap',
            'Saves',
            'Migrations',
            'Nodes',
            'Takes',
            ...(isSpread ? ['Seeds differ by'] : [])
          ),
          ...words('')
        ],
        rows: combinations.map((combination) => describeRow(combination, isSpread))
      }
    ]
  }
}

function describeRow(combination: Combination, isSpread: boolean): string[] {
  const { labels, best, gap, seedSpread, records, solved } = combination
  if (best === null) {
    const [first] = records
    return [
      ...labels,
      ...new Array<string>(isSpread ? 7 : 6).fill('–'),
      `${first?.termination ?? ''}: ${first?.reason ?? ''}`
    ]
  }
  const { costPerHour, migrations, activeNodes } = best.objective
  return [
    ...labels,
    formatMoney(costPerHour),
    gapCell(gap),
    formatMoney(savingOf(combination)),
    formatAmount(migrations),
    formatAmount(activeNodes),
    formatDuration(best.makespanSeconds ?? 0),
    ...(isSpread ? [seedSpread === 0 ? '' : formatPercent(seedSpread)] : []),
    [
      ...(solved < records.length
        ? [`${formatAmount(records.length - solved)} of ${formatCount(records.length, 'seed')} failed`]
        : []),
      ...(best.unplaced > 0 ? [`${formatAmount(best.unplaced)} without a place`] : []),
      ...(best.violations > 0 ? [formatCount(best.violations, 'violation')] : []),
      ...(best.isWhole === false ? ['partial migration'] : [])
    ].join(', ')
  ]
}

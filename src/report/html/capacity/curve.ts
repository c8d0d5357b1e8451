import type { CurveAnswer, CurvePoint } from '../../../capacity/curve/curve.js'
import { lineChart } from '../../svg/line-chart.js'
import { scatterCurve } from '../../svg/scatter-curve.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent } from '../../text/numbers.js'
import type { Section } from '../section.js'
import type { Tile } from '../tiles.js'
import { type Facts, factsOf, renderAnswerPage } from './answer-page.js'
import { numbers } from './columns.js'
import { gapCell, gapTile } from './proof.js'

/** Cost against migrations as a page: the curve with its knee and its bounds, what a migration is worth, and when it pays. */
export function renderCurvePage(answer: CurveAnswer, madeFrom: Facts = []): string {
  const { points } = answer
  const subtitle = sentenceOf(answer)
  return renderAnswerPage(answer, factsOf(answer), madeFrom, {
    ...(subtitle === null ? {} : { subtitle }),
    tiles: tilesOf(answer),
    sections: points.length === 0 ? [] : [curveSection(answer), worthSection(answer), ...paybackSections(answer)]
  })
}

/** The knee, and the point beyond which nothing more is saved. */
function endsOf({ points, knee }: CurveAnswer): { at: CurvePoint; last: CurvePoint; share: number } | null {
  const at = knee === null ? undefined : points[knee]
  const last = points.at(-1)
  if (at === undefined || last === undefined) return null
  return { at, last, share: last.saving > 0 ? at.saving / last.saving : 1 }
}

function sentenceOf(answer: CurveAnswer): string | null {
  const ends = endsOf(answer)
  if (ends === null) return null
  const { at, last, share } = ends
  return `${formatCount(at.migrations, 'migration')} of ${formatAmount(last.migrations)} bring ${formatPercent(share)} of all that can be saved: ${formatMoney(at.costPerHour)} instead of ${formatMoney(answer.initialCostPerHour)} an hour.`
}

function tilesOf(answer: CurveAnswer): Tile[] {
  const ends = endsOf(answer)
  if (ends === null) return []
  const { at, last, share } = ends
  return [
    {
      label: 'Cost an hour at the knee',
      value: formatMoney(at.costPerHour),
      detail: `${formatMoney(answer.initialCostPerHour)} today`
    },
    {
      label: 'Migrations at the knee',
      value: formatAmount(at.migrations),
      detail: `${formatPercent(share)} of the saving, in ${formatDuration(at.makespanSeconds)}`
    },
    gapTile(at.gap, at.bound, 'with so few migrations costs less than'),
    {
      label: 'Cost with any number',
      value: formatMoney(last.costPerHour),
      detail: `${formatCount(last.migrations, 'migration')}, ${formatMoney(at.costPerHour - last.costPerHour)} an hour less than at the knee`
    },
    ...(at.paybackHours === null
      ? []
      : [
          {
            label: 'Pays back in',
            value: formatDuration(at.paybackHours * 3600),
            detail: 'the migrations up to the knee'
          }
        ])
  ]
}

/** What each point was allowed. */
function limitOf({ maxMigrations }: CurvePoint): string {
  return maxMigrations === null ? 'any' : formatAmount(maxMigrations)
}

function curveSection({ points, knee, price }: CurveAnswer): Section {
  const at = knee === null ? undefined : points[knee]
  return {
    heading: 'Cost against migrations',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          scatterCurve(
            {
              title: 'What so many migrations save',
              x: { label: 'migrations', kind: 'whole' },
              y: { label: 'cost', unit: 'an hour' },
              points: points.map(({ migrations, costPerHour, bound }) => ({
                x: migrations,
                y: costPerHour,
                bound,
                label: formatMoney(costPerHour)
              })),
              ...(knee === null || at === undefined
                ? {}
                : {
                    knee,
                    kneeLabel: `knee at ${formatAmount(at.migrations)}: ${formatMoney(at.costPerHour)}`
                  })
            },
            frame
          ),
        caption:
          'Each point is a plan that was found and checked. Whiskers lead down to what is proven: no plan with so many migrations costs less. The knee is the point farthest from the line between the first and the last (Kneedle, Satopää et al. 2011).',
        table: {
          caption: 'All points',
          columns: numbers(
            'At most',
            'Migrations',
            'Cost an hour',
            'Proven',
            'Gap',
            'Saves',
            'Per migration',
            ...(price === null ? [] : ['Migrations cost', 'Pays back in']),
            'Takes'
          ),
          rows: points.map((point) => [
            limitOf(point),
            formatAmount(point.migrations),
            formatMoney(point.costPerHour),
            formatMoney(point.bound),
            gapCell(point.gap),
            formatMoney(point.saving),
            point.savingPerMigration === null ? '' : formatMoney(point.savingPerMigration),
            ...(price === null
              ? []
              : [
                  point.migrationPrice === null ? '' : formatMoney(point.migrationPrice),
                  point.paybackHours === null ? '' : formatDuration(point.paybackHours * 3600)
                ]),
            formatDuration(point.makespanSeconds)
          ])
        }
      }
    ]
  }
}

function worthSection({ points }: CurveAnswer): Section {
  return {
    heading: 'What one more migration is worth',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          lineChart(
            {
              title: 'Saving for each further migration',
              x: { label: 'migrations', kind: 'whole' },
              y: { label: 'saving', unit: 'an hour' },
              series: [{ name: 'per migration', shape: 'step', points: stepsOf(points) }]
            },
            frame
          ),
        caption:
          'Between two points of the curve, what is saved more, divided by the migrations that are made more. It may rise where a node is released only once it is empty.'
      }
    ]
  }
}

/** From each point to the next, what a migration between them saves. */
function stepsOf(points: readonly CurvePoint[]) {
  const steps = points.slice(1).flatMap(({ savingPerMigration: y }, index) => {
    return y === null ? [] : [{ x: points[index]?.migrations ?? 0, y }]
  })
  const [last, end] = [steps.at(-1), points.at(-1)]
  return last === undefined || end === undefined ? steps : [...steps, { x: end.migrations, y: last.y }]
}

function paybackSections({ points, price }: CurveAnswer): Section[] {
  if (price === null || points.every(({ paybackHours }) => paybackHours === null)) return []
  return [
    {
      heading: 'When it has paid for itself',
      blocks: [
        {
          kind: 'figure',
          draw: (frame) =>
            lineChart(
              {
                title: 'Hours until the saving has paid for the migrations',
                x: { label: 'migrations', kind: 'whole' },
                y: { label: 'hours' },
                series: [
                  {
                    name: 'payback',
                    points: points.map(({ migrations, paybackHours }) => ({ x: migrations, y: paybackHours }))
                  }
                ]
              },
              frame
            ),
          caption: `At ${formatMoney(price.amount)} for ${price.from === 'option' ? 'a migration' : 'each unit of move cost'}.`
        }
      ]
    }
  ]
}

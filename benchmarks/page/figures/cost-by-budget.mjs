/** What it costs after moving little or much, load by load. */
import * as Plot from '@observablehq/plot'
import { OURS } from '../../ours.mjs'
import { budgetSentences } from '../budget-sentences.mjs'
import { tabulate } from '../data-table.mjs'
import { arrange, draw, element, WIDTH } from '../drawing.mjs'
import { heightForLabels, labelEnds, marginForLabels } from '../labels.mjs'
import { loadTitle, rowTitle } from '../savings-words.mjs'
import { BOUND_LOOK, lookOf } from '../series.mjs'
import { amount, budgetWords, dollars, roundDollars } from '../words.mjs'
import { roundTicks } from './axes.mjs'

/** @import { SavingsRow } from '../../measures/savings.mjs' */
/** @import { Figure } from '../figure.mjs' */
/** @import { Look } from '../series.mjs' */
/** @import { Scene } from '../scene.mjs' */

const LEFT = 76
const TOP = 44
const BOTTOM = 34

/** What is left to pay, from the narrowest budget on. @typedef {{ name: string, look: Look, points: { budget: string, cost: number }[] }} Line */

/** null where there are not two budgets. @type {(scene: Scene) => Figure | null} */
export function costByBudget({ savings, looks }) {
  if (new Set(savings.map(({ budgetShare }) => budgetShare)).size < 2) return null
  const instances = [...new Set(savings.map(({ instance }) => instance.name))]
  const panels = instances.map((name) => {
    const rows = savings.filter(({ instance }) => instance.name === name)
    return drawPanel(rows, {
      title: titleOf(rows, savings),
      lines: linesOf(rows, looks),
      isLast: name === instances.at(-1)
    })
  })
  return {
    id: 'cost-by-budget',
    title: 'Left to pay, by how much may move',
    axes:
      'For each load, lines of the cost per hour against the share of the replicas that may move, one for each contestant; the ' +
      'proven bound is dashed, and the cost before is the line at the top.',
    finding: budgetSentences(savings),
    reading:
      'Lower is better. From left to right more of the replicas that run may move. Below the ' +
      'dashed line there is no placement: that is proven. Each load has a scale of its own, which does not begin at 0.',
    picture: arrange(panels),
    table: tabulate(
      'Cost per hour by how much may move',
      [
        [
          'load, limit and contestant',
          'left',
          ({ row, saving }) => `${rowTitle(row, savings)}: ${saving.contestant.name}`
        ],
        ['before', 'right', ({ row }) => dollars(row.before)],
        ['after', 'right', ({ saving }) => dollars(saving.cost)],
        ['bound', 'right', ({ row }) => dollars(row.bound)],
        ['migrations', 'right', ({ saving }) => amount(saving.standing.migrations)],
        ['copies started', 'right', ({ saving }) => amount(saving.standing.starts)]
      ],
      savings.flatMap((row) => row.savings.map((saving) => ({ row, saving })))
    )
  }
}

/** @type {(rows: readonly SavingsRow[], all: readonly SavingsRow[]) => string} */
const titleOf = ([row], all) => (row === undefined ? '' : loadTitle(row, all))

/** This engine's line last, so that it lies above. @type {(rows: readonly SavingsRow[], looks: Scene['looks']) => Line[]} */
function linesOf(rows, looks) {
  const names = [...new Set(rows.flatMap(({ savings }) => savings.map(({ contestant }) => contestant.name)))]
  const lines = names.map((name) => ({
    name,
    look: lookOf(looks, name),
    points: pointsOf(rows, ({ savings }) => savings.find(({ contestant }) => contestant.name === name)?.cost ?? null)
  }))
  const bound = { name: 'proven bound', look: BOUND_LOOK, points: pointsOf(rows, (row) => row.bound) }
  return [bound, ...lines]
    .filter(({ points }) => points.length > 0)
    .sort((left, right) => Number(left.name === OURS) - Number(right.name === OURS))
}

/** @type {(rows: readonly SavingsRow[], take: (row: SavingsRow) => number | null) => Line['points']} */
function pointsOf(rows, take) {
  return rows.flatMap((row) => {
    const cost = take(row)
    return cost === null ? [] : [{ budget: budgetWords(row.budgetShare), cost }]
  })
}

/** @type {(rows: readonly SavingsRow[], panel: { title: string, lines: readonly Line[], isLast: boolean }) => Element} */
function drawPanel(rows, { title, lines, isLast }) {
  const before = rows[0]?.before ?? 0
  const costs = [before, ...lines.flatMap(({ points }) => points.map(({ cost }) => cost))]
  const least = Math.min(...costs)
  const bottom = least - Math.max((before - least) / 20, before / 100)
  const ticks = roundTicks(bottom, Math.max(...costs), 6)
  const foot = isLast ? 22 : 0
  const panelHeight = heightForLabels(lines.length, 240) + 20 + foot
  const marginRight = marginForLabels(lines.map(({ name }) => name))
  const right = WIDTH - marginRight
  return draw({
    height: panelHeight,
    marginTop: TOP,
    marginBottom: BOTTOM + foot,
    marginLeft: LEFT,
    marginRight,
    x: { type: 'point', domain: rows.map(({ budgetShare }) => budgetWords(budgetShare)), padding: 0.25 },
    y: { domain: [bottom, Math.max(...costs)] },
    marks: [
      Plot.gridY(ticks, { stroke: 'var(--rule)', strokeOpacity: 1 }),
      Plot.axisY(ticks, { tickSize: 0, label: null, tickFormat: roundDollars }),
      Plot.axisX({ tickSize: 0, label: null }),
      Plot.ruleY([before], { stroke: 'currentColor', strokeWidth: 1.2 }),
      ...lines.flatMap(drawLine),
      (_index, scales) => {
        const height = (/** @type {number} */ cost) => scales.y?.(cost) ?? 0
        const group = element('g', {})
        group.append(
          element('text', { x: 0, y: 14, 'text-anchor': 'start', 'font-weight': 600 }, title),
          element('text', { x: right, y: height(before) - 7, 'text-anchor': 'end' }, `before ${roundDollars(before)}`),
          labelEnds(
            lines.map(({ name, look, points }) => ({ name, look, y: height(points.at(-1)?.cost ?? before) })),
            new Map(),
            { x: right, top: TOP, bottom: height(least) + 10 }
          )
        )
        if (isLast) {
          const place = { x: (LEFT + right) / 2, y: panelHeight - 8 }
          group.append(
            element('text', { ...place, 'text-anchor': 'middle', fill: 'var(--muted)' }, 'replicas that may move')
          )
        }
        return /** @type {SVGElement} */ (group)
      }
    ]
  })
}

/** @type {(line: Line) => import('@observablehq/plot').Markish[]} */
function drawLine({ name, points, look }) {
  const { colour, dash, symbol, width } = look
  const line = Plot.line(points, { x: 'budget', y: 'cost', stroke: colour, strokeWidth: width, strokeDasharray: dash })
  if (look === BOUND_LOOK) return [line]
  return [line, Plot.dot(points, { x: 'budget', y: 'cost', fill: colour, symbol, r: name === OURS ? 4.5 : 3.5 })]
}

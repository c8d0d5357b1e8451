/** What everybody saves on the cluster, load by load. */
import * as Plot from '@observablehq/plot'
import { widestRows } from '../../measures/savings.mjs'
import { OURS } from '../../ours.mjs'
import { tabulate } from '../data-table.mjs'
import { arrange, element, WIDTH } from '../drawing.mjs'
import { loadTitle, savingsSentences } from '../savings-words.mjs'
import { lookOf } from '../series.mjs'
import { amount, count, dollars, roundDollars, shareAtMost } from '../words.mjs'
import { roundTicks } from './axes.mjs'
import { drawRows, roomForNames, roomForWords } from './rows.mjs'

/** @import { Saving, SavingsRow } from '../../measures/savings.mjs' */
/** @import { Figure } from '../figure.mjs' */
/** @import { Scene } from '../scene.mjs' */

const HEAD = 52

/** null where savings were not measured. @type {(scene: Scene) => Figure | null} */
export function savingsByLoad({ savings, looks }) {
  const rows = widestRows(savings)
  if (rows.length === 0) return null
  const most = Math.max(...rows.map(({ before }) => before))
  const ticks = roundTicks(0, most, 5)
  const labels = rows.map((row) => labelRows(row))
  const leftOf = Math.max(...labels.map(roomForNames))
  const rightOf = Math.max(...labels.map(roomForWords))
  const panels = rows.map((row, index) => {
    const placed = sortSavings(row).filter(({ cost }) => cost !== null)
    return drawRows({
      rows: labels[index] ?? [],
      looks,
      leftOf,
      rightOf,
      head: HEAD,
      foot: index === rows.length - 1 ? 44 : 26,
      x: { domain: [0, most] },
      marks: [
        Plot.gridX(ticks, { stroke: 'var(--rule)', strokeOpacity: 1 }),
        ...(index === rows.length - 1
          ? [Plot.axisX(ticks, { tickSize: 0, tickFormat: roundDollars, label: null })]
          : []),
        Plot.ruleX([row.before], { stroke: 'currentColor', strokeWidth: 1.2, insetTop: -22 }),
        ...(row.bound === null
          ? []
          : [
              Plot.ruleX([row.bound], {
                stroke: 'currentColor',
                strokeDasharray: '4 3',
                strokeWidth: 1.2,
                insetTop: -22
              })
            ]),
        Plot.ruleY(placed, {
          x1: ({ cost }) => cost,
          x2: row.before,
          y: ({ contestant }) => contestant.name,
          stroke: ({ contestant }) => lookOf(looks, contestant.name).colour,
          strokeWidth: 6,
          strokeOpacity: 0.35
        }),
        Plot.dot(placed, {
          x: 'cost',
          y: ({ contestant }) => contestant.name,
          r: 5,
          fill: ({ contestant }) => lookOf(looks, contestant.name).colour
        }),
        (_index, scales) => /** @type {SVGElement} */ (headings(row, rows, scales, leftOf))
      ]
    })
  })
  return {
    id: 'savings-by-load',
    title: 'Saved by load, from a simulated start',
    axes:
      'For each load a row for each contestant, with a dot at the cost per hour that is left and a band from there to the cost before; ' +
      'the proven bound is a dashed line.',
    finding: savingsSentences(rows),
    reading:
      'A dot is the cost that is left; the band from there to the line on the right is what is saved. Left of the dashed line there is no placement: that is proven.',
    picture: arrange(panels),
    table: tabulate(
      'Cost per hour and what is saved',
      [
        ['load and contestant', 'left', ({ row, saving }) => `${loadTitle(row, rows)}: ${saving.contestant.name}`],
        ['$ an hour before', 'right', ({ row }) => dollars(row.before)],
        ['after', 'right', ({ saving }) => dollars(saving.cost)],
        ['saved', 'right', ({ saving }) => dollars(saving.saved)],
        ['nodes released', 'right', ({ saving }) => amount(saving.savedNodes)],
        ['bound', 'right', ({ row }) => dollars(row.bound)],
        ['could be saved yet, at most', 'right', ({ saving }) => shareAtMost(saving.gap)]
      ],
      rows.flatMap((row) => sortSavings(row).map((saving) => ({ row, saving })))
    )
  }
}

/** Who saves most, first; of those who save the same, this engine. @type {(row: SavingsRow) => Saving[]} */
const sortSavings = ({ savings }) =>
  [...savings].sort((left, right) => {
    const [less, more] = [left, right].map(({ cost }) => cost ?? Number.MAX_VALUE)
    const difference = (less ?? 0) - (more ?? 0)
    return Math.abs(difference) > 1e-6 ? difference : rankOf(left) - rankOf(right)
  })

/** @type {(saving: Saving) => number} */
const rankOf = ({ contestant }) => (contestant.name === OURS ? 0 : 1)

/** @type {(row: SavingsRow) => import('./rows.mjs').Row[]} */
const labelRows = (row) =>
  sortSavings(row).map(({ contestant, saved, savedNodes, standing }) => ({
    name: contestant.name,
    words:
      saved === null
        ? standing.outcome === 'answered' || standing.outcome === 'silent'
          ? 'no placement'
          : standing.outcome
        : `saves ${roundDollars(saved)}${savedNodes === null ? '' : ` · ${count(savedNodes, 'node')}`}`
  }))

/** The load, and what the two lines are. @type {(row: SavingsRow, rows: readonly SavingsRow[], scales: import('@observablehq/plot').ScaleFunctions, left: number) => Element} */
function headings(row, rows, scales, left) {
  const group = element('g', { fill: 'currentColor' })
  const before = scales.x?.(row.before) ?? WIDTH
  group.append(
    element('text', { x: 0, y: 14, 'text-anchor': 'start', 'font-weight': 600 }, loadTitle(row, rows)),
    element('text', { x: before + 5, y: HEAD - 14, 'text-anchor': 'start' }, `before ${roundDollars(row.before)}`)
  )
  if (row.bound !== null) {
    const bound = scales.x?.(row.bound) ?? left
    const words = `bound ${roundDollars(row.bound)}`
    // Left of its line, unless the axis begins there.
    const isRoom = bound - left > 7.5 * words.length
    group.append(
      element(
        'text',
        { x: isRoom ? bound - 5 : bound + 5, y: HEAD - 14, 'text-anchor': isRoom ? 'end' : 'start' },
        words
      )
    )
  }
  return group
}

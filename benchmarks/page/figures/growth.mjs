/** How the time to a proof grows with the cluster. */
import * as Plot from '@observablehq/plot'
import { gapToProve } from '../../measures/growth.mjs'
import { LEAST_SECONDS } from '../../measures/performance-profile.mjs'
import { OURS } from '../../ours.mjs'
import { tabulate } from '../data-table.mjs'
import { arrange, draw, element, WIDTH } from '../drawing.mjs'
import { exponentWords, growthSentences } from '../exponent-words.mjs'
import { heightForLabels, labelEnds, marginForLabels } from '../labels.mjs'
import { lookOf } from '../series.mjs'
import { amount, duration, share } from '../words.mjs'
import { timeTick, timeTicks } from './axes.mjs'

/** @import { Column } from '../../markdown.mjs' */
/** @import { Growth } from '../../measures/growth.mjs' */
/** @import { Point } from '../../measures/fit-exponent.mjs' */
/** @import { Figure } from '../figure.mjs' */
/** @import { Scene } from '../scene.mjs' */

/** Room for the group's name. */
const TOP = 40

/** What is drawn of a contestant: proofs, and where the limit came first. @typedef {Growth & { late: Point[] }} Line */

/** null where sizes were not measured, or nothing was proven. @type {(scene: Scene) => Figure | null} */
export function growthOfTime({ growth, looks, report }) {
  const lines = growth.map((one) => ({ ...one, points: one.points.map(atLeast), late: lateOf(one) }))
  const drawn = lines.filter(({ points, late }) => points.length + late.length > 0)
  if (!drawn.some(({ points }) => points.length > 0)) return null
  const gap = gapToProve(report)
  const groups = [...new Set(drawn.map(({ group }) => group))]
  return {
    id: 'growth',
    title: 'How the time grows with the cluster',
    axes:
      'For each group of clusters that are alike, seconds to the proven gap against the number of nodes, both on logarithmic axes: a ' +
      'symbol for each size, a fitted line for each contestant, and a hollow triangle where the limit came first.',
    finding: growthSentences(growth, gap),
    items: growth.map(exponentWords),
    reading:
      'Both axes are logarithmic, so that a straight line is a power of the number of nodes and its slope the exponent, given with its ' +
      'standard error. A hollow triangle is a run that the limit ended.',
    picture: arrange(
      groups.map((group) =>
        drawGrowth(
          drawn.filter((one) => one.group === group),
          drawn,
          looks
        )
      )
    ),
    table: tableOf(growth, gap)
  }
}

/** A column for each size. @type {(growth: readonly Growth[], gap: number) => Figure['table']} */
function tableOf(growth, gap) {
  const sizes = new Set(growth.flatMap(({ points, leftOut }) => [...points, ...leftOut].map(({ nodes }) => nodes)))
  const sorted = [...sizes].sort((left, right) => left - right)
  return tabulate(
    `Time to a proven gap of ${share(gap)}, by number of nodes`,
    [
      ['contestant', 'left', ({ group, contestant }) => `${contestant.name}, ${group}`],
      ...sorted.map((nodes) => /** @type {Column<Growth>} */ ([amount(nodes), 'right', (one) => timeOn(one, nodes)]))
    ],
    growth
  )
}

/** Of all instances of this size. @type {(growth: Growth, size: number) => string} */
function timeOn({ points, leftOut }, size) {
  const words = [
    ...points.filter(({ nodes }) => nodes === size).map(({ seconds }) => duration(seconds)),
    ...leftOut
      .filter(({ nodes }) => nodes === size)
      .map(({ reason, limitSeconds }) => (reason === 'limit' ? `not in ${duration(limitSeconds)}` : reason))
  ]
  return words.length === 0 ? '–' : words.join('; ')
}

/** Logarithms have no 0. @type {<P extends Point>(point: P) => P} */
const atLeast = (point) => ({ ...point, seconds: Math.max(LEAST_SECONDS, point.seconds) })

/** @type {(growth: Growth) => Point[]} */
const lateOf = ({ leftOut }) =>
  leftOut.flatMap(({ reason, nodes, limitSeconds }) => (reason === 'limit' ? [{ nodes, seconds: limitSeconds }] : []))

/** One group, on the axes of all. @type {(lines: readonly Line[], drawn: readonly Line[], looks: Scene['looks']) => Element} */
function drawGrowth(lines, drawn, looks) {
  const all = drawn.flatMap(({ points, late }) => [...points, ...late])
  const seconds = all.map((point) => point.seconds)
  const nodes = all.map((point) => point.nodes)
  const height = heightForLabels(lines.length, 290) + TOP
  const marginRight = marginForLabels(drawn.map(({ contestant }) => contestant.name))
  const longest = Math.max(...seconds)
  const [quick, slow] = [10 ** Math.floor(Math.log10(Math.min(...seconds)) + 1e-9), longest * 1.15]
  const ticks = timeTicks(quick, longest)
  return draw({
    height,
    marginTop: TOP,
    marginRight,
    marginLeft: 66,
    marginBottom: 52,
    x: { type: 'log', domain: [Math.min(...nodes) / 1.2, Math.max(...nodes) * 1.2], label: null },
    y: { type: 'log', domain: [quick, slow], label: null },
    marks: [
      Plot.gridY(ticks, { stroke: 'var(--rule)', strokeOpacity: 1 }),
      Plot.axisY(ticks, { text: timeTick, tickSize: 0, label: null }),
      Plot.axisX(thin(nodes), { text: amount, tickSize: 4, label: 'nodes', labelAnchor: 'center', labelArrow: 'none' }),
      ...lines.flatMap((line, index) => drawLine(line, looks, 9 * (index - (lines.length - 1) / 2))),
      (_index, scales) => {
        const ends = lines.map(({ contestant: { name }, points, late }) => {
          const end = points.at(-1) ?? late.at(-1)
          return { name, x: (scales.x?.(end?.nodes) ?? 0) + 6, y: scales.y?.(end?.seconds) ?? 0 }
        })
        const group = element('g', {})
        group.append(
          element('text', { x: 0, y: 14, 'text-anchor': 'start', 'font-weight': 600 }, lines[0]?.group ?? ''),
          labelEnds(ends, looks, { x: WIDTH - marginRight, top: TOP, bottom: height - 58 })
        )
        return /** @type {SVGElement} */ (group)
      }
    ]
  })
}

/** @type {(line: Line, looks: Scene['looks'], aside: number) => import('@observablehq/plot').Markish[]} */
function drawLine({ contestant: { name }, points, late, fit }, looks, aside) {
  const { colour, dash, symbol, width } = lookOf(looks, name)
  const ends = fit === null ? [] : [points[0]?.nodes ?? 1, points.at(-1)?.nodes ?? 1]
  const line = ends.map((nodes) => [nodes, fit === null ? 1 : fit.factor * nodes ** fit.exponent])
  return [
    Plot.line(/** @type {[number, number][]} */ (line), { stroke: colour, strokeWidth: width, strokeDasharray: dash }),
    Plot.dot(points, { x: 'nodes', y: 'seconds', fill: colour, symbol, r: name === OURS ? 5 : 4 }),
    Plot.dot(late, {
      x: 'nodes',
      y: 'seconds',
      // Side by side, as all of them have the same limit.
      dx: aside,
      symbol: 'triangle',
      r: 3.5,
      fill: 'var(--page)',
      stroke: colour,
      strokeWidth: 1.5
    })
  ]
}

/** No two closer than labels are wide. @type {(sizes: readonly number[]) => number[]} */
function thin(sizes) {
  /** @type {number[]} */
  const kept = []
  for (const size of [...sizes].sort((left, right) => left - right))
    if (size >= (kept.at(-1) ?? 0) * 1.5) kept.push(size)
  return kept
}

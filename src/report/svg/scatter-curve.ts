import { type Axis, layOutAxis } from '../charts/axis.js'
import { describeChart, formatValue } from '../charts/describe.js'
import { thinOut } from '../charts/envelope.js'
import { readValue } from '../charts/series.js'
import { type Content, type Markup, markup } from '../markup.js'
import type { Entry } from './legend.js'
import { colourOf } from './palette.js'
import { type Frame, type Heading, px, readFrame } from './picture.js'
import { type Box, placeLabels } from './place-labels.js'
import { drawNothing, drawPlot, type Plot } from './plot.js'
import { tracePath } from './strokes.js'
import { fitText } from './text-width.js'

export interface CurvePoint {
  readonly x: number
  readonly y: number
  /** What is proven that y cannot be below; a whisker leads down to it. */
  readonly bound?: number | undefined
  /** Written beside the point where there is room. */
  readonly label?: string
}

export interface ScatterCurve extends Heading {
  readonly x: Axis
  /** Does not begin at 0 unless it says so. */
  readonly y: Axis
  /** By ascending x. */
  readonly points: readonly CurvePoint[]
  /** The index of the point beyond which more of x brings little; marked. */
  readonly knee?: number | undefined
  /** What the knee is called; = `knee`. */
  readonly kneeLabel?: string
}

const ROUND = 5
const RADIUS = 4
const RING = 8
const LONGEST_LABEL = 180

/** Points joined by a line, such as cost against migrations, with how far each may be from the best, and the knee marked. */
export function scatterCurve(chart: ScatterCurve, place: Frame = {}): Markup {
  const frame = readFrame(place)
  const all = chart.points.flatMap((point, index) => {
    const [x, y] = [readValue(point.x), readValue(point.y)]
    return x === null || y === null
      ? []
      : [{ ...point, x, y, bound: readValue(point.bound), isKnee: index === chart.knee }]
  })
  const named = [
    { name: chart.y.label, values: all.map(({ y }) => y) },
    ...(all.some(({ bound }) => bound !== null) ? [{ name: 'bound', values: all.map(({ bound }) => bound) }] : [])
  ]
  const heading = {
    title: chart.title,
    description: chart.description ?? `${describeChart(chart.x, chart.y, named)}${describeKnee(chart)}`
  }
  if (all.length === 0) return drawNothing(heading, frame)
  const points = all.sort((one, other) => one.x - other.x)
  const x = layOutAxis(
    chart.x,
    points.map((point) => point.x)
  )
  const y = layOutAxis(
    chart.y,
    points.flatMap((point) => [point.y, point.bound ?? point.y]),
    ROUND
  )
  const entries: Entry[] =
    named.length > 1
      ? [
          { name: chart.y.label, sample: 'line', series: 0 },
          { name: 'at least (proven)', sample: 'line', series: -2 }
        ]
      : []
  return drawPlot({
    ...{ heading, frame, x: chart.x, y: chart.y, scales: [x, y] },
    entries: (plot) =>
      entries.map((entry, index) => {
        const last = points.at(-1)
        return { ...entry, end: last === undefined ? undefined : plot.y(index === 0 ? last.y : (last.bound ?? last.y)) }
      }),
    draw: (plot) => drawPoints(points, chart, plot)
  })
}

type Read = Omit<CurvePoint, 'bound'> & { readonly bound: number | null; readonly isKnee: boolean }

function drawPoints(points: readonly Read[], { kneeLabel = 'knee' }: ScatterCurve, plot: Plot): Content {
  const thinned = new Set(
    thinOut(
      points.map(({ x }) => x),
      points.map(({ y }) => y),
      (plot.right - plot.left) / (RADIUS * 3)
    )
  )
  const shown = points.filter(({ isKnee }, index) => isKnee || thinned.has(index))
  const dots = shown.map((point) => ({ ...point, at: { x: plot.x(point.x), y: plot.y(point.y) } }))
  const knee = dots.find(({ isKnee }) => isKnee)
  const wanted = [
    ...(knee === undefined ? [] : [{ ...knee.at, label: fitText(kneeLabel, LONGEST_LABEL), isStrong: true }]),
    ...dots
      .filter(({ isKnee, label }) => !isKnee && label !== undefined && label !== '')
      .map(({ at, label = '' }) => ({ ...at, label: fitText(label, LONGEST_LABEL), isStrong: false }))
  ]
  const bounds = { left: plot.left, right: plot.right, top: plot.top - 6, bottom: plot.bottom - 2 }
  const whiskers = dots.flatMap(({ at, bound }) => (bound === null ? [] : [besideWhisker(at.x, at.y, plot.y(bound))]))
  const taken = [
    ...dots.map(({ at, isKnee }) => around(at.x, at.y, isKnee ? RING : RADIUS)),
    ...whiskers,
    ...alongLine(dots)
  ]
  const labels = placeLabels(wanted, taken, bounds)
  return [
    dots.map(({ at, bound }) => (bound === null ? null : drawWhisker(at.x, at.y, plot.y(bound)))),
    markup`<path class="line thin s1" d="${tracePath({ points }, plot)}"/>`,
    dots.map(({ at }) => markup`<circle class="dot ${colourOf(0)}" cx="${px(at.x)}" cy="${px(at.y)}" r="${RADIUS}"/>`),
    knee === undefined ? null : markup`<circle class="ring" cx="${px(knee.at.x)}" cy="${px(knee.at.y)}" r="${RING}"/>`,
    labels.map(
      ({ label, x, y, end, isStrong }) =>
        markup`<text class="${isStrong ? 'strong ' : ''}${end}" x="${px(x)}" y="${px(y)}">${label}</text>`
    )
  ]
}

/** Down to the bound, with a foot. */
function drawWhisker(x: number, y: number, bound: number): Markup | null {
  if (bound - y < RADIUS) return null
  return markup`<path class="line thin s0" stroke-dasharray="2 2" d="M${px(x)},${px(y)}V${px(bound)}"/><path class="line thin s0" d="M${px(x - 4)},${px(bound)}h8"/>`
}

function besideWhisker(x: number, y: number, bound: number): Box {
  return { left: x - 5, right: x + 5, top: y, bottom: Math.max(y, bound) + 2 }
}

function around(x: number, y: number, radius: number): Box {
  return { left: x - radius - 2, right: x + radius + 2, top: y - radius - 2, bottom: y + radius + 2 }
}

/** What the line takes between two points, in pieces, so that no label lies on it. */
function alongLine(dots: readonly { readonly at: { readonly x: number; readonly y: number } }[]): Box[] {
  return dots.slice(1).flatMap(({ at }, index) => {
    const before = dots[index]?.at ?? at
    const pieces = Math.max(1, Math.ceil(Math.hypot(at.x - before.x, at.y - before.y) / 8))
    return Array.from({ length: pieces }, (_, piece) => {
      const share = (piece + 0.5) / pieces
      const [x, y] = [before.x + (at.x - before.x) * share, before.y + (at.y - before.y) * share]
      return { left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 }
    })
  })
}

function describeKnee({ points, knee, x, y, kneeLabel = 'Knee' }: ScatterCurve): string {
  const point = knee === undefined ? undefined : points[knee]
  if (point === undefined) return ''
  const write = ({ format = formatValue }: Axis, value: number) => format(value)
  return ` ${kneeLabel}: ${x.label} ${write(x, point.x)}, ${y.label} ${write(y, point.y)}.`
}

import { type Axis, layOutAxis } from '../charts/axis.js'
import { describeChart } from '../charts/describe.js'
import { readPoints, type Series } from '../charts/series.js'
import type { Markup } from '../markup.js'
import type { Entry } from './legend.js'
import { type Frame, type Heading, readFrame } from './picture.js'
import { drawNothing, drawPlot } from './plot.js'
import { drawLine, tracePath } from './strokes.js'

export interface LineChart extends Heading {
  readonly x: Axis
  readonly y: Axis
  /** The first is drawn on top. Beyond twelve, the rest is counted and not drawn. */
  readonly series: readonly Series[]
}

/** More lines than this cannot be told from each other. */
const MOST = 12
const ROUND = 5

/** Lines, each named where it ends; of long ones the peaks are kept. */
export function lineChart(chart: LineChart, place: Frame = {}): Markup {
  const frame = readFrame(place)
  const all = chart.series.map((one) => ({ ...one, points: readPoints(one.points) }))
  const description =
    chart.description ??
    describeChart(
      chart.x,
      chart.y,
      all.map(({ name, points }) => ({ name, values: points.map(({ y }) => y) }))
    )
  const heading = { title: chart.title, description }
  const drawn = all.slice(0, MOST)
  const known = drawn.flatMap(({ points }) => points.filter(({ y }) => y !== null))
  if (known.length === 0) return drawNothing(heading, frame)
  const x = layOutAxis(
    chart.x,
    drawn.flatMap(({ points }) => points.map((point) => point.x))
  )
  const y = layOutAxis(
    { zero: true, ...chart.y },
    known.map((point) => point.y ?? 0),
    ROUND
  )
  const rest = all.length - drawn.length
  const note: Entry[] = rest > 0 ? [{ name: `and ${rest} more, not drawn`, sample: 'none', series: 0 }] : []
  return drawPlot({
    ...{ heading, frame, x: chart.x, y: chart.y, scales: [x, y] },
    entries: (plot) => [
      ...drawn
        .map(({ name, points }, series): Entry => {
          const end = points.filter((point) => point.y !== null).at(-1)?.y ?? undefined
          return { name, sample: 'line', series, end: end === undefined ? undefined : plot.y(end) }
        })
        .filter(({ name }) => name !== ''),
      ...note
    ],
    draw: (plot) => [...drawn.entries()].reverse().map(([series, one]) => drawLine(tracePath(one, plot), series))
  })
}

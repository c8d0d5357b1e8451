import { layOutAxis } from '../../charts/axis.js'
import { readPoints, type Series } from '../../charts/series.js'
import type { Style } from '../style.js'
import { makeCanvas, markOf } from './canvas.js'
import { type Part, paintSeries } from './parts.js'
import { type Entry, type PlotOptions, ROUND, renderNothing, renderPlot } from './plot.js'
import { drawSeries } from './strokes.js'

/**
 * Lines in Braille dots, or in ASCII, with axes and the name of each line where it ends. The first series is drawn on top. Long ones
 * are thinned out to what can be seen, and keep their peaks. No line is wider than the style.
 */
export function lineChart(series: readonly Series[], style: Style, options: PlotOptions): string[] {
  const known = series.map((one) => ({ ...one, points: readPoints(one.points) }))
  const points = known.flatMap((one) => one.points.filter(({ y }) => y !== null))
  if (points.length === 0) return renderNothing(options, style)
  const x = layOutAxis(
    options.x,
    known.flatMap((one) => one.points.map((point) => point.x))
  )
  const y = layOutAxis(
    { zero: true, ...options.y },
    points.map((point) => point.y ?? 0),
    ROUND
  )
  const entries = known.map(({ name, points }, index): Entry => {
    const end = points.filter((point) => point.y !== null).at(-1)?.y ?? null
    return { name, sample: drawSample(index, style), end: end === null ? null : y.at(end) }
  })
  const draw = (columns: number, lines: number): Part[][] => {
    const canvas = makeCanvas(columns, lines, style)
    for (const [index, one] of [...known.entries()].reverse()) drawSeries(canvas, one, index, x.at, y.at)
    return canvas.rows()
  }
  return renderPlot(options, [x, y], entries, draw, style)
}

const SAMPLE = 4

/** A short stretch of what a line looks like. */
function drawSample(index: number, style: Style): Part {
  if (style.ascii) return paintSeries(markOf(index), index, style)
  const canvas = makeCanvas(SAMPLE, 1, style)
  const level = { name: '', points: [0, 1].map((x) => ({ x, y: 0 })) }
  drawSeries(
    canvas,
    level,
    index,
    (x) => x,
    () => 0.4
  )
  return paintSeries(
    canvas
      .rows()
      .flat()
      .map(({ text }) => text)
      .join(''),
    index,
    style
  )
}

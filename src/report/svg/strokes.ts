import { area, curveLinear, curveStepAfter, line } from 'd3-shape'
import { thinOut } from '../charts/envelope.js'
import type { Point, Series } from '../charts/series.js'
import type { Markup } from '../markup.js'
import { markup } from '../markup.js'
import { colourOf, dashOf } from './palette.js'
import { makePath, type Path } from './path.js'
import type { Plot } from './plot.js'

/** One level in each so many pixels is all that can be seen. */
const PIXELS = 2

/** How many stretches of a long series are told from each other. */
export function stretchesOf({ left, right }: Pick<Plot, 'left' | 'right'>): number {
  return Math.max(1, Math.floor((right - left) / PIXELS))
}

/** d3-shape asks for all of a canvas, and draws lines and areas with straight edges by these three. */
const asContext = (path: Path) => path as unknown as CanvasRenderingContext2D

/** The course of a line, interrupted where nothing is known; a point alone becomes a short stroke. */
export function tracePath({ points, shape }: Pick<Series, 'points' | 'shape'>, plot: Plot): string {
  const kept = thinOut(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
    stretchesOf(plot)
  ).map((index) => points[index] as Point)
  const path = makePath()
  line<Point>()
    .defined(({ y }) => y !== null)
    .x(({ x }) => plot.x(x))
    .y(({ y }) => plot.y(y ?? 0))
    .curve(shape === 'step' ? curveStepAfter : curveLinear)
    .context(asContext(path))(kept)
  return path.toString()
}

/** A line of a series in its colour and its dashes; −1 and below: in the colour of the text. */
export function drawLine(path: string, series: number, kind = 'line'): Markup {
  return markup`<path class="${kind} ${colourOf(series)}"${dashOf(series < 0 ? -1 - series : series)} d="${path}"/>`
}

/** A band between two levels that hold until the next x. */
export function traceBand(levels: readonly { x: number; low: number; high: number }[], plot: Plot): string {
  const path = makePath()
  area<{ x: number; low: number; high: number }>()
    .x(({ x }) => plot.x(x))
    .y0(({ low }) => plot.y(low))
    .y1(({ high }) => plot.y(high))
    .curve(curveStepAfter)
    .context(asContext(path))([...levels])
  return path.toString()
}

import { thinOut } from '../../charts/envelope.js'
import { readPoints, type Series } from '../../charts/series.js'
import type { Canvas } from './canvas.js'

/** How many dots are drawn and then left out, by series: lines differ without colours, too. */
const DASHES = [
  [1, 0],
  [5, 4],
  [1, 2],
  [9, 5],
  [2, 4],
  [1, 4]
] as const

interface Dot {
  readonly x: number
  readonly y: number
}

/** Draws a line over the canvas; `x` and `y` say where a value is, from 0 at the left and at the bottom to 1. */
export function drawSeries(
  canvas: Canvas,
  { points, shape }: Series,
  index: number,
  x: (value: number) => number,
  y: (value: number) => number
): void {
  const known = readPoints(points)
  const kept = thinOut(
    known.map((point) => point.x),
    known.map((point) => point.y),
    canvas.across
  )
  const dots = kept.map((position) => {
    const point = known[position]
    if (point === undefined || point.y === null) return null
    return {
      x: Math.round(x(point.x) * (canvas.across - 1)),
      y: Math.round((1 - y(point.y)) * (canvas.down - 1))
    }
  })
  const [drawn, left] = (canvas.isFine ? DASHES[index % DASHES.length] : undefined) ?? DASHES[0]
  let travelled = 0
  const plot = (at: Dot) => {
    if (travelled++ % (drawn + left) < drawn) canvas.dot(at.x, at.y, index)
  }
  for (const [position, dot] of dots.entries()) {
    const before = dots[position - 1]
    if (dot === null) continue
    if (before == null) plot(dot)
    else if (shape === 'step') {
      connect(before, { x: dot.x, y: before.y }, plot)
      connect({ x: dot.x, y: before.y }, dot, plot)
    } else connect(before, dot, plot)
    if (turns(before, dot, dots[position + 1])) canvas.dot(dot.x, dot.y, index)
  }
}

/** Whether a dot is a peak, a trough or alone: it is drawn even where a dash leaves a gap. */
function turns(before: Dot | null | undefined, at: Dot, after: Dot | null | undefined): boolean {
  if (before == null || after == null) return true
  return (at.y - before.y) * (after.y - at.y) < 0
}

/** Every dot after the first up to the second, as straight as dots allow (Bresenham 1965). */
function connect(from: Dot, to: Dot, plot: (at: Dot) => void): void {
  const steps = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y))
  for (let step = 1; step <= steps; step++) {
    plot({
      x: from.x + Math.round(((to.x - from.x) * step) / steps),
      y: from.y + Math.round(((to.y - from.y) * step) / steps)
    })
  }
}

import { type Axis, layOutAxis } from '../charts/axis.js'
import { describeChart } from '../charts/describe.js'
import { thinOut } from '../charts/envelope.js'
import { type Band, readStack, type Stack, sumBands } from '../charts/series.js'
import { type Content, type Markup, markup } from '../markup.js'
import type { Entry } from './legend.js'
import { defineWeaves, fillOf } from './palette.js'
import { type Frame, type Heading, readFrame } from './picture.js'
import { drawNothing, drawPlot, type Plot } from './plot.js'
import { drawLine, stretchesOf, traceBand, tracePath } from './strokes.js'

export interface SteppedArea extends Heading, Stack {
  readonly x: Axis
  readonly y: Axis
}

/** More bands than this cannot be told from each other: the last is then the sum of the others. */
const MOST = 8
const ROUND = 5
/** Pixels a period. */
const CROWDED = 4

/** Bands on top of each other, period by period, and lines before them, such as demand or a bound; each named where it ends. */
export function steppedArea(chart: SteppedArea, place: Frame = {}): Markup {
  const frame = readFrame(place)
  const { starts, end, bands: all, lines } = readStack(chart)
  const description = chart.description ?? describeChart(chart.x, chart.y, [...all, ...lines])
  const heading = { title: chart.title, description }
  if (starts.length === 0 || all.length + lines.length === 0) return drawNothing(heading, frame)
  const bands = sumOthers(all)
  const sums = sumBands({ starts, bands })
  const levels = lines.flatMap(({ values }) => values.flatMap((value) => value ?? []))
  const x = layOutAxis(chart.x, [...starts, end])
  const y = layOutAxis({ ...chart.y, zero: true }, [...sums, ...levels], ROUND)
  const closed = (values: readonly (number | null)[]) =>
    [...starts, end].map((start, index) => ({ x: start, y: values[Math.min(index, values.length - 1)] ?? null }))
  return drawPlot({
    ...{ heading, frame, x: chart.x, y: chart.y, scales: [x, y] },
    entries: (plot) => [
      ...lines.map(({ name, values }, index): Entry => {
        const last = values.filter((value) => value !== null).at(-1) ?? undefined
        return { name, sample: 'line', series: -1 - index, end: last === undefined ? undefined : plot.y(last) }
      }),
      ...bands
        .map(({ name }, series): Entry => ({ name, sample: 'area', series, end: plot.y(middleOf(bands, series)) }))
        .reverse()
    ],
    draw: (plot) => [
      defineWeaves(bands.length, frame.id),
      drawBands(bands, starts, end, sums, plot),
      [...lines.entries()].reverse().map(([index, { values }]) => {
        const path = tracePath({ points: closed(values), shape: 'step' }, plot)
        // Where periods are only a few pixels wide, broad lines would hide what is behind them.
        if (starts.length > (plot.right - plot.left) / CROWDED) return drawLine(path, -1 - index, 'line fine')
        return markup`<path class="halo" d="${path}"/>${drawLine(path, -1 - index)}`
      })
    ]
  })
}

/** The level in the middle of a band in the last period. */
function middleOf(bands: readonly Band[], series: number): number {
  const last = (band: Band | undefined) => band?.values.at(-1) ?? 0
  return bands.slice(0, series).reduce((sum, band) => sum + last(band), 0) + last(bands[series]) / 2
}

/** The first bands, and all others as one. */
function sumOthers(bands: readonly Band[]): readonly Band[] {
  if (bands.length <= MOST) return bands
  const others = bands.slice(MOST - 1)
  const values = (bands[0]?.values ?? []).map((_, period) =>
    others.reduce((sum, band) => sum + (band.values[period] ?? 0), 0)
  )
  return [...bands.slice(0, MOST - 1), { name: `${others.length} others`, values }]
}

/** All bands at the same periods: those with the highest and the lowest stacks, where there are too many to see. */
function drawBands(
  bands: readonly Band[],
  starts: readonly number[],
  end: number,
  sums: readonly number[],
  plot: Plot
): Content {
  const kept = thinOut(starts, sums, stretchesOf(plot))
  const below = starts.map(() => 0)
  return bands.map(({ values }, series) => {
    const level = (period: number, x: number) => {
      const low = below[period] ?? 0
      return { x, low, high: low + (values[period] ?? 0) }
    }
    const levels = kept.map((period) => level(period, starts[period] ?? 0))
    const path = traceBand([...levels, level(starts.length - 1, end)], plot)
    for (const period of starts.keys()) below[period] = (below[period] ?? 0) + (values[period] ?? 0)
    return markup`<path fill="${fillOf(series, plot.id)}" d="${path}"/>`
  })
}

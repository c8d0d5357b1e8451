import { layOutAxis } from '../../charts/axis.js'
import { readStack, type Stack, sumBands } from '../../charts/series.js'
import type { Style } from '../style.js'
import { makeCanvas, markOf } from './canvas.js'
import { type Part, paintSeries } from './parts.js'
import { type Entry, type PlotOptions, ROUND, renderNothing, renderPlot } from './plot.js'
import { shade, shadeOf } from './shades.js'

/**
 * Bands on top of each other over time, and lines before them. A column shows the highest of the periods that share it, and of a line
 * its greatest value there. No line of text is wider than the style.
 */
export function areaChart(stack: Stack, style: Style, options: PlotOptions): string[] {
  const { starts, end, bands, lines } = readStack(stack)
  if (starts.length === 0) return renderNothing(options, style)
  const sums = sumBands({ starts, bands })
  const levels = lines.flatMap(({ values }) => values.flatMap((value) => value ?? []))
  const x = layOutAxis(options.x, [...starts, end])
  const y = layOutAxis({ ...options.y, zero: true }, [...sums, ...levels], ROUND)
  const last = (values: readonly (number | null)[]) => values.filter((value) => value !== null).at(-1) ?? null
  const middles = bands.map(({ values }, band) => {
    const below = bands.slice(0, band).reduce((sum, one) => sum + (one.values.at(-1) ?? 0), 0)
    return below + (values.at(-1) ?? 0) / 2
  })
  const entries: Entry[] = [
    ...lines.map(({ name, values }, index) => {
      const level = last(values)
      return { name, sample: sampleOf(bands.length + index, style), end: level === null ? null : y.at(level) }
    }),
    ...bands
      .map(({ name }, band) => ({ name, sample: shade(band, SAMPLE, style), end: y.at(middles[band] ?? 0) }))
      .reverse()
  ]
  const draw = (columns: number, rows: number): Part[][] => {
    const periods = periodsOf(starts, x.at, columns)
    const canvas = makeCanvas(columns, rows, style)
    for (const [index, { values }] of [...lines.entries()].reverse()) {
      const level = periods.map((here) => greatest(here.map((period) => values[period] ?? null)))
      drawLevel(
        level.map((value) => (value === null ? null : y.at(value))),
        bands.length + index,
        canvas
      )
    }
    const fronts = canvas.rows()
    const columnsOf = periods.map((here) => {
      const highest = here.reduce(
        (best, period) => ((sums[period] ?? 0) > (sums[best] ?? 0) ? period : best),
        here[0] ?? 0
      )
      return fillColumn(
        bands.map(({ values }) => y.at(values[highest] ?? 0) - y.at(0)),
        rows
      )
    })
    return fronts.map((front, row) =>
      overlay(
        front,
        columnsOf.map((column) => column[row] ?? -1),
        style
      )
    )
  }
  return renderPlot(options, [x, y], entries, draw, style)
}

const SAMPLE = 2

function sampleOf(series: number, style: Style): Part {
  return paintSeries(style.ascii ? markOf(series).repeat(SAMPLE) : '⠒'.repeat(SAMPLE), series, style)
}

/** The periods that each column shows: those that begin in it, else the one that goes on. */
function periodsOf(starts: readonly number[], at: (value: number) => number, columns: number): number[][] {
  const periods = Array.from({ length: columns }, (): number[] => [])
  for (const [period, start] of starts.entries()) {
    periods[Math.min(columns - 1, Math.max(0, Math.floor(at(start) * columns + 1e-9)))]?.push(period)
  }
  let current = 0
  return periods.map((here) => {
    current = here.at(-1) ?? current
    return here.length === 0 ? [current] : here
  })
}

function greatest(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? [])
  return known.length === 0 ? null : known.reduce((most, value) => Math.max(most, value))
}

/** The band in each row of a column, from the top; −1 above the stack. Ends are rounded and not heights. */
function fillColumn(shares: readonly number[], rows: number): number[] {
  const column = new Array<number>(rows).fill(-1)
  let [sum, filled] = [0, 0]
  for (const [band, share] of shares.entries()) {
    sum += share
    const end = Math.min(rows, Math.round(sum * rows))
    for (let row = filled; row < end; row++) column[rows - 1 - row] = band
    filled = Math.max(filled, end)
  }
  return column
}

/** A level in each column, and what joins it to the next. */
function drawLevel(shares: readonly (number | null)[], series: number, canvas: ReturnType<typeof makeCanvas>): void {
  const wide = canvas.across / Math.max(1, shares.length)
  let before: number | null = null
  for (const [column, share] of shares.entries()) {
    if (share === null) {
      before = null
      continue
    }
    const y = Math.round((1 - share) * (canvas.down - 1))
    for (let dot = 0; dot < wide; dot++) canvas.dot(column * wide + dot, y, series)
    if (before !== null) {
      for (let at = Math.min(before, y); at <= Math.max(before, y); at++) canvas.dot(column * wide, at, series)
    }
    before = y
  }
}

/** Lines before bands, character by character. */
function overlay(front: readonly Part[], bands: readonly number[], style: Style): Part[] {
  const cells = front.flatMap(({ text, paint }) =>
    [...text].map((sign): Part => (paint === undefined ? { text: sign } : { text: sign, paint }))
  )
  return bands.map((band, column) => {
    const cell = cells[column] ?? { text: ' ' }
    if (cell.text !== ' ' || band < 0) return cell
    return paintSeries(shadeOf(band, style), band, style)
  })
}

import { readValue } from '../../charts/series.js'
import { printable } from '../layout.js'
import { formatAmount } from '../numbers.js'
import type { Style } from '../style.js'
import type { BarOptions } from './bar-chart.js'
import { renderBarRows } from './bar-rows.js'
import { fitName, type Part, renderLegend } from './parts.js'
import { shade } from './shades.js'

export interface StackedBar {
  readonly label: string
  /** One for each part, 0 or more. */
  readonly values: readonly number[]
  readonly note?: string
}

/** Horizontal bars of parts, one a line, with the sum behind each and what the parts are called below. */
export function stackedBars(
  parts: readonly string[],
  rows: readonly StackedBar[],
  style: Style,
  { format = formatAmount }: BarOptions = {}
): string[] {
  if (rows.length === 0) return []
  const read = rows.map(({ values }) => parts.map((_, part) => Math.max(0, readValue(values[part]) ?? 0)))
  const sums = read.map((values) => values.reduce((sum, value) => sum + value, 0))
  const greatest = Math.max(...sums)
  const bars = rows.map(({ label, note = '' }, index) => ({
    label,
    value: printable(format(sums[index] ?? 0)),
    note: printable(note),
    bar: (columns: number) => drawParts(read[index] ?? [], greatest, columns, style)
  }))
  const legend = parts.map((name, part) => [shade(part, 2, style), { text: ` ${fitName(name, style.width - 3)}` }])
  return [...renderBarRows(bars, style), ...renderLegend(legend, style)]
}

/** Ends are rounded and not lengths, so that the bar is as long as its sum. */
function drawParts(values: readonly number[], greatest: number, columns: number, style: Style): Part[] {
  let [sum, drawn] = [0, 0]
  const parts = values.map((value, part) => {
    sum += value
    const end = greatest === 0 ? 0 : Math.round((sum / greatest) * columns)
    const length = end - drawn
    drawn = end
    return shade(part, length, style)
  })
  return [...parts, { text: ' '.repeat(Math.max(0, columns - drawn)) }]
}

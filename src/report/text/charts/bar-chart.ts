import { readValue } from '../../charts/series.js'
import { printable } from '../layout.js'
import { formatAmount } from '../numbers.js'
import type { Style } from '../style.js'
import { renderBarRows } from './bar-rows.js'
import type { Part } from './parts.js'

export interface Bar {
  readonly label: string
  /** null: not known; written as a dash, without a bar. Below 0 it is drawn to the left of the others. */
  readonly value: number | null
  /** Said behind the value, faintly. */
  readonly note?: string
}

export interface BarOptions {
  /** How values read, with their unit; = `1,234.5`. */
  readonly format?: (value: number) => string
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** Horizontal bars, one a line: label, bar, value, note. No line is wider than the style. */
export function barChart(rows: readonly Bar[], style: Style, { format = formatAmount }: BarOptions = {}): string[] {
  const values = rows.map(({ value }) => readValue(value))
  const greatest = Math.max(0, ...values.map((value) => value ?? 0))
  const least = Math.min(0, ...values.map((value) => value ?? 0))
  return renderBarRows(
    rows.map(({ label, note = '' }, index) => {
      const value = values[index] ?? null
      return {
        label,
        value: value === null ? (style.ascii ? '-' : '–') : printable(format(value)),
        note: printable(note),
        bar: (columns) => drawBar(value ?? 0, least, greatest, columns, style)
      }
    }),
    style
  )
}

function drawBar(value: number, least: number, greatest: number, columns: number, style: Style): Part[] {
  const span = greatest - least
  const before = span === 0 ? 0 : Math.round((-least / span) * columns)
  const after = columns - before
  const side = value < 0 ? before : after
  const reach = value < 0 ? -least : greatest
  const length = value === 0 || reach === 0 ? 0 : Math.min(side, (Math.abs(value) / reach) * side)
  if (value < 0) {
    const bar = (style.ascii ? '#' : '█').repeat(length > 0 && side > 0 ? Math.max(1, Math.round(length)) : 0)
    return [{ text: ' '.repeat(before - bar.length) }, paint(bar, 0, style), { text: ' '.repeat(after) }]
  }
  const bar = fill(length, side, style.ascii)
  return [{ text: ' '.repeat(before) }, paint(bar, 0, style), { text: ' '.repeat(after - bar.length) }]
}

function paint(text: string, index: number, style: Style): Part {
  return { text, paint: (bar) => style.series(bar, index) }
}

/** A bar that begins at the left, exact to an eighth of a column; what is not 0 is seen. */
function fill(length: number, room: number, ascii: boolean): string {
  if (length <= 0 || room <= 0) return ''
  if (ascii) return '#'.repeat(Math.max(1, Math.round(length)))
  const eighths = Math.max(1, Math.round(length * 8))
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')
}

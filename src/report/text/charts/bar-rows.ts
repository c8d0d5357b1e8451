import { displayWidth, padEnd, padStart, wrap } from '../layout.js'
import type { Style } from '../style.js'
import { fitName, joinParts, type Part } from './parts.js'

/** A row of a bar chart as it is written; its bar is drawn when it is known how much room there is. */
export interface BarRow {
  readonly label: string
  readonly value: string
  readonly note: string
  /** Exactly so many columns. */
  readonly bar: (columns: number) => Part[]
}

const WIDEST_BAR = 50
const NARROWEST_BAR = 12
const SHORTEST_LABEL = 6
/** Narrower notes stand on lines of their own. */
const NARROWEST_NOTE = 12
const BETWEEN = 2

/** Label, bar, value and note in columns; labels are shortened and notes moved below where the style's width asks for it. */
export function renderBarRows(rows: readonly BarRow[], style: Style): string[] {
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(displayWidth))
  const names = rows.map(({ label }) => fitName(label, Math.max(SHORTEST_LABEL, Math.floor(style.width / 3))))
  const valueWidth = widest(rows.map(({ value }) => value))
  const noteWidth = widest(rows.map(({ note }) => note))
  const besides = (note: number) => valueWidth + BETWEEN * 2 + (note > 0 ? note + BETWEEN : 0)
  const roomFor = (label: number, note: number) => style.width - label - besides(note)
  const wished = widest(names)
  const spare = roomFor(wished, noteWidth) - NARROWEST_BAR
  const note = spare >= 0 ? noteWidth : noteWidth + spare >= NARROWEST_NOTE ? noteWidth + spare : 0
  const label = Math.max(Math.min(wished, SHORTEST_LABEL), Math.min(wished, roomFor(0, note) - NARROWEST_BAR))
  const columns = Math.max(0, Math.min(WIDEST_BAR, roomFor(label, note)))
  const between = { text: ' '.repeat(BETWEEN) }
  return rows.flatMap((row, index) => {
    const notes = row.note === '' ? [] : wrap(row.note, note > 0 ? note : Math.max(1, style.width - BETWEEN * 2))
    const head: Part[] = [
      { text: padEnd(fitName(names[index] ?? '', label), label) },
      between,
      ...row.bar(columns),
      between,
      { text: padStart(row.value, valueWidth), paint: style.strong }
    ]
    const indent = note > 0 ? label + columns + valueWidth + 3 * BETWEEN : BETWEEN * 2
    const aside = (text: string): Part[] => [{ text: ' '.repeat(indent) }, { text, paint: style.faint }]
    const [first = '', ...others] = note > 0 ? notes : ['', ...notes]
    return [
      joinParts(first === '' ? head : [...head, between, { text: first, paint: style.faint }], style),
      ...others.map((text) => joinParts(aside(text), style))
    ]
  })
}

import { type Axis, nameAxis, type Scale } from '../../charts/axis.js'
import { spread } from '../../charts/spread.js'
import { displayWidth, padStart, printable } from '../layout.js'
import type { Style } from '../style.js'
import { fitName, joinParts, type Part, renderLegend } from './parts.js'

export interface PlotOptions {
  readonly x: Axis
  readonly y: Axis
  /** Lines that the picture itself takes, without axes and labels; = 10. */
  readonly height?: number
}

/** What a series is called, and what it is drawn with. */
export interface Entry {
  readonly name: string
  readonly sample: Part
  /** Where it ends, from 0 at the bottom to 1; null: nowhere. */
  readonly end: number | null
}

const HEIGHT = 10
/** Axes end at multiples of about this part of what they show. */
export const ROUND = 5
/** As many columns as an axis and its mark take. */
const AXIS = 2
const NARROWEST_PLOT = 20

/** What is drawn between two axes, for so many columns. */
export type Draw = (columns: number, lines: number) => Part[][]

/** Axes with marks and labels around a picture, and the names of its series beside it, or below where there is no room. */
export function renderPlot(
  { x, y, height = HEIGHT }: PlotOptions,
  [across, upright]: readonly [Scale, Scale],
  entries: readonly Entry[],
  draw: Draw,
  style: Style
): string[] {
  const lines = Math.max(2, Math.floor(height))
  const marks = new Map(
    upright
      .marks(Math.max(2, Math.floor(lines / 3)))
      .map(({ value, label }) => [rowOf(upright.at(value), lines, style), label])
  )
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(displayWidth))
  const left = Math.min(widest([...marks.values()].map(printable)), Math.floor(style.width / 4))
  const beside = entries.length < 2 ? [] : placeNames(entries, lines, style)
  const wished = widest(beside.map(({ name }) => name))
  const right = wished === 0 ? 0 : wished + 2 + widest(entries.map(({ sample }) => sample.text))
  const isBeside = right > 0 && style.width - left - AXIS - right >= NARROWEST_PLOT
  const columns = Math.max(1, style.width - left - AXIS - (isBeside ? right : 0))
  const named = new Map(isBeside ? beside.map((one) => [one.row, one]) : [])
  const body = draw(columns, lines).map((parts, row) => {
    const mark = marks.get(row)
    const name = named.get(row)
    const axis = mark === undefined ? ' │' : ' ┤'
    return joinParts(
      [
        { text: padStart(fitName(mark ?? '', left), left) + inAscii(axis, style), paint: style.faint },
        ...parts,
        ...(name === undefined ? [] : [{ text: ' ' }, name.sample, { text: ` ${name.name}` }])
      ],
      style
    )
  })
  const faint = (text: string) => joinParts([{ text: inAscii(text, style), paint: style.faint }], style)
  const legend =
    entries.length < 2 || isBeside
      ? []
      : entries.map(({ name, sample }) => [sample, { text: ` ${fitName(name, style.width - left - 8)}` }])
  return [
    faint(printable(nameAxis(y))),
    ...body,
    ...renderAcross(across, left, columns).map(faint),
    faint(padStart(printable(nameAxis(x)), left + AXIS + columns)),
    ...renderLegend(legend, style, left + AXIS)
  ]
}

/** Which of so many lines shows a share of the height, on a canvas as `makeCanvas` makes it. */
function rowOf(share: number, lines: number, { ascii }: Style): number {
  const dots = ascii ? 1 : 4
  return Math.min(lines - 1, Math.max(0, Math.floor(Math.round((1 - share) * (lines * dots - 1)) / dots)))
}

/** Names on lines of their own near the ends of their series; none where there are more than lines. */
function placeNames(entries: readonly Entry[], lines: number, style: Style): (Entry & { row: number })[] {
  if (entries.length > lines) return []
  const rows = spread(
    entries.map(({ end }) => rowOf(end ?? 0, lines, style)),
    1,
    0,
    lines - 1
  )
  return entries.map((entry, index) => ({
    ...entry,
    name: fitName(entry.name, Math.floor(style.width / 4)),
    row: Math.round(rows[index] ?? 0)
  }))
}

/** The axis across and the labels of its marks, as many as have room. */
function renderAcross(scale: Scale, left: number, columns: number): string[] {
  const placed = placeMarks(scale, columns)
  const axis = new Array<string>(columns).fill('─')
  let labels = ''
  for (const { column, begin, label } of placed) {
    axis[column] = '┬'
    labels += ' '.repeat(Math.max(0, begin - displayWidth(labels))) + label
  }
  return [`${' '.repeat(left + 1)}└${axis.join('')}`, ' '.repeat(left + AXIS) + labels]
}

function placeMarks(scale: Scale, columns: number): { column: number; begin: number; label: string }[] {
  for (let count = Math.max(2, Math.floor(columns / 7)); count > 0; count--) {
    const placed = scale.marks(count).map(({ value, label: name }) => {
      const label = printable(name)
      const column = Math.min(columns - 1, Math.max(0, Math.round(scale.at(value) * (columns - 1))))
      const width = displayWidth(label)
      return { column, label, width, begin: Math.max(0, Math.min(columns - width, column - Math.floor(width / 2))) }
    })
    const overlaps = placed.some(({ begin }, index) => {
      const before = placed[index - 1]
      return before !== undefined && before.begin + before.width + 2 > begin
    })
    if (!overlaps && placed.every(({ width }) => width <= columns)) return placed
  }
  return []
}

const ASCII: Readonly<Record<string, string>> = { '│': '|', '┤': '+', '└': '+', '─': '-', '┬': '+' }

function inAscii(text: string, { ascii }: Style): string {
  return ascii ? text.replace(/[│┤└─┬]/g, (sign) => ASCII[sign] ?? sign) : text
}

/** What is said of a chart without anything in it. */
export function renderNothing({ y }: PlotOptions, style: Style): string[] {
  return [joinParts([{ text: `${printable(nameAxis(y))}: nothing to draw`, paint: style.faint }], style)]
}

import { type Axis, layOutAxis, nameAxis } from '../charts/axis.js'
import { formatValue } from '../charts/describe.js'
import { readValue } from '../charts/series.js'
import { type Content, type Markup, markup } from '../markup.js'
import { drawAbove, type Entry } from './legend.js'
import { defineWeaves, fillOf } from './palette.js'
import { drawText, drawTitle, type Frame, type Heading, NARROW, px, readFrame, writePicture } from './picture.js'
import { drawNothing } from './plot.js'
import { BOLD, textWidth } from './text-width.js'

export interface BarRow {
  readonly label: string
  /** One for each part. Without parts a single one, below 0 too; null: not known. */
  readonly values: readonly (number | null)[]
  /** Said at the end of the bar; = the sum. */
  readonly written?: string
  /** What is proven of the value: drawn over the bar, from the least to the greatest that it can be. */
  readonly range?: readonly [least: number, greatest: number]
  /** Said behind that, faintly. */
  readonly note?: string
}

export interface BarChart extends Heading {
  readonly value: Axis
  /** What stacked bars consist of, from the left. */
  readonly parts?: readonly string[]
  /** From the top; beyond forty, the rest is counted and not drawn. */
  readonly rows: readonly BarRow[]
}

const MOST = 40
const BAR = 16
const ROW = 27
const GAP = 10
/** Between a bar and its sum. */
const SPACE = 7

/** Horizontal bars, one a row: its name, its parts, their sum and a note. */
export function barChart(chart: BarChart, place: Frame = {}): Markup {
  const frame = readFrame(place)
  const { width, id } = frame
  const { format = formatValue } = chart.value
  const parts = chart.parts ?? ['']
  const rows = chart.rows.slice(0, MOST).map((row) => readRow(row, parts.length, chart.parts !== undefined, format))
  const description = chart.description ?? describeBars(chart, rows)
  const heading = { title: chart.title, description }
  if (rows.length === 0) return drawNothing(heading, frame)
  const title = drawTitle(chart.title, width)
  const entries = (chart.parts ?? []).map((name, series): Entry => ({ name, sample: 'area', series }))
  const legend = drawAbove(entries, { top: title.bottom + 2, width, id })
  const top = title.bottom + legend.height + (entries.length > 0 ? 24 : 18)
  const layout = layOutRows(rows, frame)
  const scale = layOutAxis(
    { ...chart.value, zero: true },
    rows.flatMap(({ sum, range }) => [...(sum === null ? [] : [sum]), ...(range ?? [])])
  )
  const at = (value: number) => layout.left + scale.at(value) * (layout.right - layout.left)
  const rest = chart.rows.length - rows.length
  const bottom = top + 8 + rows.length * layout.step
  const drawn = markup`${title.drawn}${legend.drawn}${defineWeaves(parts.length, id)}
${drawText(nameAxis(chart.value), { x: 0, y: top - 4, width, kind: 'faint' })}
${rows.map((row, index) => drawRow(row, top + 8 + index * layout.step, layout, at, frame))}
${layout.isNarrow ? null : markup`<path class="axis" d="M${px(at(0))},${px(top + 6)}V${px(bottom)}"/>`}
${rest > 0 ? drawText(`and ${rest} more, not drawn`, { x: 0, y: bottom + 16, width, kind: 'faint' }) : null}`
  return writePicture(heading, frame, bottom + (rest > 0 ? 26 : 8), drawn)
}

interface Row {
  readonly label: string
  readonly values: readonly number[]
  /** null: not known. */
  readonly sum: number | null
  readonly written: string
  readonly range: readonly [number, number] | null
  readonly note: string
}

function readRow(
  { label, values, written, range, note = '' }: BarRow,
  parts: number,
  isStacked: boolean,
  format: (value: number) => string
): Row {
  const known = Array.from({ length: parts }, (_, part) => readValue(values[part]))
  const isKnown = known.some((value) => value !== null)
  const read = known.map((value) => (isStacked ? Math.max(0, value ?? 0) : (value ?? 0)))
  const sum = isKnown ? read.reduce((total, value) => total + value, 0) : null
  const said = sum === null ? 'not known' : format(sum)
  return { label, values: read, sum, written: written ?? said, range: readRange(range), note }
}

function readRange(range: BarRow['range']): Row['range'] {
  const [least, greatest] = [readValue(range?.[0]), readValue(range?.[1])]
  return least === null || greatest === null || least > greatest ? null : [least, greatest]
}

interface Layout {
  readonly isNarrow: boolean
  readonly step: number
  /** How wide. */
  readonly names: number
  readonly sums: number
  readonly notes: number
  /** Where bars may be. */
  readonly left: number
  readonly right: number
}

/** Names to the left and notes to the right of the bars, or both above them where it is narrow. */
function layOutRows(rows: readonly Row[], { width }: Required<Frame>): Layout {
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => textWidth(text)))
  const isNarrow = width < NARROW
  const sums = Math.min(width / 3, widest(rows.map(({ written }) => written)))
  const values = sums * BOLD + SPACE
  const before = rows.some(({ sum }) => sum !== null && sum < 0) ? values : 0
  const after = rows.some(({ sum }) => sum === null || sum >= 0) ? values : 0
  if (isNarrow) {
    return {
      ...{ isNarrow, sums },
      step: ROW + 19,
      names: width * 0.6,
      notes: width * 0.4 - GAP,
      left: before,
      right: width - after
    }
  }
  const names = Math.min(width * 0.28, widest(rows.map(({ label }) => label)))
  const notes = Math.min(width * 0.28, widest(rows.map(({ note }) => note)))
  const left = names + GAP + before
  return { ...{ isNarrow, sums, names, notes, left }, step: ROW, right: width - after - (notes > 0 ? notes + GAP : 0) }
}

function drawRow(
  { label, values, sum, written, range, note }: Row,
  top: number,
  { isNarrow, names, sums, notes }: Layout,
  at: (value: number) => number,
  { width, id }: Required<Frame>
): Content {
  const y = isNarrow ? top + 19 : top + (ROW - BAR) / 2
  const middle = y + BAR / 2 + 4
  const isBelow = sum !== null && sum < 0
  const [least, greatest] = range ?? [0, 0]
  const end = isBelow ? at(Math.min(sum, least)) : at(Math.max(sum ?? 0, greatest))
  let from = 0
  const bars = values.map((value, series) => {
    const [begin, stop] = [at(from), at(from + value)].sort((one, other) => one - other) as [number, number]
    from += value
    if (value === 0) return null
    // What is not 0 is seen.
    const shown = Math.max(1, stop - begin)
    return markup`<rect x="${px(value < 0 ? stop - shown : begin)}" y="${px(y)}" width="${px(shown)}" height="${BAR}" fill="${fillOf(series, id)}"/>`
  })
  const value = {
    x: isBelow ? end - SPACE : end + SPACE,
    y: middle,
    width: sums,
    kind: isBelow ? 'strong end' : 'strong'
  }
  const name = isNarrow ? { x: 0, y: top + 14, width: names } : { x: names, y: middle, width: names, kind: 'end' }
  const aside = isNarrow
    ? { x: width - 1, y: top + 14, width: notes, kind: 'faint end' }
    : { x: width - notes, y: middle, width: notes, kind: 'faint' }
  // Names stand above narrow bars, and no line goes through them.
  const axis = isNarrow ? markup`<path class="axis" d="M${px(at(0))},${px(y - 2)}v${BAR + 4}"/>` : null
  return markup`${drawText(label, name)}${bars}${axis}${range !== null && drawRange(at(least), at(greatest), y)}${drawText(written, value)}${drawText(note, aside)}`
}

/** A line from the least to the greatest with a foot at each, seen on bars and on the page. */
function drawRange(left: number, right: number, top: number): Markup {
  const [x, y] = [px(left), px(top + BAR / 2)]
  const path = `M${x},${px(y - 4)}v8M${x},${y}H${px(right)}M${px(right)},${px(y - 4)}v8`
  return markup`<path class="halo" d="${path}"/><path class="line s0" d="${path}"/>`
}

const MOST_TOLD = 20

function describeBars({ value, parts, rows: all }: BarChart, rows: readonly Row[]): string {
  const { format = formatValue } = value
  const told = rows.slice(0, MOST_TOLD).map(({ label, written, range }) => {
    const between = range === null ? '' : `, between ${format(range[0])} and ${format(range[1])}`
    return `${label}: ${written}${between}.`
  })
  const untold = all.length - told.length
  const made = parts === undefined ? '' : ` Bars consist of ${parts.join(', ')}.`
  return `${nameAxis(value)}.${made} ${told.join(' ')}${untold > 0 ? ` And ${untold} more.` : ''}`
}

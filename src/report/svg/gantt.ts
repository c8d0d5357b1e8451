import { layOutAxis, nameAxis } from '../charts/axis.js'
import { type Content, type Markup, markup } from '../markup.js'
import { formatClock } from '../text/numbers.js'
import { drawAbove, type Entry } from './legend.js'
import { defineWeaves, fillOf } from './palette.js'
import { drawText, drawTitle, type Frame, type Heading, NARROW, px, readFrame, writePicture } from './picture.js'
import { drawNothing } from './plot.js'
import { textWidth } from './text-width.js'

/** A stretch of time in a row. */
export interface GanttSpan {
  readonly first: number
  readonly last: number
  /** Index in `parts`; −1: nothing of its own happens, and a thin line leads on. */
  readonly part: number
}

export interface GanttRow {
  readonly label: string
  /** Said behind it, faintly. */
  readonly note?: string
  readonly spans: readonly GanttSpan[]
  /** When something happens at once. */
  readonly marks?: readonly number[]
}

/** What happens when, a row for each whom it happens to. */
export interface Gantt extends Heading {
  /** What a stretch may be. */
  readonly parts: readonly string[]
  /** What a mark is. */
  readonly mark?: string
  readonly rows: readonly GanttRow[]
  /** In seconds. */
  readonly end: number
}

const ROW = 22
const BAR = 12
const MARK = 5
const NAME_LINE = 15

/** Bars over time, one row below the other; names beside them, above them where it is narrow. */
export function gantt(chart: Gantt, place: Frame = {}): Markup {
  const frame = readFrame(place)
  const { width, id } = frame
  const { title, parts, mark, rows, end } = chart
  const heading = { title, description: chart.description ?? describeGantt(chart) }
  if (rows.length === 0) return drawNothing(heading, frame)
  const isNarrow = width < NARROW
  const axis = { label: 'time since the beginning', kind: 'time' } as const
  const scale = layOutAxis(axis, [0, end])
  const top = drawTitle(title, width)
  const entries = parts.map((name, series): Entry => ({ name, sample: 'area', series }))
  const note: Entry[] = mark === undefined ? [] : [{ name: `◆ ${mark}`, sample: 'none', series: 0 }]
  const legend = drawAbove([...entries, ...note], { top: top.bottom + 2, width, id })
  const widest = (texts: readonly string[], most: number) =>
    Math.min(most, Math.max(0, ...texts.map((text) => textWidth(text))))
  const names = isNarrow
    ? 0
    : widest(
        rows.map(({ label }) => label),
        width * 0.22
      )
  const notes = isNarrow
    ? 0
    : widest(
        rows.map((row) => row.note ?? ''),
        width * 0.3
      )
  const left = names === 0 ? MARK : names + 12
  const right = width - (notes === 0 ? MARK : notes + 14)
  const at = (seconds: number) => left + scale.at(Math.max(0, Math.min(end, seconds))) * (right - left)
  const step = isNarrow ? ROW + NAME_LINE : ROW
  const first = top.bottom + legend.height + 12
  const bottom = first + rows.length * step
  const drawn = rows.map(({ label, note: said = '', spans, marks = [] }, index): Content => {
    const upper = first + index * step + (isNarrow ? NAME_LINE : 0)
    const middle = upper + ROW / 2
    const name = isNarrow
      ? [
          drawText(label, { x: 0, y: upper - 1, width: width * 0.45 }),
          drawText(said, { x: width, y: upper - 1, width: width * 0.52, kind: 'faint end' })
        ]
      : [
          drawText(label, { x: names, y: middle + 4, width: names, kind: 'end' }),
          drawText(said, { x: right + 14, y: middle + 4, width: notes, kind: 'faint' })
        ]
    // Short stretches last, so that long ones do not cover them.
    const ordered = [...spans].sort((one, other) => other.last - other.first - (one.last - one.first))
    return [
      name,
      ordered.map((span) => drawSpan(span, at, middle, id)),
      marks.map((seconds) => {
        const x = px(at(seconds))
        return markup`<path d="M${x},${px(middle - MARK)}l${MARK},${MARK}l${-MARK},${MARK}l${-MARK},${-MARK}z"/>`
      })
    ]
  })
  const ticks = scale.marks(isNarrow ? 4 : 8).map(({ value, label }) => {
    const half = textWidth(label) / 2
    const x = Math.min(width - half, Math.max(half, at(value)))
    return markup`<path class="grid" d="M${px(at(value))},${px(first)}V${px(bottom)}"/>${drawText(label, { x, y: bottom + 16, width: 2 * half + 1, kind: 'faint middle' })}`
  })
  const body = markup`${defineWeaves(parts.length, id)}${top.drawn}${legend.drawn}${ticks}${drawn}
<path class="axis" d="M${px(left)},${px(bottom)}H${px(right)}"/>
${drawText(nameAxis(axis), { x: right, y: bottom + 34, width: right, kind: 'faint end' })}`
  return writePicture(heading, frame, bottom + 42, body)
}

function drawSpan({ first, last, part }: GanttSpan, at: (seconds: number) => number, middle: number, id: string) {
  const [x, width] = [at(first), Math.max(1, at(last) - at(first))]
  if (part < 0) return markup`<path class="axis" d="M${px(x)},${px(middle)}h${px(width)}"/>`
  return markup`<rect x="${px(x)}" y="${px(middle - BAR / 2)}" width="${px(width)}" height="${BAR}" rx="2" fill="${fillOf(part, id)}"/>`
}

const MOST_TOLD = 12

function describeGantt({ rows, end }: Gantt): string {
  const told = rows.slice(0, MOST_TOLD).map(({ label, spans, marks = [] }) => {
    const times = [...spans.flatMap(({ first, last }) => [first, last]), ...marks]
    const [begin, stop] = [Math.min(...times), Math.max(...times)]
    return times.length === 0 ? `${label}.` : `${label}: ${formatClock(begin)} to ${formatClock(stop)}.`
  })
  const rest = rows.length - told.length
  return [`In all ${formatClock(end)}.`, ...told, ...(rest > 0 ? [`And ${rest} more.`] : [])].join(' ')
}

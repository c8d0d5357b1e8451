import { type Axis, type Mark, nameAxis, type Scale } from '../charts/axis.js'
import { type Content, type Markup, markup } from '../markup.js'
import { drawAbove, drawBeside, type Entry, legendHeight, legendWidth } from './legend.js'
import { drawText, drawTitle, type Frame, type Heading, NARROW, px, writePicture } from './picture.js'
import { textWidth } from './text-width.js'

/** Where values are drawn. */
export interface Plot {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly id: string
}

interface PlotParts {
  readonly heading: Required<Heading>
  readonly frame: Required<Frame>
  readonly x: Axis
  readonly y: Axis
  readonly scales: readonly [Scale, Scale]
  /** The names of the series, once it is known where values are drawn. */
  readonly entries: (plot: Pick<Plot, 'y'>) => readonly Entry[]
  /** What stands between the axes. */
  readonly draw: (plot: Plot) => Content
}

const AXIS_NAME = 18
const MARKS_BELOW = 20
/** Room for half a letter beyond the axis. */
const MARGIN = 10

/** A picture between two axes: title, axes with names and marks, and the names of the series beside or above it. */
export function drawPlot({ heading, frame, x, y, scales: [across, upright], entries, draw }: PlotParts): Markup {
  const { width, id } = frame
  const isNarrow = width < NARROW
  const title = drawTitle(heading.title, width)
  const named = entries({ y: () => 0 })
  const above = isNarrow ? drawAbove(named, { top: title.bottom + 2, width, id }) : { drawn: null, height: 0 }
  const beside = isNarrow ? 0 : legendWidth(named, width)
  const top = title.bottom + above.height + AXIS_NAME + 12
  const height = isNarrow ? frame.height : Math.max(frame.height, legendHeight(named))
  const bottom = top + height
  const upMarks = upright.marks(Math.max(2, Math.min(6, Math.round(height / 45))))
  const left = Math.min(width / 3, Math.max(0, ...upMarks.map(({ label }) => textWidth(label))) + 8)
  const right = width - Math.max(beside, MARGIN)
  const plot: Plot = {
    x: (value) => left + across.at(value) * (right - left),
    y: (value) => bottom - upright.at(value) * height,
    ...{ left, right, top, bottom, id }
  }
  const parts = markup`${title.drawn}${above.drawn}
${drawText(nameAxis(y), { x: 0, y: top - 14, width, kind: 'faint' })}
${upMarks.map((mark) => drawMark(mark, plot))}
${draw(plot)}
<path class="axis" d="M${px(left)},${px(bottom)}H${px(right)}"/>
${drawAcross(across, plot, width)}
${drawText(nameAxis(x), { x: right, y: bottom + MARKS_BELOW + AXIS_NAME, width: right, kind: 'faint end' })}
${isNarrow ? null : drawBeside(entries(plot), { left: right, top, bottom, width: beside, id })}`
  return writePicture(heading, frame, bottom + MARKS_BELOW + AXIS_NAME + 8, parts)
}

function drawMark({ value, label }: Mark, { y, left, right, bottom }: Plot): Markup {
  const at = px(y(value))
  const line = Math.abs(at - bottom) < 0.5 ? null : markup`<path class="grid" d="M${px(left)},${at}H${px(right)}"/>`
  return markup`${line}${drawText(label, { x: left - 8, y: at + 4, width: left - 8, kind: 'faint end' })}`
}

/** Marks along the bottom, as many as have room for their labels. */
function drawAcross(scale: Scale, { x, left, right, bottom }: Plot, width: number): Content {
  for (let count = Math.max(2, Math.floor((right - left) / (width < NARROW ? 38 : 60))); count > 0; count--) {
    const placed = scale.marks(count).map(({ value, label }) => {
      const half = textWidth(label) / 2
      return { at: x(value), label, half, middle: Math.min(width - half, Math.max(half, x(value))) }
    })
    const isTooFull = placed.some((one, index) => {
      const before = placed[index - 1]
      return one.half * 2 > width || (before !== undefined && before.middle + before.half + 10 > one.middle - one.half)
    })
    if (isTooFull) continue
    return placed.map(
      ({ at, label, middle, half }) =>
        markup`<path class="axis" d="M${px(at)},${px(bottom)}v4"/>${drawText(label, { x: middle, y: bottom + MARKS_BELOW - 2, width: half * 2, kind: 'faint middle' })}`
    )
  }
  return null
}

/** What is said of a picture without anything in it. */
export function drawNothing(heading: Required<Heading>, frame: Required<Frame>): Markup {
  const title = drawTitle(heading.title, frame.width)
  return writePicture(
    heading,
    frame,
    title.bottom + 40,
    markup`${title.drawn}${drawText('Nothing to draw', { x: 0, y: title.bottom + 18, width: frame.width, kind: 'faint' })}`
  )
}

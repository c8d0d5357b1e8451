import { spread } from '../charts/spread.js'
import { type Content, type Markup, markup } from '../markup.js'
import { colourOf, dashOf, fillOf } from './palette.js'
import { drawText, px } from './picture.js'
import { textWidth } from './text-width.js'

/** What a series is called, what it looks like, and where it ends. */
export interface Entry {
  readonly name: string
  readonly sample: 'line' | 'area' | 'none'
  /** Numbered from 0; −1 and below: lines in the colour of the text. */
  readonly series: number
  /** Where it ends, in pixels from the top; undefined: nowhere. */
  readonly end?: number | undefined
}

const SAMPLE = 18
const AFTER = 6
const LINE = 17
const WIDEST_NAME = 170
const LEADER = 16

/** How wide the names are beside a picture, with what leads to them. */
export function legendWidth(entries: readonly Entry[], width: number): number {
  if (entries.length === 0) return 0
  const names = entries.map(({ name }) => textWidth(name))
  return LEADER + SAMPLE + AFTER + Math.min(WIDEST_NAME, width / 4, Math.max(...names))
}

/** How high names beside a picture are in all. */
export function legendHeight(entries: readonly Entry[]): number {
  return entries.length * LINE
}

/** Names to the right of a picture, each as near as can be to where its series ends. */
export function drawBeside(
  entries: readonly Entry[],
  { left, top, bottom, width, id }: { left: number; top: number; bottom: number; width: number; id: string }
): Markup {
  const places = spread(
    entries.map(({ end }) => end ?? bottom),
    LINE,
    top + LINE / 2,
    bottom - LINE / 2 + 4
  )
  return markup`${entries.map((entry, index) => {
    const y = places[index] ?? top
    const x = left + LEADER
    const leader =
      entry.end === undefined || entry.sample === 'none'
        ? null
        : markup`<path class="leader" d="M${px(left + 3)},${px(entry.end)}L${px(x - 3)},${px(y)}"/>`
    return markup`${leader}${drawEntry(entry, x, y, width - LEADER - SAMPLE - AFTER, id)}`
  })}`
}

/** Names above a picture, as many in a line as fit, and how high they are in all. */
export function drawAbove(
  entries: readonly Entry[],
  { top, width, id }: { top: number; width: number; id: string }
): { drawn: Content; height: number } {
  let [x, y] = [0, top + LINE / 2]
  const drawn = entries.map((entry) => {
    const name = Math.min(textWidth(entry.name), width - SAMPLE - AFTER)
    if (x > 0 && x + SAMPLE + AFTER + name > width) {
      x = 0
      y += LINE
    }
    const part = drawEntry(entry, x, y, name, id)
    x += SAMPLE + AFTER + name + 14
    return part
  })
  return { drawn, height: entries.length === 0 ? 0 : y + LINE / 2 - top }
}

function drawEntry(entry: Entry, x: number, y: number, width: number, id: string): Markup {
  const isNote = entry.sample === 'none'
  const text = { x: isNote ? x : x + SAMPLE + AFTER, y: y + 4, width: isNote ? width + SAMPLE + AFTER : width }
  return markup`${drawSample(entry, x, y, id)}${drawText(entry.name, isNote ? { ...text, kind: 'faint' } : text)}`
}

function drawSample({ sample, series }: Entry, x: number, y: number, id: string): Markup | null {
  if (sample === 'none') return null
  if (sample === 'area') {
    return markup`<rect x="${px(x)}" y="${px(y - 5)}" width="${SAMPLE}" height="10" rx="2" fill="${fillOf(series, id)}"/>`
  }
  return markup`<path class="line ${colourOf(series)}"${dashOf(series < 0 ? -1 - series : series)} d="M${px(x)},${px(y)}h${SAMPLE}"/>`
}

/** Names beside what they name, none above another. */
import { element, FONT_SIZE } from './drawing.mjs'
import { lookOf } from './series.mjs'

/** @import { Look } from './series.mjs' */

const LINE_HEIGHT = 17
const MOST_CHARACTERS = 30
/** As much of a line as tells its dashes. */
const KEY = 22

/** Cut in the middle where it is longer than pictures have room for; tables have it whole. @type {(name: string) => string} */
function shorten(name) {
  const characters = [...name]
  if (characters.length <= MOST_CHARACTERS) return name
  // Both ends tell names apart: `HiGHS, aggregated, rows` and `HiGHS, aggregated, rows, start`.
  const tail = Math.floor(MOST_CHARACTERS / 2) - 1
  return `${characters.slice(0, MOST_CHARACTERS - 1 - tail).join('')}…${characters.slice(-tail).join('')}`
}

/** About as wide as this text is drawn; nobody can measure it here. @type {(text: string, size?: number) => number} */
export function widthOfText(text, size = FONT_SIZE) {
  const ems = [...text].reduce((total, character) => total + ((character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.56), 0)
  return ems * size
}

/** The room that names need. @type {(names: readonly string[]) => number} */
export const widthOfNames = (names) => Math.max(0, ...names.map((name) => widthOfText(shorten(name))))

/** A name, and where what it names ends; the look of another thing than a contestant. @typedef {{ name: string, y: number, x?: number, look?: Look }} Label */

/**
 * Heights for labels as close to where they belong as they can be in their order, none nearer than a line to another.
 *
 * @type {(wanted: readonly number[], top: number, bottom: number, distance?: number) => number[]}
 */
export function spread(wanted, top, bottom, distance = LINE_HEIGHT) {
  const order = wanted.map((_, index) => index).sort((left, right) => (wanted[left] ?? 0) - (wanted[right] ?? 0))
  const room = Math.min(distance, order.length > 1 ? (bottom - top) / (order.length - 1) : distance)
  const placed = wanted.map(() => 0)
  let least = top
  for (const index of order) {
    placed[index] = Math.max(least, wanted[index] ?? 0)
    least = placed[index] + room
  }
  let most = bottom
  for (const index of order.reverse()) {
    placed[index] = Math.min(most, placed[index] ?? 0)
    most = placed[index] - room
  }
  return placed
}

/**
 * Labels right of a chart, each joined by a line to the end of what it names.
 *
 * @type {(labels: readonly Label[], looks: ReadonlyMap<string, Look>, place: { x: number, top: number, bottom: number }) => Element}
 */
export function labelEnds(labels, looks, { x, top, bottom }) {
  const heights = spread(
    labels.map(({ y }) => y),
    top,
    bottom
  )
  const group = element('g', { fill: 'none', 'text-anchor': 'start' })
  for (const [index, { name, y, x: end = x, look = lookOf(looks, name) }] of labels.entries()) {
    const height = heights[index] ?? y
    const { colour, dash, width, isOurs } = look
    group.append(
      element('path', { d: `M${end + 3},${y}L${x + 5},${y}L${x + 15},${height}`, stroke: 'var(--leader)' }),
      element('path', {
        d: `M${x + 15},${height}h${KEY}`,
        stroke: colour,
        'stroke-width': width,
        ...(dash === '' ? {} : { 'stroke-dasharray': dash })
      }),
      labelText(name, { x: x + 20 + KEY, y: height, isOurs })
    )
  }
  return group
}

/** isWhole: never cut. @type {(name: string, place: { x: number, y: number, isOurs: boolean, anchor?: string, isWhole?: boolean }) => Element} */
export function labelText(name, { x, y, isOurs, anchor = 'start', isWhole = false }) {
  return element(
    'text',
    {
      x,
      y,
      dy: '0.32em',
      fill: 'currentColor',
      'text-anchor': anchor,
      ...(isOurs ? { 'font-weight': 600 } : {})
    },
    isWhole ? name : shorten(name)
  )
}

/** What labels right of a chart need. @type {(names: readonly string[]) => number} */
export const marginForLabels = (names) => 20 + KEY + widthOfNames(names) + 10

/** How high a chart has to be so that so many labels stand beside it. @type {(labels: number, least: number) => number} */
export const heightForLabels = (labels, least) => Math.max(least, labels * LINE_HEIGHT + 60)

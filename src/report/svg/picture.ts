import { type Content, Markup, markup } from '../markup.js'
import { chartStyles, colours } from './palette.js'
import { BOLD, fitText, SIZE, wrapText } from './text-width.js'

/** The place of a picture. */
export interface Frame {
  /** In pixels, at the size at which letters are of 12; = 760. Below 560 names stand above the picture instead of beside it. */
  readonly width?: number
  /** Of what is drawn between the axes, in pixels; = 240, or 200 where narrow. */
  readonly height?: number
  /** Begins the ids in the picture: unique in a page, letters, digits and hyphens; = `chart`. */
  readonly id?: string
}

/** What every picture says of itself. */
export interface Heading {
  readonly title: string
  /** For those who do not see it; = what is drawn against what, and where each series begins and ends. */
  readonly description?: string
}

export const NARROW = 560
const NARROWEST = 240

/** A frame with its defaults. */
export function readFrame({ width = 760, height, id = 'chart' }: Frame): Required<Frame> {
  const wide = Math.max(NARROWEST, width)
  return { width: wide, height: height ?? (wide < NARROW ? 200 : 240), id: id.replace(/[^a-zA-Z0-9-]/g, '-') }
}

/** A coordinate, in tenths. */
export function px(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 10) / 10 : 0
}

const TITLE_LINE = 20

/** The title of a picture, in one line or two, and where it ends. */
export function drawTitle(title: string, width: number): { drawn: Content; bottom: number } {
  const lines = wrapText(title, width / BOLD, SIZE.title, 2)
  return {
    drawn: lines.map((line, index) => markup`<text class="title" x="0" y="${TITLE_LINE * index + 18}">${line}</text>`),
    bottom: lines.length * TITLE_LINE + 8
  }
}

/** A text that keeps to a width, with the whole of it for whoever points at it. */
export function drawText(
  text: string,
  { x, y, width, kind = '' }: { x: number; y: number; width: number; kind?: string }
): Markup {
  const shown = fitText(text, width)
  if (shown === '') return markup``
  const whole = shown === text ? null : markup`<title>${text}</title>`
  return markup`<text${kind === '' ? null : markup` class="${kind}"`} x="${px(x)}" y="${px(y)}">${shown}${whole}</text>`
}

/** A picture put together: as an element of a page. */
export function writePicture(
  { title, description }: Required<Heading>,
  { width, id }: Required<Frame>,
  height: number,
  parts: Content
): Markup {
  return markup`<svg class="chart" viewBox="0 0 ${px(width)} ${px(height)}" role="img" aria-labelledby="${id}-title ${id}-description"><title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>${parts}</svg>`
}

/** A picture as a file by itself, with its colours, light and dark. */
export function writeSvgFile(picture: Markup): string {
  const own = `${colours}\n${chartStyles}\nsvg { background: var(--page); }`
  return `${picture.text
    .replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replace('</desc>', () => `</desc><style>${new Markup(own)}</style>`)}\n`
}

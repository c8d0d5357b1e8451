import { displayWidth, printable, shorten, truncate } from '../layout.js'
import type { Style } from '../style.js'

/** A stretch of a line that looks alike. */
export interface Part {
  readonly text: string
  readonly paint?: (text: string) => string
}

/** Parts put together to a line of at most so many columns, without spaces at its end. */
export function joinParts(parts: readonly Part[], { width, ascii }: Style): string {
  let room = width
  const cut: Part[] = []
  for (const { text, ...paint } of parts) {
    if (room <= 0) break
    const kept = truncate(text, room)
    room -= displayWidth(kept)
    cut.push({ text: kept, ...paint })
  }
  while (cut.length > 0) {
    const last = cut.pop() as Part
    const text = last.text.trimEnd()
    if (text === '') continue
    cut.push({ ...last, text })
    break
  }
  return cut.map(({ text, paint = asItIs }) => paint(ascii ? text.replaceAll('…', '~') : text)).join('')
}

/** A name from a user in at most so many columns. */
export function fitName(name: string, width: number): string {
  return width <= 0 ? '' : shorten(printable(name), width)
}

/** A part in the colour of its series; none below 0. */
export function paintSeries(text: string, series: number, style: Style): Part {
  return series < 0 ? { text } : { text, paint: (drawn) => style.series(drawn, series) }
}

/** Entries of a legend, as many on a line as fit. */
export function renderLegend(entries: readonly (readonly Part[])[], style: Style, indent = 0): string[] {
  const lines: Part[][] = []
  let used = 0
  for (const entry of entries) {
    const width = entry.reduce((sum, { text }) => sum + displayWidth(text), 0)
    const line = lines.at(-1)
    if (line !== undefined && used + 3 + width <= style.width) {
      line.push({ text: '   ' }, ...entry)
      used += 3 + width
    } else {
      lines.push([{ text: ' '.repeat(indent) }, ...entry])
      used = indent + width
    }
  }
  return lines.map((parts) => joinParts(parts, style))
}

const asItIs = (text: string) => text

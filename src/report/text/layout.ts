import type { Style } from './style.js'

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })
const WIDE =
  /\p{Extended_Pictographic}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[！-｠]/u
// Control characters, those that change the direction of text, and halves of pairs: a name must not drive the terminal.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** A name from a file as it may stand on a terminal: what would control it is written as an escape. */
export function printable(name: string): string {
  return name.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of our own styles.
const STYLING = /\x1b\[\d+m/g

const ASCII = /^[ -~]*$/

/** Columns that a printable text takes on a terminal, styled or not. */
export function displayWidth(text: string): number {
  const plain = text.replace(STYLING, '')
  // Finding graphemes takes long, and most texts have none of more than one character.
  if (ASCII.test(plain)) return plain.length
  let width = 0
  for (const { segment } of GRAPHEMES.segment(plain)) width += WIDE.test(segment) ? 2 : 1
  return width
}

/** The text, or as much of it as fits with an ellipsis at its end. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let kept = ''
  let used = 1
  for (const { segment } of GRAPHEMES.segment(text)) {
    used += displayWidth(segment)
    if (used > width) break
    kept += segment
  }
  return `${kept}…`
}

/** The text with spaces after it, in at least so many columns. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** The text with spaces before it, in at least so many columns. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text
}

/** The text, or its beginning and its end with an ellipsis between them: of a name both tell it from others. */
export function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  const begin = truncate(text, Math.ceil((width + 1) / 2))
  const graphemes = [...GRAPHEMES.segment(text)].map(({ segment }) => segment)
  let end = ''
  let used = displayWidth(begin)
  for (const grapheme of graphemes.reverse()) {
    used += displayWidth(grapheme)
    if (used > width) break
    end = grapheme + end
  }
  return begin + end
}

/** The space between a number and the units that reports have. */
const NUMBER_AND_UNIT = /(?<=\d) (?=(?:%|s|min|h)(?![\p{L}\p{N}]))/gu

/**
 * The text in lines of at most so many columns, broken between words; a longer word keeps a line of its own. A no-break space
 * (U+00A0) holds two words together, and becomes a plain one; a number and its unit hold together anyway.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.replace(NUMBER_AND_UNIT, '\u00a0').split(' ')) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].map((words) => words.replaceAll('\u00a0', ' '))
}

/** Rows with columns as wide as their widest cell, two spaces apart, nothing after the last. */
export function alignColumns(rows: readonly (readonly string[])[], ends: readonly ('left' | 'right')[]): string[] {
  const widths = ends.map((_, column) => Math.max(0, ...rows.map((row) => displayWidth(row[column] ?? ''))))
  return rows.map((row) =>
    ends
      .map((end, column) => (end === 'left' ? padEnd : padStart)(row[column] ?? '', widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  )
}

/** Sentences in lines that keep to the width of a style, two columns in. */
export function indent(sentences: readonly string[], { width }: Pick<Style, 'width'>): string[] {
  return sentences.flatMap((sentence) => wrap(sentence, width - 2).map((line) => `  ${line}`))
}

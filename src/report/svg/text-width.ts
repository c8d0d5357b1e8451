import { printable, shorten } from '../text/layout.js'

/** Sizes of letters in pictures, in units of the picture. */
export const SIZE = { title: 15, text: 12 } as const

/** How much wider bold letters are. */
export const BOLD = 1.12

const NARROW = /[ijlIfrt.,:;'|!()[\] /\\`\-·]/
const BROAD = /[mwMW@%…→—]/
const CAPITAL = /\p{Lu}/u
const LETTER_OR_DIGIT = /[\p{Ll}\p{Nd}]/u
const PLAIN = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}\p{P}\p{S}\p{Zs}]$/u
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * About how wide a text is drawn, in units of its size. Fonts differ: this is for broad ones, such as Verdana and DejaVu Sans, so
 * that others have room to spare.
 */
export function textWidth(text: string, size: number = SIZE.text): number {
  let width = 0
  for (const { segment } of GRAPHEMES.segment(text)) width += graphemeWidth(segment)
  return width * size
}

function graphemeWidth(grapheme: string): number {
  if (NARROW.test(grapheme)) return 0.42
  if (BROAD.test(grapheme)) return 1
  if (CAPITAL.test(grapheme)) return 0.78
  if (PLAIN.test(grapheme)) return LETTER_OR_DIGIT.test(grapheme) ? 0.64 : 0.84
  // Wide scripts and pictures, and letters put together from several characters.
  return Math.min(4, Math.max(1.4, 0.7 * [...grapheme].length))
}

/** A name from a user as it may be seen, its beginning and its end where all of it would be wider. */
export function fitText(name: string, width: number, size: number = SIZE.text): string {
  const seen = printable(name)
  if (textWidth(seen, size) <= width) return seen
  let [least, most] = [0, Math.ceil(width / (0.42 * size))]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (textWidth(shorten(seen, middle), size) <= width) least = middle
    else most = middle - 1
  }
  return least < 1 ? '' : shorten(seen, least)
}

/** A text in so many lines at most, none wider; what does not fit into the last is left out of its middle. */
export function wrapText(text: string, width: number, size: number, lines: number): string[] {
  const words = printable(text).split(' ')
  const wrapped: string[] = []
  let line = ''
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || textWidth(longer, size) <= width) {
      line = longer
      continue
    }
    if (wrapped.length === lines - 1) {
      line = [line, ...words.slice(index)].join(' ')
      break
    }
    wrapped.push(line)
    line = word
  }
  return [...wrapped, line].map((one) => fitText(one, width, size)).filter((one) => one !== '')
}

/** HTML and SVG put together so that no text becomes markup by accident. */
import { printable } from './text/layout.js'

/** Text that is markup already. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

/** What may stand in a template; nothing is written for null, undefined and false. */
export type Content = string | number | null | undefined | false | Markup | readonly Content[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

/** What XML and HTML have no place for: halves of surrogate pairs, and what Unicode says is no character. */
const NO_CHARACTERS = /\p{Cs}|\p{Noncharacter_Code_Point}/gu

/** Text, such as a name from a user, as it may stand in an element or between quotes: what would control it is seen as an escape. */
export function escapeText(text: string): string {
  return printable(text)
    .replace(NO_CHARACTERS, '\ufffd')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
}

/** A template whose values are escaped, unless they are markup. */
export function markup(parts: TemplateStringsArray, ...values: Content[]): Markup {
  return new Markup(String.raw({ raw: parts }, ...values.map(write)))
}

function write(value: Content): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'object') return value.map(write).join('')
  return escapeText(String(value))
}

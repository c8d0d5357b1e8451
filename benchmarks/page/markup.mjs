/** HTML put together so that no text becomes markup by accident. */

/** Text that is markup already. */
export class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text
  }
  toString() {
    return this.text
  }
}

/** What may stand in a template; nothing is written for null and false. @typedef {string | number | null | false | Markup | readonly Content[]} Content */

/** @type {Record<string, string>} */
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Control characters that HTML forbids, apart from white space. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** @type {(text: string) => string} */
export const escapeText = (text) =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** A template whose values are escaped, unless they are markup. @type {(parts: TemplateStringsArray, ...values: Content[]) => Markup} */
export function markup(parts, ...values) {
  return new Markup(String.raw({ raw: parts }, ...values.map(write)))
}

/** @type {(value: Content) => string} */
function write(value) {
  if (value === null || value === false) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'object') return value.map(write).join('')
  return escapeText(String(value))
}

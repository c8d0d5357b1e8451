/** Sentences as HTML. */

import { Markup, markup } from '../../dist/src/report/markup.js'
import { OURS } from '../ours.mjs'

/** @import { Content } from '../../dist/src/report/markup.js' */

/** Numbers stay on the line of their units, and this engine's name in one piece. @type {(text: string) => Markup} */
export function prose(text) {
  const joined = text.replace(/(?<=\d) (?=(?:%|s|nodes?|GiB|MB|cores?)(?![a-z]))/g, '\u00a0')
  const [first = '', ...rest] = joined.split(OURS)
  return markup`${first}${rest.map((part) => [NAME, part])}`
}

const NAME = new Markup(`<span class="name">${OURS}</span>`)

/** @type {(text: string) => Markup} */
export const paragraph = (text) => markup`<p>${prose(text)}</p>\n`

/** @type {(items: readonly string[]) => Markup} */
export const list = (items) =>
  markup`<ul>\n${items.map((item) => /** @type {Content} */ (markup`<li>${prose(item)}</li>\n`))}</ul>`

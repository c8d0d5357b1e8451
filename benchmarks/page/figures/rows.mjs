/** Charts with a row for each contestant: its name on the left, words on the right. */
import { draw, element } from '../drawing.mjs'
import { labelText, widthOfNames, widthOfText } from '../labels.mjs'
import { lookOf } from '../series.mjs'

/** @import { Markish, ScaleOptions } from '@observablehq/plot' */
/** @import { Look } from '../series.mjs' */

const ROW_HEIGHT = 22

/** @typedef {{ name: string, words: string }} Row */

/**
 * Marks find their rows on the scale `y`, by name.
 *
 * @typedef {object} RowsOptions
 * @property {readonly Row[]} rows From above.
 * @property {ReadonlyMap<string, Look>} looks
 * @property {ScaleOptions} x
 * @property {readonly Markish[]} marks
 * @property {string} [wordsTitle] Above the words.
 * @property {number} [head] Room above the rows.
 * @property {number} [foot] Room below them.
 * @property {number} [leftOf] At least so much room for names, so that charts below one another agree.
 * @property {number} [rightOf] At least so much room for words.
 */

/** @type {(options: RowsOptions) => Element} */
export function drawRows({ rows, looks, x, marks, wordsTitle = '', head = 12, foot = 34, leftOf = 0, rightOf = 0 }) {
  const marginLeft = Math.max(leftOf, roomForNames(rows))
  const marginRight = Math.max(rightOf, roomForWords([...rows, { name: '', words: wordsTitle }]))
  return draw({
    height: head + rows.length * ROW_HEIGHT + foot,
    marginTop: head,
    marginBottom: foot,
    marginLeft,
    marginRight,
    x: { label: null, axis: null, ...x },
    y: { type: 'point', domain: rows.map(({ name }) => name), padding: 0.5, label: null, axis: null },
    marks: [
      ...marks,
      (_index, scales, _values, { width }) => {
        const group = element('g', {})
        const wordsFrom = width - marginRight + 14
        if (wordsTitle !== '') {
          group.append(
            element('text', { x: wordsFrom, y: head - 12, 'text-anchor': 'start', fill: 'var(--muted)' }, wordsTitle)
          )
        }
        for (const { name, words } of rows) {
          const y = scales.y?.(name) ?? 0
          const { isOurs } = lookOf(looks, name)
          group.append(labelText(name, { x: marginLeft - 14, y, isOurs, anchor: 'end' }))
          if (words !== '') group.append(labelText(words, { x: wordsFrom, y, isOurs, isWhole: true }))
        }
        return /** @type {SVGElement} */ (group)
      }
    ]
  })
}

/** @type {(rows: readonly Row[]) => number} */
export const roomForNames = (rows) => widthOfNames(rows.map(({ name }) => name)) + 22

/** @type {(rows: readonly Row[]) => number} */
export const roomForWords = (rows) => Math.max(8, ...rows.map(({ words }) => 1.08 * widthOfText(words) + 22))

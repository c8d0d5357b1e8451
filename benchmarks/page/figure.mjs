/** A picture with its heading, its alternative text, the sentence that says what it shows, and its data as a table. */

import { Markup, markup } from '../../dist/src/report/markup.js'
import { renderDataTable } from './data-table.mjs'
import { writePicture } from './drawing.mjs'
import { list, paragraph, prose } from './prose.mjs'

/** @import { DataTable } from './data-table.mjs' */
/** @import { Picture } from './drawing.mjs' */

/**
 * @typedef {object} Figure
 * @property {string} id
 * @property {string} title
 * @property {string} axes What is drawn against what, for those who do not see it.
 * @property {string[]} finding What it shows, in sentences worked out from the data.
 * @property {string[]} [items] More of that, one by one.
 * @property {string} reading How to read the picture.
 * @property {Picture} picture
 * @property {DataTable} table
 */

/** @type {(figure: Figure) => Markup} */
export function renderFigure({ id, title, axes, finding, items = [], reading, picture, table }) {
  const description = [axes, ...finding, ...items].join(' ')
  return markup`<figure id="${id}" aria-labelledby="${id}-heading">
<h3 id="${id}-heading">${title}</h3>
<div class="scroll picture" tabindex="0" role="region" aria-label="Picture: ${title}">${new Markup(
    writePicture(picture, { id, title, description })
  )}</div>
<figcaption>${paragraph(finding.join(' '))}${items.length > 0 && list(items)}<p class="reading">${prose(reading)}</p></figcaption>
<details><summary>The data<span class="hidden"> of “${title}”</span></summary>
${renderDataTable(table)}
</details>
</figure>
`
}

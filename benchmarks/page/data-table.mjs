/** Tables in HTML, each in a container of its own that scrolls where the page is narrow. */
import { markup } from '../../dist/src/report/markup.js'

/** @import { Column } from '../markdown.mjs' */
/** @import { Content, Markup } from '../../dist/src/report/markup.js' */

/**
 * A row is its cells, or a name and words that take the place of all other cells.
 *
 * @typedef {{ cells: readonly Content[], isOurs?: boolean } | { name: string, words: string, mark: string }} TableRow
 */

/**
 * The first column names the row.
 *
 * @typedef {{ caption: string, columns: readonly (readonly [title: string, align: 'left' | 'right'])[], rows: readonly TableRow[] }} DataTable
 */

/** @type {<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]) => DataTable} */
export function tabulate(caption, columns, rows) {
  return {
    caption,
    columns: columns.map(([title, align]) => [title, align]),
    rows: rows.map((row) => ({ cells: columns.map(([, , cell]) => cell(row)) }))
  }
}

/** @type {(table: DataTable) => Markup} */
export function renderDataTable({ caption, columns, rows }) {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Table: ${caption}"><table>
<caption><span>${caption}</span></caption>
<thead><tr>${columns.map(([title, align]) => markup`<th scope="col"${classOf(align)}>${title}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => renderRow(row, columns))}</tbody>
</table></div>`
}

/** @type {(row: TableRow, columns: DataTable['columns']) => Markup} */
function renderRow(row, columns) {
  if ('words' in row) {
    return markup`<tr><th scope="row">${row.name}</th><td colspan="${columns.length - 1}"><strong>${row.mark}</strong> ${row.words}</td></tr>\n`
  }
  const [name, ...cells] = row.cells
  const others = cells.map((cell, index) => markup`<td${classOf(columns[index + 1]?.[1] ?? 'left')}>${cell}</td>`)
  return markup`<tr${row.isOurs ? markup` class="ours"` : null}><th scope="row">${name ?? ''}</th>${others}</tr>\n`
}

/** @type {(align: 'left' | 'right') => Markup | null} */
const classOf = (align) => (align === 'right' ? markup` class="number"` : null)

import { type Content, type Markup, markup } from '../markup.js'
import type { Section } from './section.js'

/** Rows of text under headings; the first cell of a row names it. */
export interface Table {
  readonly caption: string
  readonly columns: readonly Column[]
  /** Cells as they are to be read. */
  readonly rows: readonly (readonly string[])[]
  /** Whether only the caption is seen until more is asked for; = from 16 rows on. */
  readonly closed?: boolean
}

export interface Column {
  readonly heading: string
  /** Numbers are aligned to the right; = false. */
  readonly isNumber?: boolean
  /** Sentences are given room, and the table scrolls rather; = false. */
  readonly isProse?: boolean
}

const MOST_OPEN = 15

/** A table; a closed one is opened by its caption. Wide ones scroll by themselves. */
export function renderTable(table: Table, id: string): Markup {
  const { caption, closed = table.rows.length > MOST_OPEN } = table
  if (!closed) return markup`${renderRows(table, id, false)}`
  return markup`<details><summary>${caption}</summary>${renderRows(table, id, true)}</details>`
}

function renderRows({ caption, columns, rows }: Table, id: string, isNamed: boolean): Markup {
  const kinds = columns.flatMap(({ isNumber, isProse }, index) => [
    ...(isNumber === true ? [`n${index + 1}`] : []),
    ...(isProse === true ? [`p${index + 1}`] : [])
  ])
  return markup`<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}-caption"><table${kinds.length > 0 && markup` class="${kinds.join(' ')}"`}>
<caption id="${id}-caption"${isNamed && markup` class="hidden"`}>${caption}</caption>
<thead><tr>${columns.map(({ heading }) => renderHeading(heading))}</tr></thead>
<tbody>
${rows.map((row) => markup`<tr>${columns.map((_, index) => renderCell(row[index] ?? '', index))}</tr>\n`)}</tbody>
</table></div>`
}

/** Nothing is a heading of nothing. */
function renderHeading(heading: string): Content {
  return heading === '' ? markup`<td></td>` : markup`<th scope="col">${heading}</th>`
}

function renderCell(text: string, index: number): Content {
  return index === 0 && text !== '' ? markup`<th scope="row">${text}</th>` : markup`<td>${text}</td>`
}

/** Aligns the columns of numbers of all tables, and gives sentences room: said once for a column, and not in each of its cells. */
export function columnStyles(sections: readonly Section[]): string {
  const tables = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? [block] : block.kind === 'figure' ? (block.table ?? []) : []))
  )
  const most = tables.reduce((count, { columns }) => Math.max(count, columns.length), 0)
  const columns = Array.from({ length: most }, (_, index) => index + 1)
  if (columns.length === 0) return ''
  const select = (kind: string) => columns.map((column) => `.${kind}${column} tr > :nth-child(${column})`).join(', ')
  return `${select('n')} { text-align: right; white-space: nowrap; }
${select('p')} { min-width: 14rem; }`
}

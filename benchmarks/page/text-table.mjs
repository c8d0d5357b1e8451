/** Tables of plain text, no wider than they may be. */

/** @import { Column } from '../markdown.mjs' */

const BETWEEN = 2
const WIDEST = 34
const NARROWEST = 12
/** What names in the first column need at least, so that other columns rather go on below. */
const NAMES = 20

/**
 * Lines of a table. Columns that do not fit go on below, beside the first ones again; of these `keys`, the first is cut. Titles of the
 * others take as many lines as they need.
 *
 * @type {<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number, keys?: number) => string[]}
 */
export function layOut(columns, rows, width, keys = 1) {
  const cells = columns.map(([, , cell]) => rows.map((row) => printable(cell(row))))
  const titles = columns.map(([title]) => printable(title))
  const sizes = cells.map((lines, index) =>
    Math.max(Math.min(NARROWEST, lengthOf(titles[index] ?? '')), ...lines.map(lengthOf))
  )
  const others = sizes.slice(1).reduce((total, size) => total + size + BETWEEN, 0)
  sizes[0] = Math.min(sizes[0] ?? 0, WIDEST, Math.max(NAMES, width - others))
  const filled = columns.map(([, align], index) => {
    const size = sizes[index] ?? 0
    const title = breakTitle(titles[index] ?? '', size).map((line) => pad(line, size, align))
    return { size, blank: ' '.repeat(size), title, lines: (cells[index] ?? []).map((line) => pad(line, size, align)) }
  })
  const fixed = filled.slice(0, keys)
  /** @type {(typeof filled)[]} */
  const blocks = []
  for (const column of filled.slice(keys)) {
    const block = blocks.at(-1)
    if (block !== undefined && widthOf([...fixed, ...block, column]) <= width) block.push(column)
    else blocks.push([column])
  }
  return blocks.flatMap((block, index) => {
    const shown = [...fixed, ...block]
    const height = Math.max(...shown.map(({ title }) => title.length))
    const heads = Array.from({ length: height }, (_, line) =>
      joinCells(shown.map(({ title, blank }) => title[line - height + title.length] ?? blank))
    )
    const body = rows.map((_, line) => joinCells(shown.map(({ lines }) => lines[line] ?? '')))
    return [...(index === 0 ? [] : ['']), ...heads, ...body]
  })
}

/** @type {(cells: readonly string[]) => string} */
const joinCells = (cells) => cells.join(' '.repeat(BETWEEN)).trimEnd()

/** @type {(text: string) => number} */
const lengthOf = (text) => [...text].length

/** Words on as few lines as there is room for. @type {(title: string, size: number) => string[]} */
function breakTitle(title, size) {
  const lines = ['']
  for (const word of title.split(/(?<=[ -])/)) {
    const longer = `${lines.at(-1)}${word}`
    if (lines.at(-1) !== '' && lengthOf(longer.trimEnd()) > size) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines.map((line) => line.trimEnd())
}

/** @type {(columns: readonly { size: number }[]) => number} */
const widthOf = (columns) => columns.reduce((total, { size }) => total + size + BETWEEN, -BETWEEN)

/** @type {(text: string, size: number, align: 'left' | 'right') => string} */
function pad(text, size, align) {
  const characters = [...text]
  if (characters.length > size) return `${characters.slice(0, size - 1).join('')}…`
  const room = ' '.repeat(size - characters.length)
  return align === 'left' ? text + room : room + text
}

/** Names are from anywhere: what would move the cursor is not written. @type {(text: string) => string} */
const printable = (text) => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd')

/** Lines of a sentence, the second and later ones further in. @type {(text: string, width: number, indent: string) => string[]} */
export function wrap(text, width, indent) {
  const lines = ['']
  for (const word of printable(text).split(' ')) {
    const line = lines.at(-1) ?? ''
    const longer = line === '' ? indent.repeat(lines.length === 1 ? 1 : 2) + word : `${line} ${word}`
    if (line !== '' && [...longer].length > width) lines.push(indent.repeat(2) + word)
    else lines[lines.length - 1] = longer
  }
  return lines
}

/** Numbers, tables and parts of pages in Markdown. */

/** @import { Surroundings } from './surroundings.mjs' */

/**
 * A column of a table: its title, how it is aligned, and what stands in it.
 *
 * @template Row
 * @typedef {[title: string, align: 'left' | 'right', cell: (row: Row) => string]} Column
 */

/** @type {(digits: number) => (value: number | null) => string} */
const fixed = (digits) => (value) =>
  value === null ? '–' : value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
export const whole = fixed(0)
export const tenths = fixed(1)
export const hundredths = fixed(2)
export const thousandths = fixed(3)

/** Rounded up, so that what is not closed never reads as closed. @type {(gap: number | null) => string} */
export const percent = (gap) =>
  gap === null ? '–' : gap <= 1e-6 ? '0' : `${(Math.ceil(gap * 1e4) / 100).toFixed(2)} %`

/** The last part of an instance's name. @type {(name: string) => string} */
export const baseName = (name) => name.replace(/^.*\//, '')

/** @type {(surroundings: Surroundings & { seed?: number, threads: number }) => string} */
export function describeMachine({ machine, versions, date, commit, seed, threads }) {
  return (
    `Measured on ${date} on ${machine.cores} cores (${machine.cpu}, ${machine.memoryGiB} GiB), ` +
    `Node ${versions.node}, HiGHS ${versions.highs}, ${threads} threads${seed === undefined ? '' : `, seed ${seed}`}` +
    `${commit === null ? '' : `, commit ${commit}`}.`
  )
}

/** Text that is no markup, on one line. @type {(text: string) => string} */
export const inline = (text) => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|&]/g, '\\$&')

/**
 * A table with columns aligned so that the source reads as well as the page.
 *
 * @type {<Row>(columns: Column<Row>[], rows: readonly Row[]) => string}
 */
export function renderTable(columns, rows) {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, , cell]) => cell(row)))]
  const widths = columns.map((_, column) => Math.max(3, ...cells.map((line) => line[column]?.length ?? 0)))
  const isLeft = columns.map(([, align]) => align === 'left')
  const rule = widths.map((width, column) => (isLeft[column] ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  const lines = cells.map((line) =>
    line.map((cell, column) => (isLeft[column] ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
  )
  return [lines[0] ?? [], rule, ...lines.slice(1)].map((line) => `| ${line.join(' | ')} |`).join('\n')
}

/**
 * A page with the part between `<!-- name -->` and `<!-- /name -->` replaced.
 *
 * @type {(page: string, name: string, content: string) => string}
 */
export function fillPart(page, name, content) {
  const part = new RegExp(`(?<=<!-- ${name} -->\n)[^]*?(?=<!-- /${name} -->)`)
  if (!part.test(page)) throw new Error(`the page has no part ${name}`)
  return page.replace(part, () => content)
}

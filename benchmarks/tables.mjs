/** The figures as Markdown, with columns aligned so that the source reads as well as the page. */

/** @import { DeadlineFigures, Figures } from './measure.mjs' */
/** @import { Surroundings } from './surroundings.mjs' */

/**
 * What `npm run figures` writes to results/figures.json.
 *
 * @typedef {Surroundings & {
 *   schemaVersion: 1, seed: number, threads: number, cases: Figures[], deadlines: DeadlineFigures[]
 * }} Report
 */

/**
 * A column of a table: its title, how it is aligned, and what stands in it.
 *
 * @template Row
 * @typedef {[title: string, align: 'left' | 'right', cell: (row: Row) => string]} Column
 */

/** @type {(digits: number) => (value: number | null) => string} */
const fixed = (digits) => (value) =>
  value === null ? '–' : value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
const whole = fixed(0)
const tenths = fixed(1)
const hundredths = fixed(2)

/** Rounded up, so that what is not closed never reads as closed. @type {(gap: number | null) => string} */
const percent = (gap) => (gap === null ? '–' : gap <= 1e-6 ? '0' : `${(Math.ceil(gap * 1e4) / 100).toFixed(2)} %`)

const makers = new Map([
  ['mip', 'program'],
  ['column-generation', 'patterns'],
  ['local-search', 'neighbourhoods']
])
/** @type {(producer: string | null) => string} */
const maker = (producer) => (producer === null ? '–' : (makers.get(producer) ?? producer))

/** @type {(figures: Figures) => string} */
const instance = ({ name, folder }) => name.replace(/^.*\//, '') + (folder === 'shared' ? ' *' : '')

/** @type {Column<Figures>[]} */
const briefColumns = [
  ['instance', 'left', instance],
  ['nodes', 'right', ({ nodes }) => whole(nodes)],
  ['replicas', 'right', ({ replicas }) => whole(replicas)],
  ['cost an hour', 'right', ({ cost }) => hundredths(cost)],
  ['bound', 'right', ({ bound }) => hundredths(bound)],
  ['gap', 'right', ({ gap }) => percent(gap)],
  ['seconds', 'right', ({ seconds, limitSeconds }) => `${tenths(seconds)} of ${limitSeconds}`],
  ['first, ms', 'right', ({ firstMs }) => whole(firstMs)],
  ['found by', 'left', ({ producer }) => maker(producer)],
  ['moves', 'right', ({ migrations }) => whole(migrations)],
  ['takes, min', 'right', ({ makespanSeconds }) => tenths(makespanSeconds / 60)],
  ['promised', 'left', ({ target }) => target || '–'],
  ['kept', 'left', ({ missed }) => (missed.length === 0 ? 'yes' : `**no**: ${missed.join(', ')}`)]
]

/** @type {Column<Figures>[]} */
const fullColumns = [
  ...briefColumns.slice(0, 3),
  ['before', 'right', ({ initialCost }) => hundredths(initialCost)],
  ...briefColumns.slice(3, 9),
  ['ended', 'left', ({ termination }) => termination ?? '–'],
  ...briefColumns.slice(9, 10),
  ['steps', 'right', ({ steps }) => whole(steps)],
  ['plan', 'left', ({ plan }) => plan],
  ...briefColumns.slice(10, 11),
  ['violations', 'right', ({ violations }) => whole(violations)],
  ...briefColumns.slice(11)
]

/** @type {Column<DeadlineFigures>[]} */
const deadlineColumns = [
  ['instance', 'left', ({ name }) => name.replace(/^.*\//, '')],
  ['limit, ms', 'right', ({ limitMs }) => whole(limitMs)],
  ['answer after, ms', 'right', ({ wallMs }) => whole(wallMs)],
  ['cost an hour', 'right', ({ cost }) => hundredths(cost)],
  ['found by', 'left', ({ producer }) => maker(producer)],
  ['checked', 'left', ({ violations }) => (violations === 0 ? 'accepted' : `${violations} violations`)],
  ['kept', 'left', ({ met }) => (met ? 'yes' : '**no**')]
]

/** @type {(report: Report, isFull: boolean) => string} */
export function renderReport(report, isFull) {
  const parts = [describeMachine(report)]
  if (report.cases.length > 0) parts.push(renderTable(isFull ? fullColumns : briefColumns, report.cases))
  if (report.cases.some(({ folder }) => folder === 'shared')) parts.push('\\* not in this repository, for its licence.')
  if (report.deadlines.length > 0) parts.push(renderTable(deadlineColumns, report.deadlines))
  return `${parts.join('\n\n')}\n`
}

/** @type {(report: Report) => string} */
function describeMachine({ machine, versions, date, commit, seed, threads }) {
  return (
    `Measured on ${date} on ${machine.cores} cores (${machine.cpu}, ${machine.memoryGiB} GiB), ` +
    `Node ${versions.node}, HiGHS ${versions.highs}, ${threads} threads, seed ${seed}` +
    `${commit === null ? '' : `, commit ${commit}`}.`
  )
}

/** @type {<Row>(columns: Column<Row>[], rows: readonly Row[]) => string} */
function renderTable(columns, rows) {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, , cell]) => cell(row)))]
  const widths = columns.map((_, column) => Math.max(3, ...cells.map((line) => line[column]?.length ?? 0)))
  const isLeft = columns.map(([, align]) => align === 'left')
  const rule = widths.map((width, column) => (isLeft[column] ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  const lines = cells.map((line) =>
    line.map((cell, column) => (isLeft[column] ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
  )
  return [lines[0] ?? [], rule, ...lines.slice(1)].map((line) => `| ${line.join(' | ')} |`).join('\n')
}

/** What the README promises, as Markdown. */
import { baseName, describeMachine, hundredths, percent, renderTable, tenths, whole } from './markdown.mjs'

/** @import { Column } from './markdown.mjs' */
/** @import { DeadlineFigures, Figures } from './measure.mjs' */
/** @import { Surroundings } from './surroundings.mjs' */

/**
 * What `npm run promises` writes to results/promises.json.
 *
 * @typedef {Surroundings & {
 *   schemaVersion: 1, seed: number, threads: number, cases: Figures[], deadlines: DeadlineFigures[]
 * }} Report
 */

const makers = new Map([
  ['mip', 'program'],
  ['column-generation', 'patterns'],
  ['local-search', 'neighbourhoods']
])
/** @type {(producer: string | null) => string} */
const maker = (producer) => (producer === null ? '–' : (makers.get(producer) ?? producer))

/** @type {(figures: Figures) => string} */
const instance = ({ name, folder }) => baseName(name) + (folder === 'shared' ? ' *' : '')

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
  ['instance', 'left', ({ name }) => baseName(name)],
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

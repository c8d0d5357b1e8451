/** What `npm run drains` found, as Markdown. */
import { baseName, describeMachine, hundredths, percent, renderTable, tenths, whole } from '../markdown.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { Surroundings } from '../surroundings.mjs' */

/**
 * Money per hour: at the start, by Ray's rule, restricted by seed, the bound of that, and unrestricted; hops: replicas that move twice.
 *
 * @typedef {{ name: string, now: number, ray: number, drains: number[], bound: number, hops: number, free: number }} Row
 */

/** @typedef {Surroundings & { schemaVersion: 1, threads: number, seconds: number, rows: Row[] }} DrainsReport */

/** @type {Column<Row>[]} */
const COLUMNS = [
  ['instance', 'left', ({ name }) => baseName(name)],
  ['now', 'right', ({ now }) => tenths(now)],
  ["Ray's rule", 'right', ({ ray }) => tenths(ray)],
  ['executable on Ray, by seed', 'right', ({ drains }) => drains.map(tenths).join(', ')],
  ['bound', 'right', ({ bound }) => tenths(bound)],
  ['gap', 'right', ({ drains, bound }) => percent((Math.min(...drains) - bound) / Math.min(...drains))],
  ['second moves', 'right', ({ hops }) => whole(hops)],
  ['unrestricted', 'right', ({ free }) => tenths(free)],
  ["saved by Ray's rule", 'right', ({ now, ray }) => share(now, ray)],
  ['executable', 'right', ({ now, drains }) => share(now, Math.min(...drains))],
  ['unrestricted', 'right', ({ now, free }) => share(now, free)]
]

/** @type {(report: DrainsReport) => string} */
export function renderDrains(report) {
  return `${describeMachine(report)} ${report.seconds} s for each plan.\n\n${renderTable(COLUMNS, report.rows)}\n`
}

/** @type {(now: number, then: number) => string} */
function share(now, then) {
  return `${hundredths((100 * (now - then)) / now)} %`
}

/** What `npm run import-speed` found, as Markdown. */
import { describeMachine, renderTable, tenths, whole } from '../markdown.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { Surroundings } from '../surroundings.mjs' */

/**
 * Snapshots of one size, each read by a process of its own.
 *
 * @typedef {object} ImportRow
 * @property {number} bytes
 * @property {number} nodes
 * @property {number} pods
 * @property {number[]} seconds Wall time of each whole command.
 * @property {number[]} memoryBytes The most that each process had.
 * @property {boolean} isWhole Whether all nodes and pods came out of it.
 */

/** @typedef {Surroundings & { schemaVersion: 1, threads: number, rows: ImportRow[] }} ImportSpeedReport */

/** What is promised of the largest. */
const target = { bytes: 100e6, seconds: 10, memoryBytes: 1.5e9 }

const middle = (/** @type {readonly number[]} */ values) =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0

/** @type {(row: ImportRow) => boolean} */
export const isKept = ({ bytes, seconds, memoryBytes, isWhole }) =>
  isWhole &&
  (bytes > target.bytes * 1.1 ||
    (Math.max(...seconds) <= target.seconds && Math.max(...memoryBytes) <= target.memoryBytes))

/** @type {(report: ImportSpeedReport) => string} */
export function renderImportSpeed(report) {
  /** @type {Column<ImportRow>[]} */
  const columns = [
    ['snapshot, MB', 'right', ({ bytes }) => whole(bytes / 1e6)],
    ['nodes', 'right', ({ nodes }) => whole(nodes)],
    ['pods', 'right', ({ pods }) => whole(pods)],
    ['calls', 'right', ({ seconds }) => whole(seconds.length)],
    ['median, s', 'right', ({ seconds }) => tenths(middle(seconds))],
    ['worst, s', 'right', ({ seconds }) => tenths(Math.max(...seconds))],
    ['most memory, MB', 'right', ({ memoryBytes }) => whole(Math.max(...memoryBytes) / 1e6)]
  ]
  const verdict = `100 MB within ${target.seconds} s and ${target.memoryBytes / 1e9} GB: ${report.rows.every(isKept) ? 'yes' : 'no'}.`
  return `${describeMachine(report)}\n\n${renderTable(columns, report.rows)}\n\n${verdict}\n`
}

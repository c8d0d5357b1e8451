/** What `npm run revise-speed` found, as Markdown. */
import { describeMachine, percent, renderTable, whole } from '../markdown.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { Surroundings } from '../surroundings.mjs' */

/**
 * Revisions of one plan by decisions of one kind.
 *
 * @typedef {object} ReviseRow
 * @property {string} instance
 * @property {string} decision
 * @property {number[]} milliseconds Wall time of each call, warm.
 * @property {number | null} coldMs Of a first call in a process of its own.
 * @property {number[]} dearer Cost per hour beyond that of the plan, as a share of it.
 * @property {number[]} gaps To what is proven under the decisions.
 * @property {number[]} changed Replicas that end elsewhere.
 * @property {number} faults Violations that the checker found, in all.
 */

/** @typedef {Surroundings & { schemaVersion: 1, threads: number, rows: ReviseRow[] }} ReviseReport */

/** What somebody who decides may wait, in milliseconds. */
const target = 1_000

/** The middle one, the upper one of two. @type {(values: readonly number[]) => number} */
const median = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
/** @type {(values: readonly number[]) => number} */
const worst = (values) => values.reduce((most, value) => Math.max(most, value), 0)

/** @type {(row: ReviseRow) => boolean} */
export const isKept = ({ milliseconds, faults }) => worst(milliseconds) <= target && faults === 0

/** @type {(report: ReviseReport) => string} */
export function renderReviseReport(report) {
  /** @type {Column<ReviseRow>[]} */
  const columns = [
    ['instance', 'left', ({ instance }) => instance],
    ['decision', 'left', ({ decision }) => decision],
    ['calls', 'right', ({ milliseconds }) => whole(milliseconds.length)],
    ['median, ms', 'right', ({ milliseconds }) => whole(median(milliseconds))],
    ['worst, ms', 'right', ({ milliseconds }) => whole(worst(milliseconds))],
    ['cold, ms', 'right', ({ coldMs }) => whole(coldMs)],
    ['dearer, median', 'right', ({ dearer }) => percent(median(dearer))],
    ['worst', 'right', ({ dearer }) => percent(worst(dearer))],
    ['gap, median', 'right', ({ gaps }) => percent(median(gaps))],
    ['changed, median', 'right', ({ changed }) => whole(median(changed))],
    ['worst', 'right', ({ changed }) => whole(worst(changed))]
  ]
  const verdict = `Every warm call within ${whole(target)} ms, and passed by the checker: ${report.rows.every(isKept) ? 'yes' : 'no'}.`
  return `${describeMachine(report)}\n\n${renderTable(columns, report.rows)}\n\n${verdict}\n`
}

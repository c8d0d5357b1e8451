/** What `npm run horizon` found, as Markdown. */
import { describeMachine, percent, renderTable, tenths, whole } from '../markdown.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { Surroundings } from '../surroundings.mjs' */

/**
 * One call of the command.
 *
 * @typedef {object} HorizonRun
 * @property {number} periods
 * @property {number} seed
 * @property {number} seconds Wall time of the whole command.
 * @property {number} costPerHour
 * @property {number} boundPerHour
 * @property {number} gap Of the horizon.
 * @property {number} worstPeriodGap
 * @property {number} savedShare Against the bound of a horizon without commitments.
 * @property {number} nodes Most nodes at a time.
 * @property {number} orders
 * @property {number} moves
 */

/** @typedef {Surroundings & { schemaVersion: 1, threads: number, study: string, runs: HorizonRun[] }} HorizonReport */

/** What the issue of capacity planning asks for. */
export const targets = { seconds: 60, gap: 0.01, periodGap: 0.005 }

/** @type {(report: HorizonReport) => string} */
export function renderHorizonReport(report) {
  /** @type {Column<HorizonRun>[]} */
  const columns = [
    ['periods', 'right', ({ periods }) => whole(periods)],
    ['seed', 'right', ({ seed }) => whole(seed)],
    ['seconds', 'right', ({ seconds }) => tenths(seconds)],
    ['cost an hour', 'right', ({ costPerHour }) => tenths(costPerHour)],
    ['bound', 'right', ({ boundPerHour }) => tenths(boundPerHour)],
    ['gap', 'right', ({ gap }) => percent(gap)],
    ['worst period', 'right', ({ worstPeriodGap }) => percent(worstPeriodGap)],
    ['saved by committing', 'right', ({ savedShare }) => percent(savedShare)],
    ['most nodes', 'right', ({ nodes }) => whole(nodes)],
    ['ordered', 'right', ({ orders }) => whole(orders)],
    ['moved', 'right', ({ moves }) => whole(moves)]
  ]
  const isKept = report.runs.every(
    ({ seconds, gap, worstPeriodGap }) =>
      seconds <= targets.seconds && gap <= targets.gap && worstPeriodGap <= targets.periodGap
  )
  const verdict = `Within ${targets.seconds} s, ${percent(targets.gap)} for the horizon and ${percent(targets.periodGap)} for each period: ${isKept ? 'kept by every run' : 'not kept by every run'}.`
  return `${describeMachine(report)}\n\n${renderTable(columns, report.runs)}\n\n${verdict}\n`
}

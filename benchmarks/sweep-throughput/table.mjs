/** The table of `npm run sweep-throughput`. */
import { describeMachine, renderTable, tenths, thousandths, whole } from '../markdown.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { Surroundings } from '../surroundings.mjs' */

/**
 * @typedef {object} Way
 * @property {'plain' | 'sweep' | 'queue'} way
 * @property {number} seconds Wall time, from the start of the processes to their end.
 * @property {number} cpuSeconds Of all processes.
 */

/**
 * @typedef {Surroundings & {
 *   schemaVersion: 1, instance: string, scenarios: number, workLimit: number, redis: string, bullmq: string, ways: Way[]
 * }} ThroughputReport
 */

/** @type {Record<Way['way'], string>} */
const NAMES = {
  plain: 'two plain processes, half of the scenarios each',
  sweep: '`capacity sweep --concurrency 2`',
  queue: '`capacity sweep --redis`, two `capacity worker --concurrency 1`'
}

/** Throughput beside that of another way. @type {(report: ThroughputReport, way: Way['way'], beside: Way['way']) => number} */
function ratioOf({ ways }, way, beside) {
  const seconds = (/** @type {Way['way']} */ of) => ways.find((one) => one.way === of)?.seconds ?? Number.NaN
  return seconds(beside) / seconds(way)
}

/** @type {(report: ThroughputReport) => string} */
export function renderThroughput(report) {
  const { instance, scenarios, workLimit, redis, bullmq, ways } = report
  /** @type {Column<Way>[]} */
  const columns = [
    ['way', 'left', ({ way }) => NAMES[way]],
    ['seconds', 'right', ({ seconds }) => tenths(seconds)],
    ['CPU s', 'right', ({ cpuSeconds }) => tenths(cpuSeconds)],
    ['scenarios a minute', 'right', ({ seconds }) => tenths((scenarios / seconds) * 60)],
    ['beside plain', 'right', ({ way }) => thousandths(ratioOf(report, way, 'plain'))],
    ['beside sweep', 'right', ({ way }) => thousandths(ratioOf(report, way, 'sweep'))]
  ]
  const [sweep, queue] = [ratioOf(report, 'sweep', 'plain'), ratioOf(report, 'queue', 'sweep')]
  return `${describeMachine({ ...report, threads: 2 })} Redis ${redis}, BullMQ ${bullmq}.

${renderTable(columns, ways)}

${whole(scenarios)} scenarios of ${instance}, ${whole(workLimit)} units of work each; all three give the same answers. A sweep in worker
threads is to have 0.9 of the throughput of plain processes: ${sweep >= 0.9 ? 'kept' : '**missed**'}. Through the queue
it is to differ from that by at most 15 %: ${queue >= 0.85 ? 'kept' : '**missed**'}.
`
}

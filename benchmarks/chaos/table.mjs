/** The tables of `npm run chaos`. */
import { describeMachine, percent, renderTable, tenths, whole } from '../markdown.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { Surroundings } from '../surroundings.mjs' */
/** @import { Tally } from './tally.mjs' */

/** @typedef {ReturnType<Tally['report']>} Told */
/** @typedef {{ failureRate: number, nodeDeathRate: number, driftRate: number, crashRate: number }} Rates */
/** @typedef {Surroundings & { schemaVersion: 1, firstSeed: number, rates: Rates, calm: Told, chaos: Told }} ChaosReport */

/** @type {Column<Told & { what: string }>[]} */
const columns = [
  ['what fails', 'left', ({ what }) => what],
  ['plans', 'right', ({ runs }) => whole(runs)],
  ['steps', 'right', ({ steps }) => whole(steps)],
  ['hours simulated', 'right', ({ simulatedHours }) => whole(simulatedHours)],
  ['executor crashes', 'right', ({ crashes }) => whole(crashes)],
  ['nodes died', 'right', ({ events }) => whole(events['node-died'] ?? 0)],
  ['calls failed', 'right', ({ events }) => whole(sumOf(events, 'call-failed') + sumOf(events, 'call-abandoned'))],
  ['as planned', 'right', ({ asPlanned }) => whole(asPlanned)],
  ['end legal', 'right', ({ legal }) => whole(legal)],
  ['violations', 'right', ({ violations }) => whole(violations.length)],
  ['ms a plan', 'right', ({ millisecondsPerRun }) => tenths(millisecondsPerRun.median)]
]

/** @type {(report: ChaosReport) => string} */
export function renderChaos(report) {
  const { rates, calm, chaos } = report
  const share = (/** @type {number} */ rate) => percent(rate).replace('.00', '')
  const failing =
    `${share(rates.failureRate)} of starts, ${share(rates.nodeDeathRate)} of nodes, ` +
    `${share(rates.driftRate)} of them drifting in every third plan`
  const rows = [
    { what: 'the executor only', ...calm },
    { what: failing, ...chaos }
  ]
  return `${describeMachine({ ...report, threads: 1, seed: report.firstSeed })}

${renderTable(columns, rows)}

The executor crashes at ${share(rates.crashRate)} of the lines of its journal. Ends: ${Object.entries(chaos.outcomes)
    .map(([outcome, count]) => `${whole(count)} ${outcome}`)
    .join(', ')}.
`
}

/** @type {(counts: Record<string, number>, kind: string) => number} */
function sumOf(counts, kind) {
  return Object.entries(counts).reduce((sum, [name, count]) => (name.startsWith(kind) ? sum + count : sum), 0)
}

/** The table of `npm run day`. */
import { describeMachine, hundredths, renderTable, tenths, whole } from '../markdown.mjs'
import { movers, NOBODY } from './movers/movers.mjs'

/** @import { DayRun, MeasuredDay } from './measure-day.mjs' */
/** @import { Column } from '../markdown.mjs' */
/** @import { Surroundings } from '../surroundings.mjs' */

/** @typedef {Surroundings & { schemaVersion: 1, threads: number, hours: number, days: MeasuredDay[] }} DayReport */

/** A figure of a run, which may need the run without compaction of the same day. @typedef {(run: DayRun, nobody: DayRun, day: MeasuredDay) => number | null} Figure */

/** @type {readonly [title: string, figure: Figure, format: (value: number | null) => string][]} */
const figures = [
  ['node-hours', ({ nodeHours }) => nodeHours, whole],
  ['dollars', ({ dollars }) => dollars, whole],
  ['saved $', ({ dollars }, nobody) => nobody.dollars - dollars, whole],
  ['saved %', ({ dollars }, nobody) => (1 - dollars / nobody.dollars) * 100, hundredths],
  [
    '% above bound',
    ({ dollars }, _, { leastDollars }) => (leastDollars === null ? null : (dollars / leastDollars - 1) * 100),
    tenths
  ],
  ['moves', ({ moves }) => moves, whole],
  ['nodes released', ({ released }) => released, whole],
  ['bought', ({ bought }) => bought, whole],
  ['late', ({ late }) => late, whole],
  ['late through moves', ({ lateThroughMoves }) => lateThroughMoves, whole],
  ['lost', ({ lost }) => lost, whole],
  ['lost through moves', ({ lostThroughMoves }) => lostThroughMoves, whole],
  ['cut off', ({ cutByMoves }) => cutByMoves, whole],
  ['gaps', ({ gaps }) => gaps, whole],
  ['p99 wait s', ({ p99WaitSeconds }) => p99WaitSeconds, whole]
]

/** @type {(report: DayReport) => string} */
export function renderDays(report) {
  /** @type {Column<string>[]} */
  const columns = [
    ['policy', 'left', (mover) => mover],
    ...figures.map(
      ([title, figure, format]) =>
        /** @type {Column<string>} */ ([title, 'right', (mover) => format(medianOf(report.days, mover, figure))])
    )
  ]
  const measured = movers.filter(({ name }) => report.days[0]?.runs.some(({ mover }) => mover === name))
  const rows = measured.map(({ name }) => name)
  return `${describeMachine(report)}

${renderTable(columns, rows)}

Medians of ${report.days.length} days, seeds ${report.days.map(({ seed }) => seed).join(', ')}, of ${report.hours} h; ${describeDays(report)}
${measured.map(({ name, description }) => `\n- **${name}**: ${description}`).join('')}
`
}

/** @type {(days: readonly MeasuredDay[], mover: string, figure: Figure) => number | null} */
function medianOf(days, mover, figure) {
  const values = days.flatMap((day) => {
    const run = day.runs.find((candidate) => candidate.mover === mover)
    const nobody = day.runs.find((candidate) => candidate.mover === NOBODY)
    return run === undefined || nobody === undefined ? [] : (figure(run, nobody, day) ?? [])
  })
  const sorted = values.sort((left, right) => left - right)
  const middle = (sorted.length - 1) / 2
  const [below, above] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]]
  return below === undefined || above === undefined ? null : (below + above) / 2
}

/** @type {(report: DayReport) => string} */
function describeDays({ days }) {
  const requests = medianOf(days, NOBODY, (run) => run.requests)
  const most = medianOf(days, NOBODY, (run) => run.mostNodes)
  const deployments = Math.max(...days.map((day) => day.deployments))
  const faults = days.reduce((sum, { runs }) => sum + runs.reduce((count, run) => count + run.faults.length, 0), 0)
  return `${deployments} deployments, ${whole(requests)} requests, at most ${whole(most)} nodes. Limits broken at any moment: ${whole(faults)}.`
}

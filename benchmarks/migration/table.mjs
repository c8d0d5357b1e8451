/** The tables of `npm run migration`. */
import { describeMachine, hundredths, renderTable, whole } from '../markdown.mjs'
import { median } from '../measures/averages.mjs'
import { fitExponent } from '../measures/fit-exponent.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { Surroundings } from '../surroundings.mjs' */
/** @import { MigrationFigures } from './measure-migration.mjs' */

/** @typedef {MigrationFigures & { seed: number, onCycles: number, emptied: number }} ScaleRun */
/** @typedef {MigrationFigures & { name: string, inFlight: number }} MakespanRun */
/** @typedef {Surroundings & { schemaVersion: 1, exponent: Growth | null, scale: ScaleRun[], makespan: MakespanRun[] }} MigrationReport */

/** Exponents of growth with the moves, of wall time and of processor time. @typedef {{ seconds: number, cpuSeconds: number }} Growth */

/** Medians over the seeds of one size. @typedef {{ runs: ScaleRun[], of: (figure: (run: ScaleRun) => number | null) => number | null }} Size */

/** @type {(report: MigrationReport) => string} */
export function renderMigration(report) {
  const { scale, makespan, exponent } = report
  const parts = [describeMachine({ ...report, threads: 1 })]
  if (scale.length > 0) parts.push(renderTable(scaleColumns, groupSizes(scale)))
  if (exponent !== null) {
    const [wall, processor] = [exponent.seconds.toFixed(2), exponent.cpuSeconds.toFixed(2)]
    parts.push(
      `Fitted to the medians, time grows with the moves to the power of ${wall}, processor time of ${processor}.`
    )
  }
  if (makespan.length > 0) parts.push(renderTable(makespanColumns, makespan))
  return `${parts.join('\n\n')}\n`
}

/** @type {Column<Size>[]} */
const scaleColumns = [
  ['moves', 'right', ({ of }) => whole(of(({ moves }) => moves))],
  ['nodes', 'right', ({ of }) => whole(of(({ nodes }) => nodes))],
  ['on cycles', 'right', ({ of }) => whole(of(({ onCycles }) => onCycles))],
  ['steps', 'right', ({ of }) => whole(of(({ steps }) => steps))],
  ['hops', 'right', ({ of }) => whole(of(({ starts, moves }) => starts - moves))],
  ['order s', 'right', ({ of }) => hundredths(of(({ sequenceSeconds }) => sequenceSeconds))],
  ['write s', 'right', ({ of }) => hundredths(of(({ assembleSeconds }) => assembleSeconds))],
  ['check s', 'right', ({ of }) => hundredths(of(({ checkSeconds }) => checkSeconds))],
  ['all s', 'right', ({ of }) => hundredths(of(({ seconds }) => seconds))],
  ['CPU s', 'right', ({ of }) => hundredths(of(({ cpuSeconds }) => cpuSeconds))],
  ['makespan / bound', 'right', ({ of }) => hundredths(of(overBound))],
  ['seeds', 'right', ({ runs }) => whole(runs.length)],
  ['notes', 'left', ({ runs }) => noteFaults(runs)]
]

/** @type {Column<MakespanRun>[]} */
const makespanColumns = [
  ['instance', 'left', ({ name }) => name],
  ['moves', 'right', ({ moves }) => whole(moves)],
  ['in flight', 'right', ({ inFlight }) => whole(inFlight)],
  ['makespan s', 'right', ({ makespanSeconds }) => whole(makespanSeconds)],
  ['all durations s', 'right', ({ durationSeconds }) => whole(durationSeconds)],
  ['makespan / durations', 'right', (run) => hundredths(run.makespanSeconds / run.durationSeconds)],
  ['bound s', 'right', ({ boundSeconds }) => whole(boundSeconds)],
  ['makespan / bound', 'right', (run) => hundredths(overBound(run))],
  ['notes', 'left', (run) => noteFaults([run])]
]

/** @type {(run: MigrationFigures) => number | null} */
function overBound({ makespanSeconds, boundSeconds }) {
  return boundSeconds === null || boundSeconds === 0 ? null : makespanSeconds / boundSeconds
}

/** @type {(runs: readonly MigrationFigures[]) => string} */
function noteFaults(runs) {
  const partial = runs.filter(({ status }) => status !== 'complete').length
  const wrong = runs.filter(({ violations }) => violations > 0).length
  return [...(partial > 0 ? [`${partial} partial`] : []), ...(wrong > 0 ? [`${wrong} wrong`] : [])].join(', ')
}

/** @type {(runs: readonly ScaleRun[]) => Size[]} */
function groupSizes(runs) {
  return [...new Set(runs.map(({ nodes }) => nodes))].map((nodes) => {
    const own = runs.filter((run) => run.nodes === nodes)
    return { runs: own, of: (figure) => medianOfKnown(own.map(figure)) }
  })
}

/** null where one is not known. @type {(values: readonly (number | null)[]) => number | null} */
function medianOfKnown(values) {
  const known = values.flatMap((value) => value ?? [])
  return known.length < values.length ? null : median(known)
}

/** How the medians grow; null for a single size. @type {(runs: readonly ScaleRun[]) => Growth | null} */
export function fitGrowth(runs) {
  const sizes = groupSizes(runs)
  const exponentOf = (/** @type {'seconds' | 'cpuSeconds'} */ key) =>
    fitExponent(sizes.map(({ of }) => ({ nodes: of(({ moves }) => moves) ?? 0, seconds: of((run) => run[key]) ?? 0 })))
      ?.exponent ?? null
  const [seconds, cpuSeconds] = [exponentOf('seconds'), exponentOf('cpuSeconds')]
  return seconds === null || cpuSeconds === null ? null : { seconds, cpuSeconds }
}

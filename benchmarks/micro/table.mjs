/** What `npm run micro` prints: a record, and how it compares with a former one. */
import { renderTable, whole } from '../markdown.mjs'
import { spread } from './statistics.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { Comparison, Line } from './compare.mjs' */
/** @import { MicroRecord, TaskRecord } from './record.mjs' */

/** Milliseconds to three digits. @type {(ms: number) => string} */
const showMs = (ms) => (ms >= 100 ? whole(ms) : ms.toPrecision(3))
/** @type {(part: number) => string} */
const showPart = (part) => `${(100 * part).toFixed(part < 0.1 ? 1 : 0)} %`
/** @type {(ratio: number) => string} */
const showRatio = (ratio) => ratio.toFixed(ratio < 10 ? 2 : 0)

/** @type {Column<TaskRecord>[]} */
const columns = [
  ['task', 'left', ({ name }) => name],
  ['median ms', 'right', ({ medianMs }) => showMs(medianMs)],
  ['quarter below', 'right', ({ quartilesMs }) => showMs(quartilesMs[0])],
  ['quarter above', 'right', ({ quartilesMs }) => showMs(quartilesMs[1])],
  ['noise', 'right', ({ roundsMs }) => showPart(spread(roundsMs))],
  ['iterations', 'right', ({ iterations }) => whole(iterations)]
]

/** @type {(record: MicroRecord) => string} */
export function renderRecord({ machine, versions, date, commit, clock, calibration, tasks }) {
  const rounds = Math.min(...tasks.map(({ roundsMs }) => roundsMs.length))
  return [
    `Measured on ${date} on ${machine.cores} cores (${machine.cpu}, ${machine.memoryGiB} GiB, ${machine.architecture}), ` +
      `Node ${versions.node}${commit === null ? '' : `, commit ${commit}`}: ${clock} time on one thread, in ${rounds} rounds.`,
    renderTable(columns, tasks),
    `Noise is how far the medians of the rounds lie apart (standard deviation). Calibration: ${showMs(calibration.medianMs)} ms, ` +
      `noise ${showPart(spread(calibration.roundsMs))}.`
  ].join('\n\n')
}

/** @type {Column<Line>[]} */
const comparedColumns = [
  ['task', 'left', ({ name }) => name],
  ['ms then', 'right', ({ before }) => showMs(before.medianMs)],
  ['ms now', 'right', ({ after }) => showMs(after.medianMs)],
  ['× then', 'right', ({ ratio }) => showRatio(ratio)],
  ['corrected', 'right', ({ corrected }) => showRatio(corrected)],
  ['margin', 'right', ({ margin }) => showPart(margin)],
  ['', 'left', ({ verdict }) => (verdict === 'same' ? '' : verdict)]
]

/** @type {(comparison: Comparison, former: { commit: string | null, date: string }) => string} */
export function renderComparison({ calibration, lines, added, missing }, { commit, date }) {
  const parts = [
    `Compared with ${commit === null ? 'a record' : `commit ${commit}`} of ${date}.`,
    ...(lines.length === 0 ? ['No task is in both records.'] : [renderTable(comparedColumns, lines)]),
    `The machine takes ${showRatio(calibration.ratio)} times as long for the calibration as then (${showMs(calibration.before.medianMs)} ms, ` +
      `now ${showMs(calibration.after.medianMs)} ms): by this the ratios are corrected. What stays within its margin may be noise.`,
    [
      ...describe('slower', lines),
      ...describe('faster', lines),
      ...lines.filter(({ isOtherWork }) => isOtherWork).map(describeWork),
      ...(added.length > 0 ? [`new, compared with nothing: ${added.join(', ')}`] : []),
      ...(missing.length > 0 ? [`missing, only in the former record: ${missing.join(', ')}`] : []),
      ...(lines.length > 0 ? [conclude(lines)] : [])
    ].join('\n')
  ]
  return parts.join('\n\n')
}

/** The most changed first. @type {(verdict: 'slower' | 'faster', lines: readonly Line[]) => string[]} */
function describe(verdict, lines) {
  return lines
    .filter((line) => line.verdict === verdict)
    .sort((left, right) => Math.abs(Math.log(right.corrected)) - Math.abs(Math.log(left.corrected)))
    .map(
      ({ name, corrected, ratio, margin }) =>
        `${verdict}: ${name} takes ${showRatio(corrected)} times as long (${showRatio(ratio)} as measured, margin ${showPart(margin)})`
    )
}

/** @type {(line: Line) => string} */
const describeWork = ({ name, before, after }) =>
  `other work: ${name} comes to ${after.outcome} now, and came to ${before.outcome}`

/** @type {(lines: readonly Line[]) => string} */
function conclude(lines) {
  const slower = lines.filter(({ verdict }) => verdict === 'slower').length
  if (slower === 0) return `No task of ${lines.length} became slower.`
  return `${slower} of ${lines.length} tasks became slower.`
}

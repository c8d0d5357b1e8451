/** What became slower or faster between two records, and what noise may be. */
import { spread } from './statistics.mjs'

/** @import { MicroRecord, TaskRecord, Timing } from './record.mjs' */

/**
 * One task in both records.
 *
 * @typedef {object} Line
 * @property {string} name
 * @property {TaskRecord} before
 * @property {TaskRecord} after
 * @property {number} ratio Of the medians: 2 is twice as long.
 * @property {number} corrected As if the machine were as fast as it was then.
 * @property {number} margin By so much, as a part, the corrected ratio may differ from 1 through noise.
 * @property {'slower' | 'faster' | 'same'} verdict
 * @property {boolean} isOtherWork Something else comes of it.
 */

/**
 * @typedef {object} Comparison
 * @property {{ before: Timing, after: Timing, ratio: number }} calibration
 * @property {Line[]} lines
 * @property {string[]} added Tasks that the former record does not have.
 * @property {string[]} missing Tasks that only the former record has.
 */

/** A task that differs by less has not become slower, however still the machine is. */
export const LEAST_MARGIN = 0.05
/** Standard deviations of a round within which a median may lie by chance. */
const DEVIATIONS = 2

/** @type {(former: Pick<MicroRecord, 'calibration' | 'tasks'>, latter: Pick<MicroRecord, 'calibration' | 'tasks'>) => Comparison} */
export function compareRecords(former, latter) {
  const calibration = {
    before: former.calibration,
    after: latter.calibration,
    ratio: latter.calibration.medianMs / former.calibration.medianMs
  }
  const known = new Map(former.tasks.map((task) => [task.name, task]))
  const present = new Set(latter.tasks.map(({ name }) => name))
  return {
    calibration,
    lines: latter.tasks.flatMap((after) => {
      const before = known.get(after.name)
      return before === undefined ? [] : [compareTask(before, after, calibration)]
    }),
    added: [...present].filter((name) => !known.has(name)),
    missing: [...known.keys()].filter((name) => !present.has(name))
  }
}

/** @type {(before: TaskRecord, after: TaskRecord, calibration: Comparison['calibration']) => Line} */
function compareTask(before, after, calibration) {
  const ratio = after.medianMs / before.medianMs
  const corrected = ratio / calibration.ratio
  // Each of the four may be off, whatever the others are.
  const noise = Math.hypot(
    ...[before, after, calibration.before, calibration.after].map(({ roundsMs }) => spread(roundsMs))
  )
  const margin = Math.max(LEAST_MARGIN, DEVIATIONS * noise)
  const verdict = corrected > 1 + margin ? 'slower' : corrected < 1 / (1 + margin) ? 'faster' : 'same'
  return {
    name: after.name,
    before,
    after,
    ratio,
    corrected,
    margin,
    verdict,
    isOtherWork: before.outcome !== after.outcome
  }
}

/** A process of its own for each task of each round: `node benchmarks/micro/one-round.mjs TASK CLOCK` prints what it measured as JSON. */
import { calibration } from './calibration.mjs'
import { clocks } from './clock.mjs'
import { repeat } from './repeat.mjs'
import { tasks } from './tasks.mjs'

/** @import { ClockName } from './clock.mjs' */
/** @import { Pace, Repeated } from './repeat.mjs' */

/** Calibrated before and after, as a machine may be slow for a moment. @typedef {Repeated & { calibrationMs: number[] }} Round */

/** For the calibration: its own loop is all that has to be compiled. @type {Pace} */
const BRIEF = { warmUpMs: 200, timeMs: 50, least: 20 }

/** For tasks. A change makes records incomparable with those of before: it raises their schemaVersion. */
const THOROUGH = { timeMs: 300, least: 5 }

const [name, clock] = process.argv.slice(2)
const now = clocks[/** @type {ClockName} */ (clock)]
const task = tasks.find((one) => one.name === name)
if (task === undefined) throw new Error(`there is no task ${name}`)
const calibrate = () => repeat(calibration(), now, BRIEF).samplesMs
const before = calibrate()
const measured = repeat(await task.setUp(), now, { warmUpMs: task.warmUpMs, ...THOROUGH })
/** @type {Round} */
const round = { ...measured, calibrationMs: [...before, ...calibrate()] }
console.log(JSON.stringify(round))

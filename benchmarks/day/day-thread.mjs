/** A day in a thread of its own: what `liveThrough` begins. */
import { parentPort, workerData } from 'node:worker_threads'
import { measureDay } from './measure-day.mjs'
import { movers } from './movers/movers.mjs'

/** @import { DayOrder } from './live-through.mjs' */

const { seed, hours, names, bounds } = /** @type {DayOrder} */ (workerData)
const kinds = movers.filter(({ name }) => names.includes(name))
const tell = (/** @type {string} */ text) => parentPort?.postMessage({ text })
parentPort?.postMessage({ day: await measureDay(seed, hours, kinds, { bounds, tell }) })

/** What solving took: wall time, and the processor time of all threads. Conversions happen before it starts and after it stops. */
import { writeSync } from 'node:fs'

/**
 * @typedef {object} Clock
 * @property {() => number} now Seconds since it started.
 * @property {() => Spent} stop
 */

/** @typedef {{ seconds: number, cpuSeconds: number }} Spent */

/** Said when solving begins and ends: whoever watches knows what hangs, a conversion or a solver. */
export const STARTED = 'clock started'
const STOPPED = 'clock stopped'

/** @type {(line: string) => void} */
let say = () => {}

/** From now on, says on stdout when a clock starts and stops, each on a line by itself, at once. */
export function announceClocks() {
  say = (line) => writeSync(1, `${line}\n`)
}

/** @type {() => Clock} */
export function startClock() {
  say(STARTED)
  const cpu = process.cpuUsage()
  const start = performance.now()
  const now = () => (performance.now() - start) / 1000
  return {
    now,
    stop() {
      const seconds = now()
      const { user, system } = process.cpuUsage(cpu)
      say(STOPPED)
      return { seconds, cpuSeconds: (user + system) / 1e6 }
    }
  }
}

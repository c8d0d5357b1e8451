/** What solving took: wall time, and the processor time of all threads. Conversions happen before it starts and after it stops. */
import { writeSync } from 'node:fs'

/**
 * @typedef {object} Clock
 * @property {() => number} now Seconds since it started.
 * @property {() => Spent} stop
 */

/** @typedef {{ seconds: number, cpuSeconds: number }} Spent */

/** Said on stdout when solving begins and ends, by itself on a line: whoever watches knows what hangs, a conversion or a solver. */
export const STARTED = 'clock started'
export const STOPPED = 'clock stopped'

/** @type {() => Clock} */
export function startClock() {
  writeSync(1, `${STARTED}\n`)
  const cpu = process.cpuUsage()
  const start = performance.now()
  const now = () => (performance.now() - start) / 1000
  return {
    now,
    stop() {
      const seconds = now()
      const { user, system } = process.cpuUsage(cpu)
      writeSync(1, `${STOPPED}\n`)
      return { seconds, cpuSeconds: (user + system) / 1e6 }
    }
  }
}

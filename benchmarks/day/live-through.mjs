/** Days beside each other: none knows of the others, so each has a thread of its own. */
import { Worker } from 'node:worker_threads'

/** @import { MeasuredDay } from './measure-day.mjs' */

/** names: of the movers. @typedef {{ seed: number, hours: number, names: readonly string[], bounds: boolean }} DayOrder */

const script = new URL('day-thread.mjs', import.meta.url)

/** @type {(order: DayOrder, tell: (text: string) => void) => Promise<MeasuredDay>} */
export function liveThrough(order, tell) {
  return new Promise((resolve, reject) => {
    const thread = new Worker(script, { workerData: order })
    thread.once('error', reject)
    thread.once('exit', (code) => reject(new Error(`the day of seed ${order.seed} ended early, with code ${code}`)))
    thread.on('message', ({ text, day }) => {
      if (text !== undefined) tell(text)
      if (day === undefined) return
      resolve(day)
      // Its planners wait for more work.
      void thread.terminate()
    })
  })
}

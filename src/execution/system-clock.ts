import type { Clock } from './clock.js'

/** The longest wait of `setTimeout`; a longer one would end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The machine's: milliseconds since 1970 that never go back while the process runs. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  async sleep(milliseconds, signal) {
    for (let left = milliseconds; left > 0; left -= LONGEST_TIMER_MS)
      await wait(Math.min(left, LONGEST_TIMER_MS), signal)
  }
}

function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason)
      return
    }
    const give = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', give)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', give, { once: true })
  })
}

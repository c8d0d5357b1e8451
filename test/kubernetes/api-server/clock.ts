import type { Clock } from '../../../src/execution/clock.js'

/** Time of a cluster, in milliseconds since 1970. */
export interface ClusterClock extends Clock {
  /** Calls back so many milliseconds from now. */
  after(milliseconds: number, act: () => void): void
  /** Nothing is called back any more. */
  close(): void
}

/** The time at which every cluster begins. */
export const BEGINNING = Date.parse('2026-03-01T08:00:00Z')

/** The machine's time, so many times as fast: for programs outside this process. */
export function fastClock(speed: number): ClusterClock {
  const begin = performance.now()
  const timers = new Set<NodeJS.Timeout>()
  const after = (milliseconds: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, milliseconds / speed)
    timers.add(timer)
  }
  return {
    now: () => BEGINNING + (performance.now() - begin) * speed,
    after,
    sleep: (milliseconds) => new Promise((resolve) => after(milliseconds, resolve)),
    close: () => {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    }
  }
}

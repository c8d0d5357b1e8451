/** What repetitions are measured with. */

/** @typedef {'processor' | 'wall'} ClockName */

/**
 * Milliseconds since whenever. processor: that the processor gave this process, so that what others do meanwhile is not in it.
 *
 * @type {Record<ClockName, () => number>}
 */
export const clocks = {
  processor: () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
  wall: () => performance.now()
}

/** Steps of a clock that are small beside the shortest repetition. */
const FINE_MS = 0.05
const LONGEST_LOOK_MS = 50

/** Processor time, unless the system counts it in large steps only. @type {() => ClockName} */
export function chooseClock() {
  const deadline = performance.now() + LONGEST_LOOK_MS
  let last = clocks.processor()
  while (performance.now() < deadline) {
    const next = clocks.processor()
    if (next > last && next - last < FINE_MS) return 'processor'
    last = next
  }
  return 'wall'
}

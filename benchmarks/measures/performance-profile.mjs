/** Who is how often how much slower than the fastest. */

/** Times below are the same: clocks and processes are no finer. */
export const LEAST_SECONDS = 0.01

/**
 * At most `ratio` times as slow as the fastest on this share of the instances.
 *
 * @typedef {{ ratio: number, share: number }} ProfileStep
 */

/**
 * Performance profiles: of each contestant the share of instances on which its time is within a factor of the least time anybody needed.
 * Times are in the order of the instances; Infinity is never solved and never within any factor, also where nobody solves. Dolan and
 * Moré, Benchmarking optimization software with performance profiles, Mathematical Programming 91 (2002).
 *
 * @type {(times: ReadonlyMap<string, readonly number[]>) => Map<string, ProfileStep[]>}
 */
export function performanceProfiles(times) {
  const floored = [...times].map(([name, seconds]) => /** @type {const} */ ([name, seconds.map(atLeast)]))
  const instances = Math.max(0, ...floored.map(([, seconds]) => seconds.length))
  const fastest = Array.from({ length: instances }, (_, instance) =>
    Math.min(Infinity, ...floored.map(([, seconds]) => seconds[instance] ?? Infinity))
  )
  return new Map(
    floored.map(([name, seconds]) => {
      const solved = seconds.flatMap((time, instance) => (time < Infinity ? [time / (fastest[instance] ?? time)] : []))
      const ratios = [...new Set(solved)].sort((left, right) => left - right)
      const steps = ratios.map((ratio) => ({
        ratio,
        share: solved.filter((other) => other <= ratio).length / instances
      }))
      return [name, steps]
    })
  )
}

/** @type {(seconds: number) => number} */
const atLeast = (seconds) => Math.max(seconds, LEAST_SECONDS)

/** The share within a factor. @type {(steps: readonly ProfileStep[], ratio: number) => number} */
export function shareWithin(steps, ratio) {
  return steps.filter((step) => step.ratio <= ratio).at(-1)?.share ?? 0
}

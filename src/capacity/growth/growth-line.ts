/** Ever larger growth, step by step: level 0 is what is wanted now, each further one a little more, and what does not fit at one fits at none beyond. */
export interface GrowthLine {
  /** The last level that is looked at. */
  readonly top: number
  /** Copies of each deployment at a level. */
  readonly countsAt: (level: number) => number[]
  /** Copies of what grows. */
  readonly ownAt: (level: number) => number
  /** Up to which factor the counts are these; null where nothing is wanted now. */
  readonly factorAt: (level: number) => number | null
}

/** One more copy of one deployment at each level. */
export function lineOfOne(base: readonly number[], deployment: number, top: number): GrowthLine {
  const now = base[deployment] as number
  return {
    top,
    countsAt: (level) => base.map((count, index) => (index === deployment ? count + level : count)),
    ownAt: (level) => now + level,
    factorAt: (level) => (now === 0 ? null : (now + level) / now)
  }
}

/** Steps beyond which a line ends, so that it can be written down. */
const MOST_STEPS = 500_000

/**
 * All deployments grow by one factor, each rounded up to whole copies: a level for every factor at which some count is reached
 * exactly, up to `most`. Between two of them the counts are those of the upper one.
 */
export function lineOfAll(base: readonly number[], most: number): GrowthLine {
  const total = base.reduce((sum, count) => sum + count, 0)
  const last = Math.min(most, 1 + MOST_STEPS / Math.max(1, total))
  const factors = new Set<number>([1])
  for (const count of new Set(base)) {
    for (let copies = count + 1; count > 0 && copies <= count * last * (1 + 1e-12); copies++)
      factors.add(copies / count)
  }
  const sorted = Float64Array.from(factors).sort()
  return {
    top: sorted.length - 1,
    countsAt: (level) => scaled(base, sorted[level] as number),
    ownAt: (level) => scaled(base, sorted[level] as number).reduce((sum, count) => sum + count, 0),
    factorAt: (level) => (total === 0 ? null : (sorted[level] as number))
  }
}

/** Each count times a factor, rounded up: but for what quotients leave. */
export function scaled(base: readonly number[], factor: number): number[] {
  return base.map((count) => Math.ceil(count * factor * (1 - 1e-12)))
}

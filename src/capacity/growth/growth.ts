import type { Bracket, Source } from './bracket.js'

/** How much more there may be of something, and how much more there can be at most. */
export interface Growth {
  /** Replicas that are wanted now. */
  readonly replicas: number
  /** The largest growth for which a placement is known, and has passed the checker; null where not even what is wanted now fits. */
  readonly fits: Extent | null
  /** The least growth that is proven impossible; null where nothing is proven as far as was looked. */
  readonly provenLimit: Limit | null
  /**
   * How far they are apart: (most − fits) / most in replicas, where `most` is the last growth that is not excluded. 0: exact. null:
   * nothing fits, or nothing is excluded.
   */
  readonly gap: number | null
}

/** So many replicas more than now. */
export interface Extent {
  readonly added: number
  /** Up to which factor on what is wanted now that is enough, every count rounded up; null where nothing is wanted now. */
  readonly factor: number | null
  /** How it was found. */
  readonly by: Source
}

export interface Limit extends Extent {
  /** Beyond this factor it is impossible; null where nothing is wanted now. */
  readonly above: number | null
  /** What stands in the way, for people. */
  readonly why: string
}

export function describeGrowth(bracket: Bracket): Growth {
  const { line, fits, impossible, fitsBy, impossibleBy, why } = bracket
  const totalAt = (level: number) => line.countsAt(level).reduce((sum, count) => sum + count, 0)
  const now = totalAt(0)
  const extentAt = (level: number) => ({ added: totalAt(level) - now, factor: line.factorAt(level) })
  const isLimited = impossible <= line.top && impossibleBy !== null
  const before = (level: number) => (level > 0 ? line.factorAt(level - 1) : line.factorAt(0) === null ? null : 0)
  const own = line.ownAt
  const most = own(Math.max(0, impossible - 1))
  return {
    replicas: own(0),
    fits: fits < 0 ? null : { ...extentAt(fits), by: fitsBy ?? 'greedy' },
    provenLimit: isLimited
      ? { ...extentAt(impossible), by: impossibleBy, above: before(impossible), why: why ?? '' }
      : null,
    gap: fits < 0 || !isLimited ? null : most === 0 ? 0 : (most - own(fits)) / most
  }
}

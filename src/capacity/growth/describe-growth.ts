import type { Bracket } from './bracket.js'
import type { Growth } from './growth.js'

/** What a bracket says of growth. */
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

import { slackOf } from './instance.js'

/**
 * For sums of some amounts, each taken any number of times: the limit that binds a program. No legal sum is above it, although the
 * checker lets limits be exceeded a little.
 *
 * Where the amounts are whole multiples of a unit that is not finer than the checker's tolerance, it is the greatest legal
 * multiple, or the limit itself when that is no more: usual programs have the numbers of their Problem. Elsewhere it is `widened`.
 */
export function bindingLimits(amounts: Iterable<number>): (limit: number) => number {
  const unit = commonUnit(amounts)
  return (limit) => {
    if (unit < slackOf(limit)) return widened(limit)
    const fullest = Math.floor(widened(limit) / unit) * unit
    return fullest > limit * (1 + NOISE) ? fullest : limit
  }
}

/** The greatest sum of some amounts that a device can bear; a little more where the amounts have no unit. */
export function fullestDevice(shares: Iterable<number>): number {
  const unit = commonUnit(shares)
  return unit < slackOf(1) ? widened(1) : Math.floor(widened(1) / unit) * unit
}

/** What no legal amount reaches: the tolerance of the checker, and a tenth of it for the rounding of solvers. */
export function widened(limit: number): number {
  return limit + 1.1 * slackOf(limit)
}

/** Relative rounding of amounts that are meant to be whole multiples of a unit. */
const NOISE = 1e-12

/** The greatest number of which all positive amounts are whole multiples; 0 when there is none. */
function commonUnit(amounts: Iterable<number>): number {
  const positive = [...new Set(amounts)].filter((amount) => amount > 0)
  const largest = positive.reduce((most, amount) => Math.max(most, amount), 0)
  let unit = largest
  for (const amount of positive) {
    unit = commonDivisor(unit, amount, largest * 1e-10)
    // Remainders of remainders lost digits that the largest amount still has.
    unit = largest / Math.round(largest / unit)
  }
  const isUnit = positive.every((amount) => {
    const units = amount / unit
    return Math.abs(units - Math.round(units)) <= NOISE * units
  })
  return positive.length > 0 && isUnit ? unit : 0
}

/** Euclid's, for numbers that are exact up to `noise`. */
function commonDivisor(left: number, right: number, noise: number): number {
  let [divisor, rest] = [Math.max(left, right), Math.min(left, right)]
  while (rest > noise) {
    const remainder = divisor % rest
    divisor = rest
    rest = rest - remainder <= noise ? 0 : remainder
  }
  return divisor
}

import { slackOf } from './instance.js'

/**
 * A limit as it binds a program: no legal sum is above `limit + slack`, although the checker lets limits be exceeded a little. The slack
 * stands on the right side of a row: of rows with it in the coefficient beside y the presolve of HiGHS 1.15 has proven false bounds.
 */
export interface BindingLimit {
  readonly limit: number
  readonly slack: number
}

/**
 * How limits bind sums of some amounts, each taken any number of times.
 *
 * Where the amounts are whole multiples of a unit that is not finer than the checker's tolerance, by the greatest legal multiple, or as
 * they stand when that is no more: usual programs have the numbers of their Problem. Elsewhere there is slack.
 */
export function bindingLimits(amounts: Iterable<number>): (limit: number) => BindingLimit {
  const unit = commonUnit(amounts)
  return (limit) => {
    if (unit < slackOf(limit)) return { limit, slack: slackInRows(limit) }
    const fullest = Math.floor(widened(limit) / unit) * unit
    // A little less where that is an exact multiple of the amounts beside it: solvers stumble over what nearly is one.
    const isOther = fullest > limit * (1 - NEAR) && Math.abs(fullest - limit) > NOISE * limit
    return { limit: isOther ? fullest : limit, slack: 0 }
  }
}

/** How the limit of a device, 1, binds sums of some shares: by the greatest that it bears. */
export function deviceLimit(shares: Iterable<number>): BindingLimit {
  const unit = commonUnit(shares)
  if (unit < slackOf(1)) return { limit: 1, slack: slackInRows(1) }
  return { limit: Math.floor(widened(1) / unit) * unit, slack: 0 }
}

/** The greatest sum of some shares that a device bears. */
export function fullestDevice(shares: Iterable<number>): number {
  return mostWithSlack(deviceLimit(shares))
}

/** What no legal sum is above. */
export function mostWithSlack({ limit, slack }: BindingLimit): number {
  return limit + slack
}

/**
 * Four times the tolerance of the checker. What a row lets pass by little more than its own tolerance the presolve of HiGHS 1.15 has taken
 * for impossible: with 2.2 times, one of thousands of random programs still had a false bound, which 2.7 times mended.
 */
function slackInRows(limit: number): number {
  return 4 * slackOf(limit)
}

/** What no legal amount reaches: the tolerance of the checker, and a tenth of it for the rounding of solvers. */
export function widened(limit: number): number {
  return limit + 1.1 * slackOf(limit)
}

/** How near a multiple below a limit must be to take its place, relatively. */
const NEAR = 1e-5

/** Relative rounding of amounts that are meant to be whole multiples of a unit. */
const NOISE = 1e-12

/** The greatest number of which all positive amounts are whole multiples; 0 when there is none. */
export function commonUnit(amounts: Iterable<number>): number {
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

import { fullestDevice } from '../instance/binding-limit.js'

/**
 * A function u of shares for which Σ u(share) ≤ 1 wherever the shares fit on one device, as the checker sees it: what fits on a device
 * still fits after rounding.
 */
export interface DualFeasibleFunction {
  readonly name: string
  readonly round: (share: number) => number
}

/** Shares above ½ that are tried: of many distinct ones, some spread over them. */
const MOST_BESIDE = 6
/** Divisions k that are tried: more of them tighten little. */
const DIVISIONS = [1, 2, 3, 4, 5, 6, 7]
/** Rounding of quotients of shares. */
const NOISE = 1e-9

/**
 * Dual-feasible functions of some shares. Where those that keep their size are told as parts of less than the fullest device bears,
 * of `whole`, a device takes by as much more than 1.
 *
 * Two families of dual-feasible functions (Fekete and Schepers, 2001) of x, the share of what the fullest device bears:
 * u⁽ᵏ⁾(x) = ⌊(k+1)x⌋ / k, or x where (k+1)x is whole; and for each of the shares f above ½: 1 from f on, 0 for what fits beside f,
 * x between.
 */
export function dualFeasibleFunctions(
  shares: readonly number[],
  whole: number = fullestDevice(shares)
): DualFeasibleFunction[] {
  const full = fullestDevice(shares)
  const divisions = DIVISIONS.map((k) => ({
    name: `dual-feasible ${k}`,
    round: (share: number) => {
      const scaled = ((k + 1) * share) / full
      return Math.abs(scaled - Math.round(scaled)) < NOISE ? share / whole : Math.floor(scaled) / k
    }
  }))
  const large = shares.filter((share) => share / full > 0.5 + NOISE).sort((left, right) => left - right)
  const every = Math.max(1, Math.ceil(large.length / MOST_BESIDE))
  const beside = large
    .filter((_, index) => index % every === 0)
    .map((large) => ({
      name: `beside ${large}`,
      round: (share: number) => (share >= large ? 1 : share <= full - large + NOISE ? 0 : share / whole)
    }))
  return [...divisions, ...beside]
}

import { TOLERANCE } from '../instance/instance.js'

/** A function u of shares for which Σ u(share) ≤ 1 wherever Σ share ≤ 1: what fits on a device still fits after rounding. */
export interface DualFeasibleFunction {
  readonly name: string
  readonly round: (share: number) => number
}

/** Shares above ½ that are tried: of many distinct ones, some spread over them. */
const MOST_BESIDE = 6
/** Divisions k that are tried: more of them tighten little. */
const DIVISIONS = [1, 2, 3, 4, 5, 6, 7]

/**
 * Two families of dual-feasible functions (Fekete and Schepers, 2001): u⁽ᵏ⁾(x) = ⌊(k+1)x⌋ / k, or x where (k+1)x is whole; and for each
 * of the shares f above ½: 1 from f on, 0 for what fits beside f, x between.
 */
export function dualFeasibleFunctions(shares: readonly number[]): DualFeasibleFunction[] {
  const divisions = DIVISIONS.map((k) => ({
    name: `dual-feasible ${k}`,
    round: (share: number) => {
      const scaled = (k + 1) * share
      return Math.abs(scaled - Math.round(scaled)) < (k + 1) * TOLERANCE ? share : Math.floor(scaled) / k
    }
  }))
  const large = shares.filter((share) => share > 0.5 + TOLERANCE).sort((left, right) => left - right)
  const every = Math.max(1, Math.ceil(large.length / MOST_BESIDE))
  const beside = large
    .filter((_, index) => index % every === 0)
    .map((large) => ({
      name: `beside ${large}`,
      round: (share: number) => (share >= large ? 1 : share <= 1 - large + TOLERANCE ? 0 : share)
    }))
  return [...divisions, ...beside]
}

import type { Problem } from '../contract/problem.js'

/** Digits after the point that costs may have for their unit to count. */
const DIGITS = [0, 1, 2, 3, 4]

/** A bound on a sum of node costs, rounded up to the next multiple of the power of ten of which all are. With a horizon as it is. */
export function roundUpToUnit({ nodes, nodeTypes, objective }: Problem, bound: number): number {
  if (objective.horizonHours !== null || !Number.isFinite(bound)) return bound
  const costs = [...nodes, ...nodeTypes].map(({ costPerHour }) => costPerHour)
  const digits = DIGITS.find((digits) => costs.every((cost) => Number(cost.toFixed(digits)) === cost))
  if (digits === undefined) return bound
  // What is a little more than a multiple may be one, but for rounding: the contract's part in 10⁶.
  const slack = 1e-6 * Math.max(1, Math.abs(bound))
  return Math.max(bound, Math.ceil((bound - slack) * 10 ** digits) / 10 ** digits)
}

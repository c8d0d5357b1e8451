/** Middles and means; Infinity is a value as any other, and stands for what was never reached. */

/**
 * The middle one, or the mean of the two in the middle; null of none.
 *
 * @type {(values: readonly number[]) => number | null}
 */
export function median(values) {
  const sorted = [...values].sort((left, right) => (left === right ? 0 : left - right))
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (low === undefined || high === undefined) return null
  return low === high ? low : (low + high) / 2
}

/** null of none. @type {(values: readonly number[]) => number | null} */
export function mean(values) {
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0) / values.length
}

/**
 * The shifted geometric mean, exp(Σ ln(t + s) / n) − s: long times do not rule it as they rule a mean, nor short ones as they rule a
 * geometric mean. Shifted by a second, as in Mittelmann's benchmarks; Achterberg, Constraint Integer Programming (2007), A.3. What never
 * ended has to come as the limit. null of none.
 *
 * @type {(values: readonly number[], shift?: number) => number | null}
 */
export function shiftedGeometricMean(values, shift = 1) {
  const logarithm = mean(values.map((value) => Math.log(value + shift)))
  return logarithm === null ? null : Math.exp(logarithm) - shift
}

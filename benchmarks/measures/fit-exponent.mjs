/** How time grows with size. */
import { mean } from './averages.mjs'
import { LEAST_SECONDS } from './performance-profile.mjs'

/** @typedef {{ nodes: number, seconds: number }} Point */

/**
 * seconds = factor · nodes ^ exponent.
 *
 * @typedef {object} Fit
 * @property {number} exponent
 * @property {number | null} standardError Of the exponent; null with fewer than three points.
 * @property {number} factor
 * @property {number} points How many there were.
 */

/**
 * The line of least squares through ln(nodes) and ln(seconds): its slope is the exponent, and √(Σ residual² / (n − 2) / Σ (x − x̄)²) the
 * standard error of that. null where there are not two sizes.
 *
 * @type {(points: readonly Point[]) => Fit | null}
 */
export function fitExponent(points) {
  const logarithms = points.map(({ nodes, seconds }) => ({
    x: Math.log(nodes),
    y: Math.log(Math.max(seconds, LEAST_SECONDS))
  }))
  const x = mean(logarithms.map((point) => point.x)) ?? 0
  const y = mean(logarithms.map((point) => point.y)) ?? 0
  const spread = sum(logarithms.map((point) => (point.x - x) ** 2))
  if (new Set(points.map(({ nodes }) => nodes)).size < 2) return null
  const exponent = sum(logarithms.map((point) => (point.x - x) * (point.y - y))) / spread
  const residuals = sum(logarithms.map((point) => (point.y - y - exponent * (point.x - x)) ** 2))
  const freedom = points.length - 2
  return {
    exponent,
    standardError: freedom > 0 ? Math.sqrt(residuals / freedom / spread) : null,
    factor: Math.exp(y - exponent * x),
    points: points.length
  }
}

/** @type {(values: readonly number[]) => number} */
const sum = (values) => values.reduce((total, value) => total + value, 0)

/** Scales that several pictures share. */
import * as Plot from '@observablehq/plot'
import { duration, share } from '../words.mjs'

/** @import { ScaleOptions } from '@observablehq/plot' */

/** Gaps from 0 to 1 where a thousandth is still seen, and nothing at all has a place. @type {ScaleOptions} */
export const gapScale = { type: 'symlog', constant: 0.002, domain: [0, 1], label: null }

const GAP_TICKS = [0, 0.001, 0.01, 0.1, 1]
/** Upright ones need room for their words. */
const WIDE_TICKS = [0, 0.01, 0.1, 1]

/** @type {(gap: number) => string} */
const gapTick = (gap) => (gap < 0.01 && gap > 0 ? `${100 * gap} %` : share(gap))

/** Lines across, with their gaps beside them. */
export const gapRulesAcross = () => [
  Plot.gridY(GAP_TICKS, { stroke: 'var(--rule)', strokeOpacity: 1 }),
  Plot.axisY(GAP_TICKS, { tickFormat: gapTick, tickSize: 0, label: null })
]

/** Lines upright, with their gaps below. */
export const gapRulesUpright = () => [
  Plot.gridX(WIDE_TICKS, { stroke: 'var(--rule)', strokeOpacity: 1 }),
  Plot.axisX(WIDE_TICKS, { tickFormat: gapTick, tickSize: 0, label: null })
]

/** Powers of ten between, and both ends unless one is close to a power. @type {(from: number, to: number) => number[]} */
export function timeTicks(from, to) {
  const powers = Array.from({ length: 12 }, (_, index) => 10 ** (index - 3)).filter(
    (power) => power >= from * (1 - 1e-9) && power <= to * (1 + 1e-9)
  )
  return to / (powers.at(-1) ?? from) > 1.7 ? [...powers, to] : powers
}

/** @type {(seconds: number) => string} */
export const timeTick = (seconds) => (seconds < 1 ? `${seconds} s` : duration(seconds))

/** Equally far apart as logarithms, with both ends. @type {(from: number, to: number, count: number) => number[]} */
export function logarithmicMoments(from, to, count) {
  if (to <= from) return [to]
  const inner = Array.from({ length: count - 2 }, (_, index) => from * (to / from) ** ((index + 1) / (count - 1)))
  return [from, ...inner, to]
}

/** Round numbers from the one to the other, so many at most. @type {(from: number, to: number, most: number) => number[]} */
export function roundTicks(from, to, most) {
  const power = 10 ** Math.floor(Math.log10(Math.max((to - from) / most, Number.MIN_VALUE)))
  const step =
    [1, 2, 5, 10, 20].map((factor) => factor * power).find((size) => (to - from) / size <= most - 1) ?? to - from
  if (!(step > 0)) return [from]
  const first = Math.ceil(from / step - 1e-9)
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, index) => (first + index) * step)
}

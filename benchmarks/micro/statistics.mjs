/** Numbers that a few slow moments do not move. */

/** What lies above so large a part of some numbers, between two of them where need be. @type {(values: readonly number[], part: number) => number} */
export function quantile(values, part) {
  const sorted = [...values].sort((left, right) => left - right)
  const place = (sorted.length - 1) * part
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  if (below === undefined || above === undefined) throw new Error('no numbers')
  return below + (above - below) * (place - Math.floor(place))
}

/** @type {(values: readonly number[]) => number} */
export const median = (values) => quantile(values, 1 / 2)

/** The median absolute deviation of normally distributed numbers, as a part of their standard deviation. */
const NORMAL = 0.6745

/** How far numbers are apart, as a part of their median: their standard deviation, told from the median absolute deviation. @type {(values: readonly number[]) => number} */
export function spread(values) {
  const middle = median(values)
  return median(values.map((value) => Math.abs(value - middle))) / NORMAL / middle
}

/** Amounts of several resources compared one after the other. */
import { at } from '../../families/crowd.mjs'

/** @import { Instance } from '../../../dist/models/instance/instance.js' */

/** Amounts that differ by less are equal: sums of shares are not exact. */
const PRECISION = 1e6

/**
 * The positions of an instance's resources, some of them first, in this order, the others after them by name.
 *
 * @type {(instance: Instance, first: readonly string[]) => number[]}
 */
export function resourcesInOrder({ resources }, first) {
  const named = first.flatMap((name) => (resources.includes(name) ? [resources.indexOf(name)] : []))
  return [...named, ...[...resources.keys()].filter((resource) => !named.includes(resource))]
}

/** Amounts in an order of resources, ready to be compared. @type {(amounts: ArrayLike<number>, order: readonly number[]) => Float64Array} */
export function sizeOf(amounts, order) {
  return Float64Array.from(order, (resource) => Math.round((amounts[resource] ?? 0) * PRECISION))
}

/** Negative where the left size is the smaller one. @type {(left: ArrayLike<number>, right: ArrayLike<number>) => number} */
export function compareSizes(left, right) {
  for (let position = 0; position < left.length; position++) {
    const difference = (left[position] ?? 0) - (right[position] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * For each deployment its place, the largest demand first.
 *
 * @type {(instance: Instance, first: readonly string[]) => Int32Array}
 */
export function rankBySize(instance, first) {
  const order = resourcesInOrder(instance, first)
  const sizes = instance.deployments.map(({ demand }) => sizeOf(demand, order))
  const ranked = [...sizes.keys()].sort((one, other) => compareSizes(at(sizes, other), at(sizes, one)) || one - other)
  const places = new Int32Array(sizes.length)
  for (const [place, deployment] of ranked.entries()) places[deployment] = place
  return places
}

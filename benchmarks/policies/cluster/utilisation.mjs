/** Which share of a node is spoken for. */
import { at } from '../../families/crowd.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */

/** Sums of shares are not exact. */
export const ROUNDING = 1e-9

/**
 * By resource, for those that the node has.
 *
 * @type {(state: PackingState, node: number) => { resource: number, share: number }[]}
 */
export function sharesInUse(state, node) {
  const { capacity } = at(state.instance.nodes, node)
  return [...capacity.entries()].flatMap(([resource, amount]) =>
    amount > 0 ? [{ resource, share: 1 - state.free(node, resource) / amount }] : []
  )
}

/**
 * Those of cores and memory, as far as the node has them; of all resources where it has neither.
 *
 * @type {typeof sharesInUse}
 */
export function basicSharesInUse(state, node) {
  const shares = sharesInUse(state, node)
  const basic = shares.filter(({ resource }) => isBasic(at(state.instance.resources, resource)))
  return basic.length === 0 ? shares : basic
}

/** @type {(name: string) => boolean} */
export function isBasic(name) {
  return name === 'cpu' || name === 'memory'
}

/** The mean of the shares. @type {(state: PackingState, node: number) => number} */
export function fullness(state, node) {
  const shares = sharesInUse(state, node)
  return shares.reduce((sum, { share }) => sum + share, 0) / Math.max(1, shares.length)
}

/** What Karpenter weighs: what is saved, and how much is disturbed for it. */
import { at } from '../../families/crowd.mjs'
import { ROUNDING } from '../cluster/utilisation.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */

/** Priorities are divided by this, and what comes of it is limited. */
const PRIORITY_SCALE = 2 ** 25
const MOST_FOR_ONE = 10
/** One through `consolidationThreshold`, which is 2 unless told otherwise. */
const LEAST_SCORE = 0.5

/** 1 for the node itself, and about 1 for each replica on it, more for those of a high priority. @type {(state: PackingState, node: number) => number} */
export function disruptionOfNode({ instance, stays, arrivals }, node) {
  let sum = 1
  for (const copy of at(instance.nodes, node).copies) {
    if (stays[copy] === 1) sum += disruptionOf(at(instance.deployments, at(instance.copies, copy).deployment))
  }
  for (const { deployment } of at(arrivals, node)) sum += disruptionOf(at(instance.deployments, deployment))
  return sum
}

/** @type {(deployment: { priority: number }) => number} */
function disruptionOf({ priority }) {
  return Math.max(0, Math.min(MOST_FOR_ONE, 1 + priority / PRIORITY_SCALE))
}

/**
 * The policy Balanced: whether something is saved, and the share of all cost that it is comes to at least half the share of all
 * disruption.
 *
 * @type {(action: { savings: number, disruption: number }, all: { cost: number, disruption: number }) => boolean}
 */
export function isBalanced({ savings, disruption }, all) {
  return savings > ROUNDING && savings / all.cost >= (disruption / all.disruption) * LEAST_SCORE - ROUNDING
}

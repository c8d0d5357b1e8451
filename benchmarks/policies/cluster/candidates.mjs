/** Which nodes may be emptied at all: the same for every policy. */
import { at } from '../../families/crowd.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */

/**
 * Nodes that host something and may be given back. None of the policies moves a replica that is pinned, in a gang, starting or
 * draining, so that its node cannot be emptied; and none empties a node that is paid for anyway.
 *
 * @type {(state: PackingState) => number[]}
 */
export function listCandidates(state) {
  return [...state.instance.nodes.keys()].filter((node) => isCandidate(state, node))
}

/** @type {(state: PackingState, node: number) => boolean} */
export function isCandidate(state, node) {
  const { releasable, copies } = at(state.instance.nodes, node)
  return releasable && (state.population[node] ?? 0) > 0 && copies.every((copy) => isMovable(state, copy))
}

/** Whether a copy may go, or is gone. @type {(state: PackingState, copy: number) => boolean} */
function isMovable({ instance, stays }, copy) {
  const { state, hold } = at(instance.copies, copy)
  return state !== 'draining' && (hold === 'none' || stays[copy] === 0)
}

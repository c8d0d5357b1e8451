/** How copies come to nodes. */
import { mayStart } from '../../dist/models/instance/instance.js'
import { at } from '../families/crowd.mjs'

/** @import { PackingState } from '../../dist/src/search/packing-state.js' */

/**
 * Whether one more copy of a deployment may start on a node, devices and rules included. Where a copy of the deployment left the node
 * before, this one has to take its very place: in the end, they are the same.
 *
 * @type {(state: PackingState, deployment: number, node: number) => boolean}
 */
export function mayHost(state, deployment, node) {
  const leavers = leaversFrom(state, deployment, node)
  if (leavers.length === 0) return state.admits(deployment, node)
  return mayStart(state.instance, deployment, node) && leavers.some((copy) => state.mayReturn(copy))
}

/** Starts a copy that `mayHost` allows. @type {(state: PackingState, deployment: number, node: number) => void} */
export function host(state, deployment, node) {
  const returning = leaversFrom(state, deployment, node).find((copy) => state.mayReturn(copy))
  if (returning === undefined) state.arrive(deployment, node)
  else state.stay(returning)
}

/**
 * The copies of a deployment that left a node.
 *
 * @type {(state: PackingState, deployment: number, node: number) => number[]}
 */
export function leaversFrom({ instance, stays }, deployment, node) {
  return at(instance.nodes, node).copies.filter((copy) => {
    if (stays[copy] === 1) return false
    const { deployment: own, state } = at(instance.copies, copy)
    return own === deployment && state !== 'draining'
  })
}

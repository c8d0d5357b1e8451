/** How copies come to nodes. */
import { mayStart } from '../../../dist/models/instance/instance.js'
import { at } from '../../families/crowd.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */

/**
 * Whether one more copy of a deployment may start on a node, devices and rules included. Where a copy of the deployment left the node
 * before, this one takes its very place if that is free: in the end, they are the same. Where it is not, other devices do as well, as
 * long as another copy can be named that comes: one that is on its node in the end cannot change its devices there.
 *
 * @type {(state: PackingState, deployment: number, node: number) => boolean}
 */
export function mayHost(state, deployment, node) {
  return returningTo(state, deployment, node) !== undefined || mayCome(state, deployment, node)
}

/** Starts a copy that `mayHost` allows. @type {(state: PackingState, deployment: number, node: number) => void} */
export function host(state, deployment, node) {
  const returning = returningTo(state, deployment, node)
  if (returning === undefined) state.arrive(deployment, node)
  else state.stay(returning)
}

/**
 * Whether a node has room for one more copy, whoever it is. As opposed to `mayHost`, it does not depend on what the other copies of the
 * deployment do.
 *
 * @type {(state: PackingState, deployment: number, node: number) => boolean}
 */
export function hasRoom(state, deployment, node) {
  return mayReturnTo(state, deployment, node).length > 0 || state.admits(deployment, node)
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

/** @type {(state: PackingState, deployment: number, node: number) => number[]} */
function mayReturnTo(state, deployment, node) {
  const leavers = leaversFrom(state, deployment, node)
  if (leavers.length === 0 || !mayStart(state.instance, deployment, node)) return []
  return leavers.filter((copy) => state.mayReturn(copy))
}

/** The copy that would take its place again. @type {(state: PackingState, deployment: number, node: number) => number | undefined} */
function returningTo(state, deployment, node) {
  const [copy] = mayReturnTo(state, deployment, node)
  if (copy === undefined) return undefined
  // One move less for everyone: those that left other nodes have one place less to choose from.
  const left = movesInTheEnd(state, deployment) - 1
  const others = nodesLeftFor(state, deployment).filter((other) => other !== node)
  return others.every((other) => isNameable(state, deployment, other, left)) ? copy : undefined
}

/** @type {(state: PackingState, deployment: number, node: number) => boolean} */
function mayCome(state, deployment, node) {
  if (!state.admits(deployment, node)) return false
  return isNameable(state, deployment, node, movesInTheEnd(state, deployment) - 1)
}

/**
 * Whether those that left a node all find a place elsewhere, of so many that there are in the end. If they do for every node, names can
 * be given: whoever would come back to its node changes places with another.
 *
 * @type {(state: PackingState, deployment: number, node: number, places: number) => boolean}
 */
function isNameable(state, deployment, node, places) {
  const leavers = leaversFrom(state, deployment, node).length
  return leavers === 0 || leavers + arrivalsOf(state, deployment, node) <= places
}

/** Copies that do not stay in the end, unless more return. @type {(state: PackingState, deployment: number) => number} */
function movesInTheEnd({ instance, staying }, deployment) {
  return at(instance.deployments, deployment).desired - (staying[deployment] ?? 0)
}

/** The nodes that copies of a deployment left, if any came somewhere since. @type {(state: PackingState, deployment: number) => number[]} */
function nodesLeftFor(state, deployment) {
  const { instance, placed, staying } = state
  if ((placed[deployment] ?? 0) === (staying[deployment] ?? 0)) return []
  return [...new Set([...state.leavers(deployment)].map((copy) => at(instance.copies, copy).node))].filter(
    (node) => arrivalsOf(state, deployment, node) > 0
  )
}

/** @type {(state: PackingState, deployment: number, node: number) => number} */
function arrivalsOf({ arrivals }, deployment, node) {
  return at(arrivals, node).filter((arrival) => arrival.deployment === deployment).length
}

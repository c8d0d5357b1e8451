/** The replicas of a node moved elsewhere, all or nothing. */
import { at } from '../../families/crowd.mjs'
import { host } from './hosting.mjs'

/** @import { PackingState, SeatedArrival } from '../../../dist/src/search/packing-state.js' */

/**
 * One that runs on a node. Of those that the policy moved before, nothing but the deployment is known: they are interchangeable. key:
 * the same as long as it stays where it is.
 *
 * @typedef {{ deployment: number, key: number | SeatedArrival, leave: () => void }} Replica
 */

/** @type {(state: PackingState, node: number) => Replica[]} */
export function replicasOn(state, node) {
  const { instance, stays, arrivals } = state
  const staying = at(instance.nodes, node).copies.filter((copy) => stays[copy] === 1)
  return [
    ...staying.map((copy) => ({
      deployment: at(instance.copies, copy).deployment,
      key: copy,
      leave: () => state.leave(copy)
    })),
    ...at(arrivals, node).map((arrival) => ({
      deployment: arrival.deployment,
      key: arrival,
      leave: () => state.remove(arrival)
    }))
  ]
}

/**
 * Moves replicas one after the other to where they are sent. Undoes everything as soon as one has nowhere to go, which −1 says.
 *
 * @type {(state: PackingState, replicas: readonly Replica[], send: (replica: Replica) => number) => boolean}
 */
export function evacuate(state, replicas, send) {
  const mark = state.mark()
  for (const { leave } of replicas) leave()
  for (const replica of replicas) {
    const node = send(replica)
    if (node < 0) {
      state.rollBack(mark)
      return false
    }
    host(state, replica.deployment, node)
  }
  return true
}

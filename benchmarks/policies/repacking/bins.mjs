/** Open nodes that are filled one copy at a time. */
import { at } from '../../families/crowd.mjs'
import { Destinations } from '../cluster/destinations.mjs'
import { host, leaversFrom, mayHost } from '../cluster/hosting.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */

/** @typedef {'first-fit' | 'best-fit'} Fit */

export class Bins {
  #state
  #fit
  #destinations
  /** Nodes that are not open yet. @type {Set<number>} */
  #closed = new Set()

  /** @param {PackingState} state @param {Fit} fit */
  constructor(state, fit) {
    this.#state = state
    this.#fit = fit
    this.#destinations = new Destinations(state)
    for (const node of state.instance.nodes.keys()) {
      if (state.isActive(node)) this.#destinations.add(node)
      else this.#closed.add(node)
    }
  }

  /** Places a copy; false where no node takes it. @param {number} deployment */
  place(deployment) {
    const open =
      this.#fit === 'first-fit'
        ? this.#destinations.first(deployment, () => true)
        : this.#destinations.best(deployment, (node) => this.#leftOver(deployment, node))
    const node = open >= 0 ? open : this.#open(deployment)
    if (node >= 0) host(this.#state, deployment, node)
    return node >= 0
  }

  /** The share of a node that would still be free, summed over its resources. @param {number} deployment @param {number} node */
  #leftOver(deployment, node) {
    const { nodes, deployments } = this.#state.instance
    const { demand } = at(deployments, deployment)
    let left = 0
    for (const [resource, total] of at(nodes, node).capacity.entries()) {
      if (total > 0) left += (this.#state.free(node, resource) - (demand[resource] ?? 0)) / total
    }
    return left
  }

  /**
   * Opens the node on which the share that a copy takes costs least; of several the one from which most copies of its deployment
   * come, then most of all, so that they may stay. −1: no node takes it.
   *
   * @param {number} deployment
   */
  #open(deployment) {
    const { nodes, deployments } = this.#state.instance
    const { demand } = at(deployments, deployment)
    let best = -1
    let least = [Infinity, 0, 0]
    for (const node of this.#closed) {
      const { capacity, costPerHour, copies } = at(nodes, node)
      const price = costPerHour * shareOf(demand, capacity)
      if (price > at(least, 0)) continue
      const rank = [price, -leaversFrom(this.#state, deployment, node).length, -copies.length]
      if (!isLess(rank, least) || !mayHost(this.#state, deployment, node)) continue
      best = node
      least = rank
    }
    if (best >= 0) {
      this.#closed.delete(best)
      this.#destinations.add(best)
    }
    return best
  }
}

/** The share that a demand takes of a node, of the resource of which it takes most. @type {(demand: Float64Array, capacity: Float64Array) => number} */
function shareOf(demand, capacity) {
  let most = 0
  for (const [resource, amount] of demand.entries()) {
    if (amount > 0) most = Math.max(most, amount / (capacity[resource] ?? 0))
  }
  return most
}

/** @type {(left: readonly number[], right: readonly number[]) => boolean} */
function isLess(left, right) {
  const position = left.findIndex((amount, index) => amount !== right[index])
  return position >= 0 && at(left, position) < at(right, position)
}

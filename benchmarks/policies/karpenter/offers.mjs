/** New nodes that can be had: one idle node of each kind, the cheapest first. */
import { at } from '../../families/crowd.mjs'
import { host, mayHost } from '../cluster/hosting.mjs'
import { ROUNDING } from '../cluster/utilisation.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */

/** More than all tolerances: a node that is too small for a sum by so much is surely too small. */
const SLACK = 1e-5

export class Offers {
  #state
  /** @type {number[]} */
  #nodes = []

  /** @param {PackingState} state */
  constructor(state) {
    this.#state = state
    this.refresh()
  }

  /** Nodes became active or idle. */
  refresh() {
    const { instance, used } = this.#state
    const kinds = new Set()
    const width = instance.resources.length
    this.#nodes = []
    for (const { index, kind, open } of instance.nodes) {
      if (!open || kinds.has(kind) || this.#state.isActive(index)) continue
      // Where every order of the steps has to be safe, what left a node still holds its room.
      if (used.subarray(index * width, (index + 1) * width).some((amount) => amount > 0)) continue
      kinds.add(kind)
      this.#nodes.push(index)
    }
    this.#nodes.sort((one, other) => this.priceOf(one) - this.priceOf(other) || one - other)
  }

  /** @param {number} node */
  priceOf(node) {
    return at(this.#state.instance.nodes, node).costPerHour
  }

  /** Those that are cheaper than so much. @param {number} price */
  below(price) {
    return this.#nodes.filter((node) => this.priceOf(node) < price - ROUNDING)
  }

  /**
   * Those of some that are large enough for copies, if nothing but amounts counted.
   *
   * @param {readonly number[]} some
   * @param {readonly { deployment: number }[]} copies
   */
  largeEnough(some, copies) {
    const { deployments, nodes, resources } = this.#state.instance
    const wanted = resources.map((_, resource) =>
      copies.reduce((sum, { deployment }) => sum + (at(deployments, deployment).demand[resource] ?? 0), 0)
    )
    return some.filter((node) =>
      wanted.every((amount, resource) => amount <= (at(nodes, node).capacity[resource] ?? 0) * (1 + SLACK) + SLACK)
    )
  }

  /**
   * Places copies on the first of some nodes that takes them all, and returns it; −1: none does, and nothing has changed.
   *
   * @param {readonly number[]} some
   * @param {readonly { deployment: number }[]} copies
   */
  buy(some, copies) {
    const mark = this.#state.mark()
    for (const node of some) {
      const fits = copies.every(({ deployment }) => {
        const isWelcome = mayHost(this.#state, deployment, node)
        if (isWelcome) host(this.#state, deployment, node)
        return isWelcome
      })
      if (fits) return node
      this.#state.rollBack(mark)
    }
    return -1
  }

  /** Whether two nodes are of one type: as large, at the same price. @param {number} one @param {number} other */
  isAlike(one, other) {
    const { nodes } = this.#state.instance
    return (
      Math.abs(this.priceOf(one) - this.priceOf(other)) <= ROUNDING &&
      at(nodes, one).capacity.every((amount, resource) => amount === at(nodes, other).capacity[resource])
    )
  }
}

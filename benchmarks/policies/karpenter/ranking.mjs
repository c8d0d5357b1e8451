/** The nodes that Karpenter may empty, by what is saved for what is disrupted, the most first. */
import { at } from '../../families/crowd.mjs'
import { isCandidate } from '../cluster/candidates.mjs'
import { disruptionOfNode } from './disruption.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */

/** Kept up to date node by node, since most of them stay what they are. */
export class Ranking {
  #state
  /** By node. */
  #disruption
  /** @type {number[]} */
  #order

  /** @param {PackingState} state */
  constructor(state) {
    const nodes = [...state.instance.nodes.keys()]
    this.#state = state
    this.#disruption = Float64Array.from(nodes, (node) => disruptionOfNode(state, node))
    this.#order = nodes.filter((node) => isCandidate(state, node)).sort((one, other) => this.#compare(one, other))
  }

  /** @returns {readonly number[]} */
  get candidates() {
    return this.#order
  }

  /** @param {number} node */
  disruptionOf(node) {
    return this.#disruption[node] ?? 0
  }

  /** What all active nodes cost, and what it would take to disrupt them all. */
  weighAll() {
    const total = { cost: this.#state.cost, disruption: 0 }
    for (const node of this.#state.instance.nodes.keys()) {
      if (this.#state.isActive(node)) total.disruption += this.disruptionOf(node)
    }
    return total
  }

  /** Something came to some nodes, or left them. @param {Iterable<number>} nodes */
  refresh(nodes) {
    for (const node of new Set(nodes)) {
      const before = this.#placeOf(node)
      if (this.#order[before] === node) this.#order.splice(before, 1)
      this.#disruption[node] = disruptionOfNode(this.#state, node)
      if (isCandidate(this.#state, node)) this.#order.splice(this.#placeOf(node), 0, node)
    }
  }

  /** @param {number} node */
  #placeOf(node) {
    let [low, high] = [0, this.#order.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#compare(at(this.#order, middle), node) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** @param {number} one @param {number} other */
  #compare(one, other) {
    return this.#ratio(other) - this.#ratio(one) || one - other
  }

  /** @param {number} node */
  #ratio(node) {
    return at(this.#state.instance.nodes, node).costPerHour / this.disruptionOf(node)
  }
}

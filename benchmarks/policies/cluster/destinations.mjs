/** Where copies may go: the active nodes, without those that are known to be too full. */
import { mayStart } from '../../../dist/models/instance/instance.js'
import { hasRoom, mayHost } from './hosting.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */

/**
 * For each deployment the nodes that may still take one more copy, in an order.
 *
 * Alike replicas ask the same question again and again. A node that refused one for what is on it (and not for a rule about others,
 * or for want of another copy to name) refuses the next one, too, as nothing leaves a node but when it is emptied as a whole: then it is
 * removed here. So a refusal is final, and the node is struck from the list, except where it may be due to something that is only tried.
 */
export class Destinations {
  #state
  /** Row after row, one for each deployment. */
  #nodes
  #lengths
  /** By node: the trial in which something came to it. */
  #triedIn
  #trial = 0

  /** @param {PackingState} state */
  constructor(state) {
    const { nodes, deployments } = state.instance
    this.#state = state
    this.#nodes = deployments.map(() => new Int32Array(nodes.length))
    this.#lengths = new Int32Array(deployments.length)
    this.#triedIn = new Int32Array(nodes.length).fill(-1)
  }

  /** After all others. @param {number} node */
  add(node) {
    this.#put(node, (_row, length) => length)
  }

  /** Before those that come after it in the Problem. @param {number} node */
  insert(node) {
    this.#put(node, (row, length) => {
      const later = row.subarray(0, length).findIndex((other) => other > node)
      return later < 0 ? length : later
    })
  }

  /** @param {number} node @param {(row: Int32Array, length: number) => number} choosePosition */
  #put(node, choosePosition) {
    for (const [deployment, row] of this.#nodes.entries()) {
      if (!mayStart(this.#state.instance, deployment, node)) continue
      const length = this.#lengths[deployment] ?? 0
      const position = choosePosition(row, length)
      row.copyWithin(position + 1, position, length)
      row[position] = node
      this.#lengths[deployment] = length + 1
    }
  }

  /** @param {number} node */
  remove(node) {
    for (const [deployment, row] of this.#nodes.entries()) {
      const position = row.subarray(0, this.#lengths[deployment]).indexOf(node)
      if (position >= 0) this.#strike(deployment, position)
    }
  }

  /** From now on, what comes to nodes may be undone. */
  begin() {
    this.#trial++
  }

  /** Something came to a node that may be undone. @param {number} node */
  touch(node) {
    this.#triedIn[node] = this.#trial
  }

  /**
   * The first node that may host a copy; −1: none.
   *
   * @param {number} deployment
   * @param {(node: number) => boolean} isAllowed
   */
  first(deployment, isAllowed) {
    const row = this.#nodes[deployment] ?? new Int32Array()
    for (let position = 0; position < (this.#lengths[deployment] ?? 0); position++) {
      const node = row[position] ?? -1
      if (!isAllowed(node)) continue
      if (mayHost(this.#state, deployment, node)) return node
      if (this.#isFinal(deployment, node)) this.#strike(deployment, position--)
    }
    return -1
  }

  /**
   * The node that may host a copy at the least rank, the first of several; −1: none.
   *
   * @param {number} deployment
   * @param {(node: number) => number} rank
   */
  best(deployment, rank) {
    const row = this.#nodes[deployment] ?? new Int32Array()
    let best = -1
    let least = Infinity
    for (let position = 0; position < (this.#lengths[deployment] ?? 0); position++) {
      const node = row[position] ?? -1
      const ranked = rank(node)
      if (ranked >= least) continue
      if (mayHost(this.#state, deployment, node)) {
        best = node
        least = ranked
      } else if (this.#isFinal(deployment, node)) this.#strike(deployment, position--)
    }
    return best
  }

  /** @param {number} deployment @param {number} node */
  #isFinal(deployment, node) {
    if (this.#triedIn[node] === this.#trial || hasRoom(this.#state, deployment, node)) return false
    return this.#state.rules.admits(deployment, node)
  }

  /** @param {number} deployment @param {number} position */
  #strike(deployment, position) {
    const length = this.#lengths[deployment] ?? 0
    this.#nodes[deployment]?.copyWithin(position, position + 1, length)
    this.#lengths[deployment] = length - 1
  }
}

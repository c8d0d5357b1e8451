/** One action of Karpenter: some nodes go, and what ran on them is placed on the others and on at most one new node. */
import { Destinations } from '../cluster/destinations.mjs'
import { replicasOn } from '../cluster/evacuation.mjs'
import { host } from '../cluster/hosting.mjs'
import { rankBySize } from '../cluster/lexicographic.mjs'
import { Offers } from './offers.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */

/**
 * What is done about some nodes. savings: per hour. destinations: of their replicas, one each, without those that go to the new node.
 * bought: the new node; −1: none.
 *
 * @typedef {{ nodes: readonly number[], savings: number, starts: number, destinations: readonly number[], bought: number }} Action
 */

export class Consolidation {
  #state
  #destinations
  #offers
  /** By deployment: its place in the queue of the scheduler, most cores first, then most memory. */
  #rank
  /** Whether rules count what is on other nodes, so that what leaves one may let something come to another. */
  #isRuled

  /** @param {PackingState} state */
  constructor(state) {
    const { instance } = state
    this.#state = state
    this.#offers = new Offers(state)
    this.#destinations = new Destinations(state)
    for (const node of instance.nodes.keys()) if (state.isActive(node)) this.#destinations.add(node)
    this.#rank = rankBySize(instance, ['cpu', 'memory'])
    this.#isRuled = instance.counters.length + instance.conflicts.length > 0
  }

  /**
   * Empties nodes, if everything on them has somewhere to go and it gets cheaper; null, and everything as it was, if not. What is done
   * is undone by whoever does not like it; whoever keeps it says so with `keep`.
   *
   * @param {readonly number[]} nodes
   * @param {number} maxStarts
   * @returns {Action | null}
   */
  tryEmptying(nodes, maxStarts) {
    const state = this.#state
    const starts = nodes.reduce((sum, node) => sum + (state.population[node] ?? 0), 0)
    if (starts > maxStarts) return null
    const cost = nodes.reduce((sum, node) => sum + this.#offers.priceOf(node), 0)
    const mark = state.mark()
    const { destinations, bought } = this.#place(nodes, this.#offers.below(cost))
    if (destinations.length < starts && bought < 0) {
      state.rollBack(mark)
      return null
    }
    return { nodes, savings: bought < 0 ? cost : cost - this.#offers.priceOf(bought), starts, destinations, bought }
  }

  /** What was tried last is done. @param {Action} action */
  keep({ nodes, bought }) {
    for (const node of nodes) this.#destinations.remove(node)
    if (bought >= 0) this.#destinations.insert(bought)
    this.#offers.refresh()
  }

  /**
   * Each copy on the first other node that takes it, in the order of their names; all others together on the cheapest new node that
   * takes them. Where it is of a type that goes, the same is had by keeping that one: that is no way.
   *
   * @param {readonly number[]} nodes
   * @param {readonly number[]} cheaper What may be bought.
   */
  #place(nodes, cheaper) {
    const replicas = nodes.flatMap((node) => replicasOn(this.#state, node))
    const rank = (/** @type {{ deployment: number }} */ { deployment }) => this.#rank[deployment] ?? 0
    replicas.sort((one, other) => rank(one) - rank(other))
    const gone = new Set(nodes)
    const destinations = []
    /** @type {typeof replicas} */
    const left = []
    let offers = cheaper
    this.#destinations.begin()
    if (this.#isRuled) for (const { leave } of replicas) leave()
    for (const replica of replicas) {
      const node = this.#destinations.first(replica.deployment, (other) => !gone.has(other))
      if (node < 0) {
        left.push(replica)
        offers = this.#offers.largeEnough(offers, left)
        if (offers.length === 0) return { destinations, bought: -1 }
        continue
      }
      if (!this.#isRuled) replica.leave()
      host(this.#state, replica.deployment, node)
      this.#destinations.touch(node)
      destinations.push(node)
    }
    if (left.length === 0) return { destinations, bought: -1 }
    if (!this.#isRuled) for (const { leave } of left) leave()
    const bought = this.#offers.buy(offers, left)
    const isVain = nodes.some((node) => bought >= 0 && this.#offers.isAlike(node, bought))
    return { destinations, bought: isVain ? -1 : bought }
  }
}

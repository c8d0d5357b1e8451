/** For each deployment the active nodes that have room for one more copy, the tightest first: as Ray counts, in sums. */
import { mayStart } from '../../../dist/models/instance/instance.js'
import { at } from '../../families/crowd.mjs'
import { compareSizes, resourcesInOrder, sizeOf } from '../cluster/lexicographic.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */

/** By how much a demand may exceed what is free: sums of shares are not exact. */
const SLACK = 1e-9

/** What is free on a node. planned: copies that are not there yet, and are counted as if they were. */
class Room {
  /**
   * @param {number} node
   * @param {Float64Array} free By resource.
   * @param {Float64Array} size The same, in the order by which rooms are compared.
   * @param {readonly number[]} planned
   */
  constructor(node, free, size, planned) {
    this.node = node
    this.free = free
    this.size = size
    this.planned = planned
  }
}

/**
 * What a copy leaves on a node is least where least is free, whichever copy it is: so all lists have one order, and a node changes its
 * place in them only when something comes to it.
 */
export class FittingNodes {
  #state
  #order
  /** @type {Map<number, Room>} */
  #rooms = new Map()
  /** By deployment. @type {Room[][]} */
  #lists

  /** @param {PackingState} state */
  constructor(state) {
    const { instance, population } = state
    this.#state = state
    this.#order = resourcesInOrder(instance, ['gpu', 'cpu', 'memory'])
    for (const node of instance.nodes.keys())
      if ((population[node] ?? 0) > 0) this.#rooms.set(node, this.#measure(node))
    const rooms = [...this.#rooms.values()].sort(compareRooms)
    this.#lists = instance.deployments.map(({ index }) => rooms.filter((room) => this.fits(index, room)))
  }

  /** Nodes with room for a copy, the tightest first. @param {number} deployment @returns {readonly Room[]} */
  of(deployment) {
    return at(this.#lists, deployment)
  }

  /** @param {number} deployment @param {Room} room */
  fits(deployment, { node, free, planned }) {
    const { instance, perNode } = this.#state
    const { demand, maxReplicasPerNode } = at(instance.deployments, deployment)
    if (!mayStart(instance, deployment, node)) return false
    for (let resource = 0; resource < demand.length; resource++) {
      if ((free[resource] ?? 0) + SLACK < (demand[resource] ?? 0)) return false
    }
    const here = perNode[deployment * instance.nodes.length + node] ?? 0
    return here + planned.filter((other) => other === deployment).length < maxReplicasPerNode
  }

  /** A room as it is with one more copy. @param {Room} room @param {number} deployment */
  plan({ node, free, planned }, deployment) {
    const { demand } = at(this.#state.instance.deployments, deployment)
    const left = free.map((amount, resource) => amount - (demand[resource] ?? 0))
    return new Room(node, left, sizeOf(left, this.#order), [...planned, deployment])
  }

  /** Nothing runs on a node any more. @param {number} node */
  remove(node) {
    const room = this.#rooms.get(node)
    if (room === undefined) return
    this.#rooms.delete(node)
    for (const list of this.#lists) {
      const place = placeOf(list, room)
      if (list[place] === room) list.splice(place, 1)
    }
  }

  /** Something came to a node. @param {number} node */
  refresh(node) {
    this.remove(node)
    const room = this.#measure(node)
    this.#rooms.set(node, room)
    for (const [deployment, list] of this.#lists.entries()) {
      if (this.fits(deployment, room)) list.splice(placeOf(list, room), 0, room)
    }
  }

  /** @param {number} node */
  #measure(node) {
    const free = Float64Array.from(this.#state.instance.resources, (_, resource) => this.#state.free(node, resource))
    return new Room(node, free, sizeOf(free, this.#order), [])
  }
}

/** Which of two rooms is the better fit for whoever fits into both: negative, the left one. @type {(left: Room, right: Room) => number} */
export function compareRooms(left, right) {
  return compareSizes(left.size, right.size) || left.node - right.node
}

/** How many in a list are a better fit. @type {(list: readonly Room[], room: Room) => number} */
function placeOf(list, room) {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareRooms(at(list, middle), room) < 0) low = middle + 1
    else high = middle
  }
  return low
}

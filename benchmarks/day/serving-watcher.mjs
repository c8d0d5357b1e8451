/** Who watches that no limit is broken at any moment of a day. */

/** @import { Copy, ServingEvent } from './serving-parts.mjs' */

const ROUNDING = 1e-9

/** @type {readonly ['gpu', 'cpu', 'memory']} */
const RESOURCES = ['gpu', 'cpu', 'memory']

/**
 * Follows a serving cluster by what happens in it, with books of its own. faults: a node with more on it than it has, a GPU that holds more
 * than one, a deployment that crowds a node, a copy where it cannot run, a node given back with something on it. gaps: how often a replica
 * took no requests any more, by a move.
 */
export class ServingWatcher {
  /** @type {string[]} */
  faults = []
  gaps = 0
  events = 0
  /** By node. @type {Map<string, Set<Copy>>} */
  #copies = new Map()
  /** Those that take requests. @type {Set<Copy>} */
  #open = new Set()

  /** @param {ServingEvent} event */
  watch(event) {
    this.events++
    if (event.kind === 'started') this.#start(event.copy)
    else if (event.kind === 'opened') this.#openUp(event.copy)
    else if (event.kind === 'closed') this.#close(event.copy, event.cause === 'move')
    else if (event.kind === 'removed') this.#remove(event.copy)
    else if (event.kind === 'released' && this.#on(event.node.id).size > 0) {
      this.faults.push(`${event.node.id} is given back with something on it`)
    }
  }

  /** @param {string} node */
  #on(node) {
    const copies = this.#copies.get(node) ?? new Set()
    this.#copies.set(node, copies)
    return copies
  }

  /** @param {Copy} copy */
  #start(copy) {
    const { node, replica } = copy
    const copies = [...this.#on(node.id).add(copy)]
    if (node.state !== 'there') this.faults.push(`${replica.id} starts on ${node.id}, which is ${node.state}`)
    if (replica.service.gpu !== node.machine.labels.gpu) this.faults.push(`${replica.id} starts on a GPU it cannot use`)
    for (const resource of RESOURCES) {
      const held = copies.reduce((sum, other) => sum + other.replica.service.demand[resource], 0)
      const capacity = node.machine.capacity[resource] ?? 0
      if (held > capacity + ROUNDING) this.faults.push(`${held} ${resource} on ${node.id}, which has ${capacity}`)
    }
    for (const device of copy.devices) {
      const sharing = copies.filter(({ devices }) => devices.includes(device))
      const load = sharing.reduce((sum, other) => sum + Math.min(1, other.replica.service.demand.gpu), 0)
      if (load > 1 + ROUNDING) this.faults.push(`device ${device} of ${node.id} holds ${load}`)
    }
    const { id, maxReplicasPerNode = Infinity } = replica.service
    const alike = copies.filter((other) => other.replica.service.id === id).length
    if (alike > maxReplicasPerNode) this.faults.push(`${alike} of ${id} on ${node.id}`)
  }

  /** @param {Copy} copy */
  #openUp(copy) {
    if (copy.state !== 'ready') this.faults.push(`${copy.replica.id} takes requests and is ${copy.state}`)
    this.#open.add(copy)
  }

  /** @param {Copy} copy @param {boolean} isMove */
  #close(copy, isMove) {
    this.#open.delete(copy)
    if (!isMove || copy.replica.isRetired) return
    if (![...copy.replica.copies].some((other) => this.#open.has(other))) this.gaps++
  }

  /** @param {Copy} copy */
  #remove(copy) {
    if (!this.#on(copy.node.id).delete(copy)) this.faults.push(`${copy.replica.id} was not on ${copy.node.id}`)
    if (this.#open.has(copy)) this.faults.push(`${copy.replica.id} goes while requests come`)
  }
}

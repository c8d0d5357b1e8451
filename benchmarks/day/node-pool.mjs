/** The nodes that there are, and what they cost. */
import { ServingNode } from './serving-node.mjs'

/** @import { SimulatedClock } from '../../dist/src/simulation/simulated-clock.js' */
/** @import { Machine } from './machines.mjs' */
/** @import { Cause, Names, ServingEvent } from './serving-parts.mjs' */

export class NodePool {
  /** @type {Map<string, ServingNode>} */
  nodes = new Map()
  /** What nodes cost that are given back. */
  #spent = { dollars: 0, nodeHours: 0 }
  #clock
  #names
  #tell

  /** @param {SimulatedClock} clock @param {Names} names @param {(event: ServingEvent) => void} tell */
  constructor(clock, names, tell) {
    this.#clock = clock
    this.#names = names
    this.#tell = tell
  }

  /** A node is ordered, and there after a while; `isThere`: at once. @param {Machine} machine @param {{ id?: string, cause?: Cause, isThere?: boolean }} [options] */
  buy(machine, { id = this.#names.next(machine.type), cause = 'scale', isThere = false } = {}) {
    const node = new ServingNode(id, machine, this.#clock.now())
    this.nodes.set(id, node)
    this.#tell({ kind: 'bought', node, cause })
    const arrive = () => {
      if (node.state !== 'coming') return
      node.state = 'there'
      node.changedAt = this.#clock.now()
      this.#tell({ kind: 'there', node, cause })
      node.arrival.resolve()
    }
    if (isThere) arrive()
    else this.#clock.after(this.#names.duration(`purchase of ${id}`, machine.provisionSeconds), arrive)
    return node
  }

  /** Gives an empty node back. @param {ServingNode} node @param {Cause} cause */
  release(node, cause) {
    if (node.copies.size > 0) throw new Error(`${node.id} is not empty`)
    const hours = (this.#clock.now() - node.boughtAt) / 3_600_000
    this.#spent.nodeHours += hours
    this.#spent.dollars += hours * node.machine.costPerHour
    node.state = 'gone'
    this.nodes.delete(node.id)
    this.#tell({ kind: 'released', node, cause })
  }

  /** What all nodes have cost so far. */
  get bill() {
    const bill = { ...this.#spent }
    for (const { boughtAt, machine } of this.nodes.values()) {
      const hours = (this.#clock.now() - boughtAt) / 3_600_000
      bill.nodeHours += hours
      bill.dollars += hours * machine.costPerHour
    }
    return bill
  }
}

/** Room that would still be there, had moves not emptied nodes: who waits for a new node though it would have had room, waits through moves. */
import { makeTrialNode, takesRoom } from './trial-node.mjs'

/** @import { Clock } from 'replica-compactor' */
/** @import { Machine } from './machines.mjs' */
/** @import { ServingNode } from './serving-node.mjs' */
/** @import { Pending } from './serving-parts.mjs' */

/** Without moves a node would have become idle some time: after so long, its room is no longer missed. */
const MISSED_MS = 3_600_000

/**
 * A node that moves have emptied counts as if all of it had been free: what was there holds as much elsewhere. So rather too much is
 * put down to moves than too little.
 */
export class LostRoom {
  /** @type {{ until: number, node: ServingNode }[]} */
  #nodes = []
  #clock

  /** @param {Clock} clock */
  constructor(clock) {
    this.#clock = clock
  }

  /** A node that moves have emptied was given back. @param {Machine} machine */
  add(machine) {
    this.#nodes.push({ until: this.#clock.now() + MISSED_MS, node: makeTrialNode(machine) })
  }

  /** Somebody waits for a new node. @param {Pending} waiting */
  blame(waiting) {
    this.#nodes = this.#nodes.filter(({ until }) => until > this.#clock.now())
    const { replica } = waiting
    const isLost = takesRoom(
      this.#nodes.map(({ node }) => node),
      replica.service
    )
    if (!isLost) return
    waiting.isLate = true
    replica.deployment.desk.trouble(1)
  }
}

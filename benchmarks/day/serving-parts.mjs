/** What a serving cluster consists of, and what happens to it. */
import { defer } from '../../dist/src/simulation/deferred.js'
import { Dice } from '../../dist/src/simulation/dice.js'
import { Seat } from './request-desk.mjs'

/** @import { Deferred } from '../../dist/src/simulation/deferred.js' */
/** @import { Service } from './fleet.mjs' */
/** @import { RequestDesk } from './request-desk.mjs' */
/** @import { ServingNode } from './serving-node.mjs' */

/** Why something happens: the autoscalers of the cluster, or a move. @typedef {'scale' | 'move'} Cause */

/** A deployment as it is. target: replicas that the autoscaler wants. @typedef {{ service: Service, desk: RequestDesk, target: number, replicas: Set<Replica> }} Deployment */

/** isMissing: it takes no requests, because of a move. @typedef {{ id: string, service: Service, deployment: Deployment, copies: Set<Copy>, isRetired: boolean, isMissing: boolean }} Replica */

/**
 * A copy of a replica. While a replica moves, it has two. opensWhenReady: requests come as soon as it is ready, not by a shift.
 * leavesWhenEmpty: it is removed when its last request is answered, and at the latest when the time for that is over. emptied: settles
 * when that request is answered. isLate: had nodes not been released after moves, it would not have waited for a new one.
 *
 * @typedef {object} Copy
 * @property {Replica} replica
 * @property {ServingNode} node
 * @property {readonly number[]} devices
 * @property {'starting' | 'ready' | 'draining'} state
 * @property {Seat} seat
 * @property {Cause} cause
 * @property {boolean} opensWhenReady
 * @property {boolean} leavesWhenEmpty
 * @property {boolean} isLate
 * @property {number} startedAt
 * @property {number} drainsUntil
 * @property {Deferred<void>} ready
 * @property {Deferred<void>} emptied
 */

/** A copy that waits for a node. @typedef {{ replica: Replica, cause: Cause, since: number, isLate: boolean }} Pending */

/** What happens to the cluster. @typedef {{ kind: 'bought' | 'there' | 'released', node: ServingNode, cause: Cause } | { kind: 'started' | 'ready' | 'opened' | 'closed' | 'removed', copy: Copy, cause: Cause } | { kind: 'retired', replica: Replica } | { kind: 'targeted', deployment: Deployment }} ServingEvent */

/** Starts and purchases take so much more or less, as a share. */
const JITTER = 0.2

/** @type {(replica: Replica, node: ServingNode, devices: readonly number[], traits: Pick<Copy, 'cause' | 'opensWhenReady' | 'isLate' | 'startedAt'>) => Copy} */
export function makeCopy(replica, node, devices, traits) {
  return {
    ...traits,
    replica,
    node,
    devices,
    state: 'starting',
    seat: new Seat(),
    leavesWhenEmpty: false,
    drainsUntil: Infinity,
    ready: defer(),
    emptied: defer()
  }
}

/** Names with numbers, and how long what they name takes: by the seed and the name alone. */
export class Names {
  /** @type {Map<string, number>} */
  #numbers = new Map()
  #dice

  /** @param {number} seed */
  constructor(seed) {
    this.#dice = new Dice(seed)
  }

  /** @param {string} what */
  next(what) {
    const number = (this.#numbers.get(what) ?? 0) + 1
    this.#numbers.set(what, number)
    return `${what}#${number}`
  }

  /** About this long, in milliseconds. @param {string} what @param {number} seconds */
  duration(what, seconds) {
    return seconds * 1000 * (1 + JITTER * (2 * this.#dice.of(what)() - 1))
  }
}

/**
 * The scale-down of the Kubernetes cluster autoscaler. It looks at nodes of which less than half is requested, and drains one after
 * the other when all its pods fit on the others in a forked snapshot. Idle nodes are released anyway; they are no destinations.
 *
 * More generous than the original: its pods go to the very nodes on which the simulation found room, whereas the scheduler spreads
 * them; and the filter of the scheduler is that of a plug-in that shares GPUs.
 */
import { at } from '../families/crowd.mjs'
import { isCandidate, listCandidates } from './cluster/candidates.mjs'
import { Destinations } from './cluster/destinations.mjs'
import { evacuate, replicasOn } from './cluster/evacuation.mjs'
import { mayHost } from './cluster/hosting.mjs'
import { refuseOtherCounts } from './cluster/refusals.mjs'
import { isBasic, ROUNDING, sharesInUse } from './cluster/utilisation.mjs'

/** @import { PackingState } from '../../dist/src/search/packing-state.js' */
/** @import { Replica } from './cluster/evacuation.mjs' */
/** @import { Account, Limits, Policy } from './policies.mjs' */

/** What `scale-down-utilization-threshold` is unless told otherwise. */
const THRESHOLD = 0.5

/** @type {Policy} */
export const clusterAutoscaler = {
  name: 'cluster-autoscaler',
  description:
    'Kubernetes cluster autoscaler: drains one node after the other that is less than half requested and whose pods fit elsewhere.',
  refuses: refuseOtherCounts,
  run: scaleDown
}

/**
 * One pass after the other over all candidates. A node that cannot be drained is looked at again in the next pass only: the original
 * waits five minutes before it does. In the end it forgets where it found room, and looks once more.
 *
 * @type {(state: PackingState, limits: Limits) => Account}
 */
function scaleDown(state, { maxMoves, isLate }) {
  let scheduler = new Scheduler(state)
  let isFresh = true
  const account = { starts: 0, rounds: 0, hangs: 0, isFixedPoint: false }
  for (;;) {
    let drained = 0
    account.rounds++
    for (const node of listCandidates(state)) {
      if (isLate()) return account
      // What came to it since the pass began may have changed that.
      if (!isCandidate(state, node) || !isUnderused(state, node)) continue
      const replicas = replicasOn(state, node)
      if (replicas.length > maxMoves - account.starts || !scheduler.drain(node, replicas)) continue
      account.starts += replicas.length
      drained++
    }
    if (drained === 0 && isFresh) return { ...account, isFixedPoint: true }
    if (drained === 0) scheduler = new Scheduler(state)
    isFresh = drained === 0
  }
}

/** Less than half is requested: of the GPUs, where there are any, else of cores or memory, whichever is more. @type {(state: PackingState, node: number) => boolean} */
function isUnderused(state, node) {
  const { resources, isDevice } = state.instance
  const shares = sharesInUse(state, node)
  const ofDevices = shares.filter(({ resource }) => isDevice[resource])
  const counted = ofDevices.length > 0 ? ofDevices : shares.filter(({ resource }) => isBasic(at(resources, resource)))
  return counted.every(({ share }) => share < THRESHOLD - ROUNDING)
}

/** Finds a node for each pod: the one that was found for it before, else the next after the one that was found last, in a circle. */
class Scheduler {
  #state
  #destinations
  #next = 0
  /** @type {Map<Replica['key'], number>} */
  #remembered = new Map()

  /** @param {PackingState} state */
  constructor(state) {
    this.#state = state
    this.#destinations = new Destinations(state)
    for (const node of state.instance.nodes.keys()) if (state.isActive(node)) this.#destinations.add(node)
  }

  /** @param {number} node @param {readonly Replica[]} replicas */
  drain(node, replicas) {
    this.#destinations.begin()
    if (!evacuate(this.#state, replicas, (replica) => this.#find(replica, node))) return false
    this.#destinations.remove(node)
    return true
  }

  /** @param {Replica} replica @param {number} drained */
  #find({ deployment, key }, drained) {
    const known = this.#remembered.get(key) ?? -1
    const isKnown = known >= 0 && known !== drained && this.#state.isActive(known)
    const found = isKnown && mayHost(this.#state, deployment, known) ? known : this.#findNext(deployment, drained)
    if (found < 0) return -1
    this.#destinations.touch(found)
    this.#remembered.set(key, found)
    return found
  }

  /** @param {number} deployment @param {number} drained */
  #findNext(deployment, drained) {
    const next = this.#next
    const after = this.#destinations.first(deployment, (node) => node >= next && node !== drained)
    const found = after >= 0 ? after : this.#destinations.first(deployment, (node) => node < next && node !== drained)
    if (found >= 0) this.#next = found + 1
    return found
  }
}

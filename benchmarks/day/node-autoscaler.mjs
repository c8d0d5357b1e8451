/** Which nodes there are: some are bought for replicas that fit nowhere, and those that have been idle for a while are given back. */
import { largestFirst } from './pack-placement.mjs'
import { makeTrialNode, takesRoom } from './trial-node.mjs'

/** @import { Service } from './fleet.mjs' */
/** @import { LostRoom } from './lost-room.mjs' */
/** @import { Machine } from './machines.mjs' */
/** @import { ServingCluster } from './serving-cluster.mjs' */
/** @import { Pending } from './serving-parts.mjs' */

/** Ray's `idle_timeout_minutes` is 5. */
const IDLE_MS = 300_000

export class NodeAutoscaler {
  #cluster
  #lostRoom
  /** @type {WeakSet<Pending>} */
  #asked = new WeakSet()

  /** @param {ServingCluster} cluster @param {LostRoom} lostRoom */
  constructor(cluster, lostRoom) {
    this.#cluster = cluster
    this.#lostRoom = lostRoom
  }

  /** Every ten seconds or so. */
  tick() {
    const cluster = this.#cluster
    for (const node of [...cluster.nodes.values()]) {
      const isIdle = node.isOpen && !node.isCompacting && !node.isReserved && node.copies.size === 0
      if (isIdle && cluster.clock.now() - node.changedAt >= IDLE_MS) {
        cluster.pool.release(node, node.isEmptiedByMoves ? 'move' : 'scale')
      }
    }
    if (cluster.pending.size > 0) this.#buyFor(largestFirst(cluster.pending))
  }

  /** @param {readonly Pending[]} pending */
  #buyFor(pending) {
    // What is on its way takes some of them.
    const coming = [...this.#cluster.nodes.values()]
      .filter(({ state, isReserved }) => state === 'coming' && !isReserved)
      .map((node) => makeTrialNode(node.machine))
    let left = pending.filter(({ replica }) => !takesRoom(coming, replica.service))
    for (const waiting of left) {
      if (this.#asked.has(waiting)) continue
      this.#asked.add(waiting)
      this.#lostRoom.blame(waiting)
    }
    for (let first = left[0]; first !== undefined; first = left[0]) {
      const machine = chooseMachine(
        this.#cluster.machines,
        left.map(({ replica }) => replica.service)
      )
      if (machine === undefined) throw new Error(`no machine is large enough for ${first.replica.service.id}`)
      this.#cluster.pool.buy(machine)
      const bought = [makeTrialNode(machine)]
      left = left.filter(({ replica }) => !takesRoom(bought, replica.service))
    }
  }
}

/**
 * The machine of which those that wait would use the largest share of the GPUs, of equals the one that is cheapest by the GPU. The
 * first one that waits must fit.
 *
 * @type {(machines: readonly Machine[], waiting: readonly Service[]) => Machine | undefined}
 */
export function chooseMachine(machines, waiting) {
  const [first] = waiting
  const ranked = machines.flatMap((machine) => {
    const node = makeTrialNode(machine)
    if (first === undefined || node.findRoom(first) === null) return []
    for (const service of waiting) takesRoom([node], service)
    const gpus = machine.capacity.gpu ?? 1
    return [{ machine, share: 1 - (node.free[0] ?? 0) / gpus, price: machine.costPerHour / gpus }]
  })
  ranked.sort((one, other) => other.share - one.share || one.price - other.price)
  return ranked[0]?.machine
}

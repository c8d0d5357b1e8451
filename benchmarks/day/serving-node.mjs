/** A node of the serving cluster: what is on it, and what fits. Of its GPUs every one is accounted for. */
import { defer } from '../../dist/src/simulation/deferred.js'

/** @import { Deferred } from '../../dist/src/simulation/deferred.js' */
/** @import { Service } from './fleet.mjs' */
/** @import { Machine } from './machines.mjs' */
/** @import { Copy } from './serving-parts.mjs' */

/** Sums of shares are not exact. */
const ROUNDING = 1e-9

/** What a copy wants of a node. @typedef {Pick<Service, 'id' | 'demand' | 'gpu' | 'maxReplicasPerNode'>} Want */

export class ServingNode {
  /** @type {'coming' | 'there' | 'gone'} */
  state = 'coming'
  /** Whether nothing new may start here: a plan has closed it, or Karpenter. */
  isClosed = false
  /** Whether it is kept for a plan that bought it. */
  isReserved = false
  /** Whether Ray empties it: nothing new starts here that fits elsewhere. */
  isCompacting = false
  /** Whether it was emptied, or is being emptied, by moves. */
  isEmptiedByMoves = false
  /** @type {Set<Copy>} */
  copies = new Set()
  /** Settles when it is there. @type {Deferred<void>} */
  arrival = defer()
  #free
  /** Free share of each GPU. */
  #gpus

  /** @param {string} id @param {Machine} machine @param {number} boughtAt Milliseconds. */
  constructor(id, machine, boughtAt) {
    this.id = id
    this.machine = machine
    this.boughtAt = boughtAt
    /** When something came, went, or became ready here, in milliseconds. */
    this.changedAt = boughtAt
    const { cpu = 0, memory = 0, gpu = 0 } = machine.capacity
    this.#free = { cpu, memory }
    this.#gpus = new Array(gpu).fill(1)
  }

  get isOpen() {
    return this.state === 'there' && !this.isClosed
  }

  /** What is free: of GPUs, cores and memory, in the order in which Serve compares. */
  get free() {
    return [this.#gpus.reduce((sum, free) => sum + free, 0), this.#free.cpu, this.#free.memory]
  }

  /** The GPUs that a copy would have, null where it does not fit: of shares the fullest GPU, else the first that are free. @param {Want} want @returns {number[] | null} */
  findRoom(want) {
    const { demand, gpu, maxReplicasPerNode = Infinity } = want
    if (this.machine.labels.gpu !== gpu) return null
    if (demand.cpu > this.#free.cpu + ROUNDING || demand.memory > this.#free.memory + ROUNDING) return null
    if (maxReplicasPerNode < Infinity && this.count(want.id) >= maxReplicasPerNode) return null
    if (demand.gpu < 1) {
      let best = -1
      for (const [device, free] of this.#gpus.entries()) {
        if (free + ROUNDING < demand.gpu) continue
        if (best < 0 || free < (this.#gpus[best] ?? 0)) best = device
      }
      return best < 0 ? null : [best]
    }
    const whole = [...this.#gpus.keys()].filter((device) => (this.#gpus[device] ?? 0) > 1 - ROUNDING)
    return whole.length < demand.gpu ? null : whole.slice(0, demand.gpu)
  }

  /** Whether a copy fits on these very GPUs. @param {Want} want @param {readonly number[]} devices */
  hasRoom(want, devices) {
    const share = Math.min(1, want.demand.gpu)
    if (this.findRoom(want) === null) return false
    return devices.every((device) => (this.#gpus[device] ?? 0) + ROUNDING >= share)
  }

  /** How many copies of a deployment are here. @param {string} service */
  count(service) {
    let count = 0
    for (const { replica } of this.copies) if (replica.service.id === service) count++
    return count
  }

  /** Takes room, or with −1 gives it back. @param {Want} want @param {readonly number[]} devices @param {1 | -1} [sign] */
  take({ demand }, devices, sign = 1) {
    this.#free.cpu -= sign * demand.cpu
    this.#free.memory -= sign * demand.memory
    const share = Math.min(1, demand.gpu)
    for (const device of devices) {
      const free = (this.#gpus[device] ?? 0) - sign * share
      this.#gpus[device] = Math.abs(free - Math.round(free)) < ROUNDING ? Math.round(free) : free
    }
  }
}

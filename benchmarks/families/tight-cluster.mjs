/** Nodes that are 92 % full, device by device: where family tight begins, and where its moves are tried. */
import { at } from './crowd.mjs'
import { pick } from './random.mjs'

/** @import { Random } from './random.mjs' */
/** @typedef {{ cpu: number, memory: number, gpu: number }} Shape */
/** @typedef {{ shape: Shape, node: number, devices: number[] }} Seat A replica: what it holds, and where it is. */

export const KINDS = {
  g8: { capacity: { cpu: 96, memory: 768, gpu: 8 }, costPerHour: 32.77 },
  c64: { capacity: { cpu: 64, memory: 256, gpu: 0 }, costPerHour: 2.5 }
}
const GPU_NODES = 0.6
const FULLNESS = 0.92

/** GPUs of one replica; each holds so many cores and GiB for every GPU. */
const GPUS = [2, 1, 1, 1, 0.5, 0.5, 0.25]
const CORES_PER_GPU = [8, 9, 10]
const GIB_PER_GPU = [80, 84, 88]
/** Cores of a replica without GPUs. */
const CORES = [8, 6, 4, 4, 2, 2, 1]

/** Nodes, what stands on them, and what is free. */
export class TightCluster {
  /** @type {Seat[]} */
  seats = []

  /** @param {number} count @param {Random} random */
  constructor(count, random) {
    this.random = random
    this.kinds = Array.from({ length: count }, (_, node) => (node < Math.round(GPU_NODES * count) ? 'g8' : 'c64'))
    this.free = this.kinds.map((kind) => {
      const { cpu, memory, gpu } = KINDS[/** @type {keyof typeof KINDS} */ (kind)].capacity
      return { cpu, memory, devices: new Array(gpu).fill(1) }
    })
  }

  /** Seats replicas on a node until it is as full as it shall be. @param {number} node */
  fill(node) {
    const { capacity } = KINDS[/** @type {keyof typeof KINDS} */ (at(this.kinds, node))]
    // Seven and a quarter or seven and a half of eight: 92 % on average.
    let gpu = capacity.gpu === 0 ? 0 : this.random() < 0.44 ? 7.5 : 7.25
    while (gpu > 0) {
      const share = pick(this.random, GPUS)
      if (share > gpu) continue
      const shape = {
        cpu: share * pick(this.random, CORES_PER_GPU),
        memory: share * pick(this.random, GIB_PER_GPU),
        gpu: share
      }
      if (this.add(shape, node)) gpu -= share
    }
    const room = at(this.free, node)
    for (let cores = 0; cores === 0 || cores >= 0.5; ) {
      cores = Math.round(room.cpu - (1 - FULLNESS) * capacity.cpu)
      const fitting = CORES.filter((amount) => amount <= cores)
      if (fitting.length === 0) return
      const cpu = pick(this.random, fitting)
      const left = room.memory - (1 - FULLNESS) * capacity.memory
      this.add({ cpu, memory: Math.max(0.5, Math.round(2 * Math.max(0, left) * (cpu / cores)) / 2), gpu: 0 }, node)
    }
  }

  /** @param {Shape} shape @param {number} node */
  add(shape, node) {
    const devices = this.roomFor(shape, node)
    if (devices === null) return false
    this.seats.push({ shape, node, devices })
    this.take(shape, node, devices, 1)
    return true
  }

  /** Devices for a replica on a node as it is; null: it does not fit. @param {Shape} shape @param {number} node */
  roomFor({ cpu, memory, gpu }, node) {
    const { cpu: cores, memory: gib, devices } = at(this.free, node)
    if (cpu > cores || memory > gib) return null
    if (gpu === 0) return []
    const wanted = Math.max(1, gpu)
    // The fullest first: whole devices stay free.
    const fitting = [...devices.keys()].filter((device) => at(devices, device) >= Math.min(1, gpu))
    fitting.sort((left, right) => at(devices, left) - at(devices, right) || left - right)
    return fitting.length < wanted ? null : fitting.slice(0, wanted)
  }

  /** Moves a replica to where there is room for it. @param {Seat} seat @param {number} node @param {number[]} devices */
  move(seat, node, devices) {
    this.take(seat.shape, seat.node, seat.devices, -1)
    this.take(seat.shape, node, devices, 1)
    seat.node = node
    seat.devices = devices
  }

  /** @param {Shape} shape @param {number} node @param {readonly number[]} devices @param {1 | -1} sign */
  take({ cpu, memory, gpu }, node, devices, sign) {
    const room = at(this.free, node)
    room.cpu -= sign * cpu
    room.memory -= sign * memory
    for (const device of devices) room.devices[device] -= sign * Math.min(1, gpu)
  }
}

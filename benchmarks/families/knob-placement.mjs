/** Who runs where in family knobs: how much there is, and how far it is strewn. */
import { at } from './crowd.mjs'
import { pickWeighted, shuffle } from './random.mjs'
import { Room } from './room.mjs'

/** @import { DeploymentInput, NodeInput } from './crowd.mjs' */
/** @import { Random } from './random.mjs' */
/** @import { Devices } from './room.mjs' */
/** @typedef {{ deployment: string, node: number, devices: Devices }} Seat */

const RESOURCES = ['cpu', 'memory', 'gpu']
/** Sums of decimal shares are not exact. */
const ROUNDING = 1e-9
/** How often everybody is asked to move to where it is emptier: afterwards little changes. */
const ROUNDS = 2

/** Replicas on nodes: packed when they come, strewn afterwards. */
export class KnobPlacement {
  /** @type {Seat[]} */
  seats = []
  /** How many nodes have refused a deployment since the first one. @type {Map<string, number>} */
  #refused = new Map()

  /** @param {NodeInput[]} nodes @param {DeploymentInput[]} deployments @param {Random} random */
  constructor(nodes, deployments, random) {
    this.deployments = deployments
    this.random = random
    this.room = new Room({ nodes, deployments })
    /** In which order nodes fill up. */
    this.order = shuffle(random, [...nodes.keys()])
    const hasGpus = (/** @type {number} */ node) => (at(nodes, node).capacity.gpu ?? 0) > 0
    this.withoutGpusFirst = [...this.order.filter((node) => !hasGpus(node)), ...this.order.filter(hasGpus)]
  }

  /** Share of the resource that is scarcest that is held. */
  utilisation() {
    return Math.max(...RESOURCES.map((resource) => this.room.heldShare(resource)))
  }

  /** How many replicas are on each node. */
  countByNode() {
    const counts = this.room.nodes.map(() => 0)
    for (const { node } of this.seats) counts[node] = at(counts, node) + 1
    return counts
  }

  /**
   * Replicas of random deployments, so many of them with GPUs as the share says, each on the first node where it fits, until no
   * more fit below the utilisation: what cannot come once can never come later.
   *
   * @param {number} utilisation
   * @param {number} gpuShare
   */
  fill(utilisation, gpuShare) {
    const left = new Map(this.deployments.map(({ id }) => [id, 0.2 + this.random()]))
    const demands = new Map(this.deployments.map(({ id, demand }) => [id, demand]))
    const gpusOf = (/** @type {string} */ id) => demands.get(id)?.gpu ?? 0
    const ledger = new Ledger(this.room.nodes, utilisation)
    for (let withGpus = 0; ; ) {
      const wantsGpu = withGpus + 0.5 <= gpuShare * (this.seats.length + 1) + ROUNDING
      const drawable = [...left].filter(([id]) => gpusOf(id) > 0 === wantsGpu)
      if (drawable.length === 0) return
      const deployment = pickWeighted(this.random, drawable)
      const demand = demands.get(deployment) ?? {}
      // Somebody runs, however low the utilisation.
      const seat = ledger.allows(demand) || this.seats.length === 0 ? this.#findFirst(deployment) : null
      if (seat === null) {
        left.delete(deployment)
        continue
      }
      this.room.seat(this.room.want(deployment), seat.node, seat.devices, 1)
      this.seats.push(seat)
      ledger.enter(demand)
      if (wantsGpu) withGpus++
    }
  }

  /**
   * The first node where a replica fits, those with devices that it does not want last. As long as replicas only come, a node
   * that has refused one of a deployment refuses all of them.
   *
   * @param {string} deployment
   * @returns {Seat | null}
   */
  #findFirst(deployment) {
    const want = this.room.want(deployment)
    const order = want.unwanted.length > 0 ? this.withoutGpusFirst : this.order
    for (let index = this.#refused.get(deployment) ?? 0; index < order.length; index++) {
      const node = at(order, index)
      const devices = this.room.offer(want, node, 'fullest')
      if (devices !== null) return { deployment, node, devices }
      this.#refused.set(deployment, index + 1)
    }
    return null
  }

  /**
   * Opens such a share of the empty nodes, and lets replicas move to the least full of those that are open, if that one is less
   * full than their own would be without them. No node is emptied.
   *
   * @param {number} share
   */
  strew(share) {
    const open = this.#openNodes(share)
    const counts = this.countByNode()
    for (let round = 0; round < ROUNDS; round++) {
      for (const seat of shuffle(this.random, this.seats)) {
        if (at(counts, seat.node) === 1) continue
        const want = this.room.want(seat.deployment)
        const former = seat.node
        this.room.seat(want, former, seat.devices, -1)
        const found = this.room.findLeastFull(want, open, 0)
        if (
          found !== null &&
          this.room.fullness(want, found.node, 0) < this.room.fullness(want, former, 0) - ROUNDING
        ) {
          Object.assign(seat, found)
          counts[former] = at(counts, former) - 1
          counts[seat.node] = at(counts, seat.node) + 1
        }
        this.room.seat(want, seat.node, seat.devices, 1)
      }
    }
  }

  /** Those in use and, of every type, such a share of the others. @param {number} share */
  #openNodes(share) {
    const counts = this.countByNode()
    const types = new Set(this.room.nodes.map(({ type }) => type))
    return [...types].flatMap((type) => {
      const own = this.order.filter((node) => at(this.room.nodes, node).type === type)
      const idle = own.filter((node) => counts[node] === 0)
      return [...own.filter((node) => counts[node] !== 0), ...idle.slice(0, Math.round(share * idle.length))]
    })
  }
}

/** What is used in the whole cluster, and how much may be. */
class Ledger {
  /** @param {readonly NodeInput[]} nodes @param {number} utilisation */
  constructor(nodes, utilisation) {
    this.left = RESOURCES.map((resource) => {
      return utilisation * nodes.reduce((sum, { capacity }) => sum + (capacity[resource] ?? 0), 0)
    })
  }

  /** @param {DeploymentInput['demand']} demand */
  allows(demand) {
    return RESOURCES.every((resource, index) => (demand[resource] ?? 0) <= at(this.left, index) + ROUNDING)
  }

  /** @param {DeploymentInput['demand']} demand */
  enter(demand) {
    for (const [index, resource] of RESOURCES.entries())
      this.left[index] = at(this.left, index) - (demand[resource] ?? 0)
  }
}

/** Moves on a tight cluster: on cycles that block themselves, and one after the other wherever there is room. */
import { at } from './crowd.mjs'
import { between, pick, shuffle } from './random.mjs'

/** @import { Seat, TightCluster } from './tight-cluster.mjs' */

/** Replicas looked at for the one to pull into a hole, and how often holes may go unfilled for each move. */
const SAMPLE = 12
const PATIENCE = 40
const LONGEST_DETOUR = 4
const CHAIN_GOES_ON = 0.75

/**
 * Rings of replicas of one shape on different nodes, each of which goes where the next one is: none of these nodes has room for
 * another of them. Half of the rings are on quiet nodes alone.
 *
 * @type {(cluster: TightCluster, wanted: number, isQuiet: (node: number) => boolean, mayMove: (node: number) => boolean) => Seat[][]}
 */
export function findCycles(cluster, wanted, isQuiet, mayMove) {
  const { random, seats } = cluster
  /** @type {Map<string, Seat[]>} */
  const groups = new Map()
  for (const seat of shuffle(random, seats)) {
    if (!mayMove(seat.node) || cluster.roomFor(seat.shape, seat.node) !== null) continue
    const key = `${isQuiet(seat.node) ? 'quiet' : 'busy'} ${JSON.stringify(seat.shape)}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [seat])
    else group.push(seat)
  }
  const open = { quiet: startingWith(groups, 'quiet'), busy: startingWith(groups, 'busy') }
  /** @type {Seat[][]} */
  const cycles = []
  for (let left = wanted; left > 1 && open.quiet.length + open.busy.length > 0; ) {
    const side = open.busy.length === 0 || (open.quiet.length > 0 && random() < 0.5) ? open.quiet : open.busy
    const chosen = Math.floor(random() * side.length)
    const group = at(side, chosen)
    // One alone is no ring.
    const length = left <= 4 ? left : Math.min(left - 2, between(random, 2, 4))
    const ring = takeRing(group, length)
    if (group.length < 2 || ring.length < 2) side.splice(chosen, 1)
    if (ring.length < 2) continue
    cycles.push(ring)
    left -= ring.length
  }
  return cycles
}

/** @type {(groups: ReadonlyMap<string, Seat[]>, side: string) => Seat[][]} */
function startingWith(groups, side) {
  return [...groups].flatMap(([key, group]) => (key.startsWith(side) && group.length > 1 ? [group] : []))
}

/** Replicas on as many different nodes, taken out of a group. @type {(group: Seat[], length: number) => Seat[]} */
function takeRing(group, length) {
  /** @type {Seat[]} */
  const ring = []
  for (let index = group.length - 1; index >= 0 && ring.length < length; index--) {
    const seat = at(group, index)
    if (ring.some(({ node }) => node === seat.node)) continue
    ring.push(seat)
    group.splice(index, 1)
  }
  return ring
}

/** Moves one by one, each into room that there is at that moment. */
export class Walk {
  /** What has moved, in an order in which it can. @type {Seat[]} */
  moved = []
  /** @type {Set<string>} */
  #visits = new Set()

  /**
   * @param {TightCluster} cluster
   * @param {Seat[]} movable
   * @param {(seat: Seat) => number} deploymentOf
   */
  constructor(cluster, movable, deploymentOf) {
    this.cluster = cluster
    this.movable = movable
    this.deploymentOf = deploymentOf
  }

  /**
   * Moves a replica off its node, others making room for it on their way: whether that worked.
   *
   * @param {Seat} seat
   * @param {readonly number[]} nodes
   * @param {readonly number[]} spare Those of the nodes that are empty before: parts of devices go elsewhere if they can.
   */
  evacuate(seat, nodes, spare) {
    const { random } = this.cluster
    const { cpu, memory, gpu } = seat.shape
    const some = Array.from({ length: PATIENCE }, () => pick(random, nodes))
    const candidates = gpu === 0 || gpu >= 1 ? [...spare, ...some] : [...some, ...spare]
    let hole = candidates.find((node) => this.#roomFor(seat, node) !== null) ?? -1
    for (let detour = between(random, 0, LONGEST_DETOUR); hole >= 0 && detour > 0; detour--) {
      const next = this.#pull(hole, ({ shape }) => {
        return shape.cpu >= cpu && shape.memory >= memory && (gpu === 0 ? shape.gpu === 0 : shape.gpu === gpu)
      })
      if (next === null) break
      hole = next
    }
    const devices = hole < 0 ? null : this.#roomFor(seat, hole)
    if (devices !== null) this.#move(seat, hole, devices)
    return devices !== null
  }

  /** Makes chains of moves that begin in a hole, until there are so many. @param {number} wanted @param {readonly number[]} nodes */
  wander(wanted, nodes) {
    const { random } = this.cluster
    for (let failures = 0; this.moved.length < wanted && failures < PATIENCE * wanted; ) {
      let hole = /** @type {number | null} */ (pick(random, nodes))
      do {
        hole = this.#pull(/** @type {number} */ (hole), () => true)
        if (hole === null) failures++
      } while (hole !== null && this.moved.length < wanted && random() < CHAIN_GOES_ON)
    }
  }

  /**
   * Moves the largest of some replicas into a hole. The node that it leaves, or null.
   *
   * @param {number} hole
   * @param {(seat: Seat) => boolean} suits
   */
  #pull(hole, suits) {
    const { random } = this.cluster
    let best = -1
    for (let tries = 0; tries < SAMPLE && this.movable.length > 0; tries++) {
      const index = Math.floor(random() * this.movable.length)
      const seat = at(this.movable, index)
      if (!suits(seat) || this.#roomFor(seat, hole) === null) continue
      if (best < 0 || weigh(seat) > weigh(at(this.movable, best))) best = index
    }
    if (best < 0) return null
    const seat = at(this.movable, best)
    this.movable[best] = at(this.movable, this.movable.length - 1)
    this.movable.pop()
    const { node } = seat
    this.#move(seat, hole, this.#roomFor(seat, hole) ?? [])
    return node
  }

  /** Nobody comes where one of the same deployment leaves: the two would only trade names. @param {Seat} seat @param {number} node */
  #roomFor(seat, node) {
    const deployment = this.deploymentOf(seat)
    if (node === seat.node || this.#visits.has(`${deployment} leaves ${node}`)) return null
    if (this.#visits.has(`${deployment} comes ${seat.node}`)) return null
    return this.cluster.roomFor(seat.shape, node)
  }

  /** @param {Seat} seat @param {number} node @param {number[]} devices */
  #move(seat, node, devices) {
    const deployment = this.deploymentOf(seat)
    this.#visits.add(`${deployment} leaves ${seat.node}`).add(`${deployment} comes ${node}`)
    this.cluster.move(seat, node, devices)
    this.moved.push(seat)
  }
}

/** How hard a replica is to place. @type {(seat: Seat) => number} */
export function weigh({ shape }) {
  return 100 * shape.gpu + shape.cpu
}

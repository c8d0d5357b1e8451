/** What stands where at one moment, and who may start beside it. */
import { devicesOf, nodeOf, nth, placeCode } from './cluster.mjs'

/** @import { Cluster, ClusterDeployment } from './cluster.mjs' */

/** What a sum may be above its limit for rounding. */
const ROUNDING = 1e-6

export class Occupancy {
  /** @param {Cluster} cluster */
  constructor(cluster) {
    const { nodes, deployments } = cluster
    this.cluster = cluster
    this.used = nodes.map(({ scalars }) => scalars.map(() => 0))
    /** Replicas on every device, and the share of it that they hold. @type {number[][][]} */
    this.holders = nodes.map(({ devices }) => Array.from({ length: devices }, () => []))
    this.load = nodes.map(({ devices }) => new Array(devices).fill(0))
    /** Copies at [deployment × nodes.length + node]. @type {number[]} */
    this.counts = new Array(deployments.length * nodes.length).fill(0)
    /** @type {number[]} */
    this.totals = new Array(deployments.length).fill(0)
  }

  /** @type {(deployment: number, node: number) => number} */
  countAt(deployment, node) {
    return nth(this.counts, deployment * this.cluster.nodes.length + node)
  }

  /** A replica comes to a place, or with −1 goes. @type {(replica: number, place: number, sign: 1 | -1, isStarting?: boolean) => void} */
  hold(replica, place, sign, isStarting = false) {
    const deployment = this.deploymentOf(replica)
    const node = nodeOf(place)
    this.add(node, isStarting ? deployment.starting : deployment.demand, sign)
    const key = deployment.index * this.cluster.nodes.length + node
    this.counts[key] = nth(this.counts, key) + sign
    this.totals[deployment.index] = nth(this.totals, deployment.index) + sign
    const load = nth(this.load, node)
    const holders = nth(this.holders, node)
    for (let rest = devicesOf(place), device = 0; rest > 0; rest >>= 1, device++) {
      if ((rest & 1) === 0) continue
      load[device] = nth(load, device) + sign * Math.min(1, deployment.share)
      const others = nth(holders, device)
      if (sign === 1) others.push(replica)
      else others.splice(others.indexOf(replica), 1)
    }
  }

  /** A copy that was starting is ready, and gives back what it needs no more. @type {(replica: number, place: number, sign?: 1 | -1) => void} */
  settle(replica, place, sign = 1) {
    const { demand, starting } = this.deploymentOf(replica)
    const surplus = starting.map((amount, resource) => amount - nth(demand, resource))
    this.add(nodeOf(place), surplus, sign === 1 ? -1 : 1)
  }

  /** @type {(node: number, amounts: readonly number[], sign: 1 | -1) => void} */
  add(node, amounts, sign) {
    const used = nth(this.used, node)
    for (const [resource, amount] of amounts.entries()) used[resource] = nth(used, resource) + sign * amount
  }

  /** @type {(replica: number) => ClusterDeployment} */
  deploymentOf(replica) {
    return nth(this.cluster.deployments, nth(this.cluster.replicas, replica).deployment)
  }

  /** Whether a new copy may start on a node as things stand, devices apart. @type {(deployment: number, node: number) => boolean} */
  mayStart(deployment, node) {
    const { nodes, deployments } = this.cluster
    const { isOpen, scalars } = nth(nodes, node)
    const { starting, maxPerNode, mostCopies } = nth(deployments, deployment)
    if (!isOpen || nth(this.totals, deployment) + 1 > mostCopies) return false
    if (this.countAt(deployment, node) + 1 > maxPerNode) return false
    const used = nth(this.used, node)
    for (const [resource, amount] of starting.entries()) {
      if (amount > 0 && nth(used, resource) + amount > nth(scalars, resource) + ROUNDING) return false
    }
    return this.keepsRules(deployment, node)
  }

  /** @type {(deployment: number, node: number) => boolean} */
  keepsRules(deployment, node) {
    const { antiAffinities, conflicts } = this.cluster
    for (const { left, domains, max } of antiAffinities) {
      if (left.has(deployment) && this.countIn(left, domains, node) + 1 > max) return false
    }
    for (const { left, right, domains } of conflicts) {
      const others = left.has(deployment) ? right : right.has(deployment) ? left : undefined
      if (others !== undefined && this.countIn(others, domains, node) > 0) return false
    }
    return true
  }

  /** Copies of some deployments in the domain of a node. @type {(members: Set<number>, domains: readonly number[], node: number) => number} */
  countIn(members, domains, node) {
    const domain = nth(domains, node)
    if (domain < 0) return 0
    let count = 0
    for (const member of members) {
      for (const [other, own] of domains.entries()) if (own === domain) count += this.countAt(member, other)
    }
    return count
  }

  /**
   * Places on a node where a copy of a deployment finds its devices, one of those that are alike. Whose contents are the same are
   * alike, unless `tellApart` says what else they differ in.
   *
   * @type {(deployment: number, node: number, tellApart?: (device: number) => string) => number[]}
   */
  placesFor(deployment, node, tellApart = () => '') {
    const { share } = nth(this.cluster.deployments, deployment)
    if (share === 0) return [placeCode(node, 0)]
    const load = nth(this.load, node)
    const holders = nth(this.holders, node)
    /** @type {Map<string, number[]>} */
    const alike = new Map()
    for (const [device, amount] of load.entries()) {
      if (amount + Math.min(1, share) > 1 + ROUNDING) continue
      const who = [...nth(holders, device)].sort((left, right) => left - right)
      const kind = `${who.join()}/${tellApart(device)}`
      alike.set(kind, [...(alike.get(kind) ?? []), device])
    }
    const needed = share < 1 ? 1 : Math.round(share)
    return chooseDevices([...alike.values()], needed).map((mask) => placeCode(node, mask))
  }
}

/** All ways to take so many devices from classes of devices that are alike. @type {(classes: readonly number[][], needed: number) => number[]} */
function chooseDevices(classes, needed) {
  const [first, ...others] = classes
  if (needed === 0) return [0]
  if (first === undefined) return []
  /** @type {number[]} */
  const chosen = []
  for (let taken = 0, mask = 0; taken <= Math.min(needed, first.length); taken++) {
    for (const rest of chooseDevices(others, needed - taken)) chosen.push(mask | rest)
    mask |= 1 << (first[taken] ?? 0)
  }
  return chosen
}

/** Everybody where `places` says. @type {(cluster: Cluster, places: ArrayLike<number>, nowhere: number) => Occupancy} */
export function occupy(cluster, places, nowhere) {
  const occupancy = new Occupancy(cluster)
  for (let replica = 0; replica < places.length; replica++) {
    const place = nth(places, replica)
    if (place !== nowhere) occupancy.hold(replica, place, 1)
  }
  return occupancy
}

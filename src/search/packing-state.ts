import {
  type Instance,
  type InstanceCopy,
  type InstanceDeployment,
  type InstanceNode,
  mayStart,
  TOLERANCE,
  within
} from '../../models/instance/instance.js'
import type { Arrival, Packing } from '../../models/instance/packing.js'
import { RuleLevels } from './rule-levels.js'

/** What was done, so that it can be undone. */
type Change =
  | { readonly of: 'copy'; readonly copy: number; readonly came: boolean }
  | { readonly of: 'arrival'; readonly arrival: SeatedArrival; readonly came: boolean }

/** An arrival with the devices it would take. */
export interface SeatedArrival extends Arrival {
  readonly devices: readonly (readonly number[])[]
}

/**
 * The contents of all nodes in the end, changed one copy at a time. Every question ("may one more copy of d come to n?") is
 * answered from levels kept up to date: amounts per node, load per device, copies per deployment and node, rules.
 *
 * Starts with every copy that is not draining in its place. At the level `any-order` arrivals must fit beside everything that is
 * there now: then a copy that leaves, or drains, gives no room.
 */
export class PackingState {
  readonly used: Float64Array
  readonly population: Int32Array
  /** Copies of each real deployment on each node, headroom included: [deployment × nodes + node]. */
  readonly perNode: Int32Array
  /** Load of every device, node after node; `#deviceStart` tells where a node's devices of a resource begin. */
  readonly #deviceLoad: Float64Array
  readonly #deviceStart: Int32Array
  readonly stays: Uint8Array
  readonly arrivals: SeatedArrival[][]
  /** Copies in the end of each deployment. */
  readonly placed: Int32Array
  readonly staying: Int32Array
  readonly rules: RuleLevels
  /** Cost per hour of the nodes that are active. */
  cost = 0
  readonly #log: Change[] = []
  readonly #gone: Set<number>[]
  readonly #leavingFrees: boolean
  /** What an arrival takes of each resource, by deployment: its demand, or its peak where every order must be safe. */
  readonly #arriving: readonly Float64Array[]
  #migrations = 0

  constructor(readonly instance: Instance) {
    const { nodes, resources, deviceResources, deployments, realDeployments, copies } = instance
    this.used = new Float64Array(nodes.length * resources.length)
    this.population = new Int32Array(nodes.length)
    this.perNode = new Int32Array(realDeployments * nodes.length)
    this.#deviceStart = new Int32Array(nodes.length * deviceResources.length + 1)
    let devices = 0
    for (const node of nodes) {
      for (const [position, resource] of deviceResources.entries()) {
        this.#deviceStart[node.index * deviceResources.length + position] = devices
        devices += node.capacity[resource] as number
      }
    }
    this.#deviceStart[nodes.length * deviceResources.length] = devices
    this.#deviceLoad = new Float64Array(devices)
    this.stays = new Uint8Array(copies.length)
    this.arrivals = nodes.map(() => [])
    this.placed = new Int32Array(deployments.length)
    this.staying = new Int32Array(deployments.length)
    this.rules = new RuleLevels(instance)
    this.#gone = deployments.map(() => new Set())
    for (const node of nodes) if (!node.releasable) this.cost += node.costPerHour
    this.#leavingFrees = instance.problem.migration.level !== 'any-order'
    this.#arriving = deployments.map(({ demand, startupDemand }) =>
      this.#leavingFrees ? demand : demand.map((amount, index) => Math.max(amount, startupDemand[index] as number))
    )
    for (const { index, state, deployment, node, devices } of copies) {
      if (!this.#leavingFrees) this.#occupy(deployment, node, devices, 1)
      if (state !== 'draining') this.stay(index)
    }
    this.#log.length = 0
  }

  /** A moment to go back to. */
  mark(): number {
    return this.#log.length
  }

  /** Undoes everything since a mark. */
  rollBack(mark: number): void {
    while (this.#log.length > mark) {
      const change = this.#log.pop() as Change
      if (change.of === 'copy') change.came ? this.leave(change.copy) : this.stay(change.copy)
      else change.came ? this.remove(change.arrival) : this.add(change.arrival)
      this.#log.pop()
    }
  }

  /** The load of a node's devices of one device resource, by position in `deviceResources`. */
  deviceLoad(node: number, position: number): Float64Array {
    const at = node * this.instance.deviceResources.length + position
    return this.#deviceLoad.subarray(this.#deviceStart[at] as number, this.#deviceStart[at + 1] as number)
  }

  isActive(node: number): boolean {
    return (this.population[node] as number) > 0 || !(this.instance.nodes[node] as InstanceNode).releasable
  }

  free(node: number, resource: number): number {
    const { capacity } = this.instance.nodes[node] as InstanceNode
    return (capacity[resource] as number) - (this.used[node * this.instance.resources.length + resource] as number)
  }

  /** Copies that run now, do not stay and are wanted in the end, of all deployments. */
  get migrations(): number {
    return this.#migrations
  }

  /** The copies of a deployment that left their place. */
  leavers(deployment: number): Iterable<number> {
    return this.#gone[deployment] as Set<number>
  }

  /** Copies of one deployment that run now, do not stay and are wanted in the end. */
  migrationsOf(deployment: number): number {
    const { surplus } = this.instance.deployments[deployment] as InstanceDeployment
    return Math.max(0, (this.#gone[deployment] as Set<number>).size - surplus)
  }

  /** Puts a copy back in its place. */
  stay(copy: number): void {
    const { deployment, node, devices } = this.instance.copies[copy] as InstanceCopy
    this.stays[copy] = 1
    this.#recall(deployment, copy)
    this.staying[deployment] = (this.staying[deployment] as number) + 1
    if (this.#leavingFrees) this.#occupy(deployment, node, devices, 1)
    this.#count(deployment, node, 1)
    this.#log.push({ of: 'copy', copy, came: true })
  }

  /** Takes a copy out of its place. */
  leave(copy: number): void {
    const { deployment, node, devices } = this.instance.copies[copy] as InstanceCopy
    this.stays[copy] = 0
    const gone = this.#gone[deployment] as Set<number>
    gone.add(copy)
    if (gone.size > (this.instance.deployments[deployment] as InstanceDeployment).surplus) this.#migrations++
    this.staying[deployment] = (this.staying[deployment] as number) - 1
    if (this.#leavingFrees) this.#occupy(deployment, node, devices, -1)
    this.#count(deployment, node, -1)
    this.#log.push({ of: 'copy', copy, came: false })
  }

  /** Whether a copy that left may come back to its own place and devices. */
  mayReturn(copy: number): boolean {
    const { deployment, node, devices } = this.instance.copies[copy] as InstanceCopy
    const { demand, family, maxReplicasPerNode } = this.instance.deployments[deployment] as InstanceDeployment
    const { capacity, mustEmpty } = this.instance.nodes[node] as InstanceNode
    if (mustEmpty) return false
    if (!this.#leavingFrees) return true
    if ((this.perNode[family * this.instance.nodes.length + node] as number) >= maxReplicasPerNode) return false
    for (let resource = 0; resource < demand.length; resource++) {
      const level = (this.used[node * demand.length + resource] as number) + (demand[resource] as number)
      if (!within(level, capacity[resource] as number)) return false
    }
    for (const [position, resource] of this.instance.deviceResources.entries()) {
      const load = this.deviceLoad(node, position)
      const share = Math.min(1, demand[resource] as number)
      const taken = (devices[position] as readonly number[]).some(
        (device) => !within((load[device] as number) + share, 1)
      )
      if (taken) return false
    }
    return this.rules.admits(deployment, node)
  }

  /** Whether one more copy may start on a node, given all that is there in the end. */
  admits(deployment: number, node: number): boolean {
    if (!mayStart(this.instance, deployment, node)) return false
    const { family, maxReplicasPerNode } = this.instance.deployments[deployment] as InstanceDeployment
    if ((this.perNode[family * this.instance.nodes.length + node] as number) >= maxReplicasPerNode) return false
    const { capacity } = this.instance.nodes[node] as InstanceNode
    const amounts = this.arriving(deployment)
    const base = node * amounts.length
    for (let resource = 0; resource < amounts.length; resource++) {
      const amount = amounts[resource] as number
      if (amount > 0 && !within((this.used[base + resource] as number) + amount, capacity[resource] as number))
        return false
    }
    return this.seat(deployment, node) !== null && this.rules.admits(deployment, node)
  }

  /** What an arrival takes of each resource. */
  arriving(deployment: number): Float64Array {
    return this.#arriving[deployment] as Float64Array
  }

  /** The devices that one more copy would take, best fit first; null where they are not to be had. */
  seat(deployment: number, node: number): number[][] | null {
    const { demand } = this.instance.deployments[deployment] as InstanceDeployment
    const seats: number[][] = []
    for (const [position, resource] of this.instance.deviceResources.entries()) {
      const seat = seatOn(this.deviceLoad(node, position), demand[resource] as number)
      if (seat === null) return null
      seats.push(seat)
    }
    return seats
  }

  /** Adds an arrival that `admits` allows. */
  arrive(deployment: number, node: number): void {
    const devices = this.seat(deployment, node)
    if (devices === null) throw new RangeError('arrive without devices: ask admits first')
    this.add({ deployment, node, devices })
  }

  /** Adds an arrival with devices already chosen. */
  add(arrival: SeatedArrival): void {
    ;(this.arrivals[arrival.node] as SeatedArrival[]).push(arrival)
    this.#occupy(arrival.deployment, arrival.node, arrival.devices, 1, this.#arriving[arrival.deployment])
    this.#count(arrival.deployment, arrival.node, 1)
    this.#log.push({ of: 'arrival', arrival, came: true })
  }

  /** Takes an arrival away again. */
  remove(arrival: SeatedArrival): void {
    const here = this.arrivals[arrival.node] as SeatedArrival[]
    here.splice(here.lastIndexOf(arrival), 1)
    this.#occupy(arrival.deployment, arrival.node, arrival.devices, -1, this.#arriving[arrival.deployment])
    this.#count(arrival.deployment, arrival.node, -1)
    this.#log.push({ of: 'arrival', arrival, came: false })
  }

  toPacking(): Packing {
    return {
      stays: this.stays.slice(),
      arrivals: this.arrivals.flatMap((here) => here.map(({ deployment, node }) => ({ deployment, node })))
    }
  }

  #recall(deployment: number, copy: number): void {
    const gone = this.#gone[deployment] as Set<number>
    if (!gone.has(copy)) return
    if (gone.size > (this.instance.deployments[deployment] as InstanceDeployment).surplus) this.#migrations--
    gone.delete(copy)
  }

  /** Takes or gives back what a copy holds of its node and of the rules' limits. */
  #occupy(
    deployment: number,
    node: number,
    devices: readonly (readonly number[])[],
    sign: 1 | -1,
    amounts?: Float64Array
  ): void {
    const { nodes, deviceResources } = this.instance
    const { demand, family } = this.instance.deployments[deployment] as InstanceDeployment
    const base = node * demand.length
    for (let resource = 0; resource < demand.length; resource++) {
      const level = (this.used[base + resource] as number) + sign * ((amounts ?? demand)[resource] as number)
      this.used[base + resource] = Math.abs(level) < 1e-9 ? 0 : level
    }
    for (const [position, resource] of deviceResources.entries()) {
      const load = this.deviceLoad(node, position)
      const share = sign * Math.min(1, demand[resource] as number)
      for (const device of devices[position] as readonly number[]) {
        const level = (load[device] as number) + share
        load[device] = Math.abs(level) < 1e-9 ? 0 : level
      }
    }
    this.perNode[family * nodes.length + node] = (this.perNode[family * nodes.length + node] as number) + sign
    this.rules.occupy(deployment, node, sign)
  }

  /** Counts a copy among those that are there in the end. */
  #count(deployment: number, node: number, sign: 1 | -1): void {
    const { releasable, costPerHour } = this.instance.nodes[node] as InstanceNode
    const before = this.population[node] as number
    this.population[node] = before + sign
    if (releasable && before === 0) this.cost += costPerHour
    if (releasable && before + sign === 0) this.cost -= costPerHour
    this.placed[deployment] = (this.placed[deployment] as number) + sign
    this.rules.final.count(deployment, node, sign)
  }
}

/** Devices for one demand: the fullest with room for a fraction, entirely free ones for whole devices. */
export function seatOn(load: Float64Array, amount: number): number[] | null {
  if (amount <= 0) return []
  if (amount < 1 - TOLERANCE) {
    let best = -1
    for (let device = 0; device < load.length; device++) {
      if ((load[device] as number) + amount > 1 + TOLERANCE * 0.5) continue
      if (best < 0 || (load[device] as number) > (load[best] as number)) best = device
    }
    return best < 0 ? null : [best]
  }
  const wanted = Math.round(amount)
  const seats: number[] = []
  for (let device = 0; device < load.length && seats.length < wanted; device++) {
    if ((load[device] as number) <= TOLERANCE) seats.push(device)
  }
  return seats.length === wanted ? seats : null
}

import { admits, type ClusterDeployment, devicesOf } from '../../models/checker/cluster.js'
import { continuousExcess } from '../../models/checker/continuous-rules.js'
import { exceeds } from '../../models/checker/tolerance.js'
import type { DeviceIndices } from '../../models/contract/quantities.js'
import { packDevices } from '../../models/devices/device-packing.js'
import type { Happening } from './cluster-event.js'
import type { NodeBuyer } from './node-buyer.js'
import type { SimulatedClock } from './simulated-clock.js'
import type { SimulatedCluster } from './simulated-cluster.js'
import { freeOn, type SimulatedCopy, type SimulatedNode } from './simulated-node.js'

/** How soon the scheduler looks again for room for what has found none, in milliseconds. */
const LOOK_AGAIN_MS = 5_000

/** Who the scheduler is in the events of a cluster. */
const BY = 'scheduler'

/** Keeps as many replicas as are wanted: starts them on the open node that they fill best, and stops those that are too many. */
export class ReplicaScheduler {
  readonly #desired = new Map<string, number>()
  /** Replicas without a node, by id. */
  readonly #pending = new Map<string, string>()
  #number = 0
  #isAwake = false

  constructor(
    private readonly cluster: SimulatedCluster,
    private readonly clock: SimulatedClock,
    private readonly buyer: NodeBuyer,
    private readonly tell: (happening: Happening) => void
  ) {
    for (const { id, desired } of cluster.index.deployments.values()) this.#desired.set(id, desired)
    for (const { id, deployment, node } of cluster.index.replicas.values()) {
      if (node === null) this.#pending.set(id, deployment)
    }
    if (this.#pending.size > 0) this.wake()
  }

  desired(deployment: string): number {
    return this.#desired.get(deployment) ?? 0
  }

  pending(): { readonly id: string; readonly deployment: string; readonly node: null }[] {
    const placed = new Set(this.#copies().map(({ replica }) => replica))
    const waiting = [...this.#pending].filter(([id]) => !placed.has(id))
    return waiting.map(([id, deployment]) => ({ id, deployment, node: null }))
  }

  scale(deployment: string, replicas: number): void {
    if (!this.#desired.has(deployment)) throw new RangeError(`there is no deployment ${deployment}`)
    this.#desired.set(deployment, Math.max(0, Math.floor(replicas)))
    this.wake()
  }

  /** Looks soon whether anything is missing or too many. */
  wake(): void {
    if (this.#isAwake) return
    this.#isAwake = true
    this.clock.after(0, () => {
      this.#isAwake = false
      for (const deployment of this.cluster.index.deployments.values()) this.#adjust(deployment)
      if (this.pending().length === 0) return
      this.#isAwake = true
      this.clock.after(LOOK_AGAIN_MS, () => {
        this.#isAwake = false
        this.wake()
      })
    })
  }

  #adjust(deployment: ClusterDeployment): void {
    const { id } = deployment
    const copies = this.#copies().filter((copy) => copy.deployment === deployment)
    const staying = copies.filter(({ state }) => state !== 'draining' && state !== 'drained')
    const replicas = new Set(staying.map(({ replica, formerly }) => formerly ?? replica))
    for (const [replica, owner] of this.#pending) {
      if (owner === id && copies.some((copy) => copy.replica === replica)) this.#pending.delete(replica)
    }
    const waiting = [...this.#pending].filter(([, owner]) => owner === id).map(([replica]) => replica)
    let surplus = replicas.size + waiting.length - this.desired(id)
    for (; surplus > 0 && waiting.length > 0; surplus--) this.#pending.delete(waiting.pop() ?? '')
    for (const copy of this.#victims(staying).slice(0, Math.max(0, surplus))) this.#drain(copy)
    for (; surplus < 0; surplus++) {
      const name = this.#newName(id)
      this.#pending.set(name, id)
      waiting.push(name)
    }
    for (const replica of waiting) {
      if (this.#start(replica, deployment)) this.#pending.delete(replica)
      else this.buyer.order(deployment, () => this.wake())
    }
  }

  /** Ready copies that are not being moved: of the emptiest nodes first. */
  #victims(copies: readonly SimulatedCopy[]): SimulatedCopy[] {
    const isAlone = ({ replica, formerly = replica }: SimulatedCopy) =>
      copies.filter((other) => (other.formerly ?? other.replica) === formerly).length === 1
    return copies
      .filter((copy) => copy.state === 'ready' && isAlone(copy))
      .sort((left, right) => left.node.copies.size - right.node.copies.size || (left.replica < right.replica ? 1 : -1))
  }

  #drain(copy: SimulatedCopy): void {
    const { replica, node, deployment } = copy
    copy.state = 'draining'
    this.tell({ kind: 'drain-began', replica, node: node.listed.id, by: BY })
    this.clock.after(deployment.options.drainSeconds * 1000, () => this.cluster.removeCopy(copy, BY))
  }

  #start(replica: string, deployment: ClusterDeployment): boolean {
    const places = [...this.cluster.nodes.values()].flatMap((node) => {
      const devices = this.#findRoom(node, deployment)
      return devices === null ? [] : [{ node, devices }]
    })
    const left = ({ node }: { readonly node: SimulatedNode }) => {
      const free = freeOn(node)
      return [...deployment.demand].reduce((sum, [resource, amount]) => {
        const capacity = node.listed.capacity.get(resource) ?? 0
        return capacity === 0 ? sum : sum + ((free.get(resource) ?? 0) - amount) / capacity
      }, 0)
    }
    for (const { node, devices } of places.sort((one, other) => left(one) - left(other))) {
      if (!this.#keepsRules(deployment, node)) continue
      const held = Object.keys(devices).length === 0 ? undefined : devices
      const copy = this.cluster.addCopy({ replica, deployment, node, devices: held, step: '' }, BY)
      this.clock.after(deployment.options.startupSeconds * 1000, () => this.cluster.endStart(copy, true))
      return true
    }
    return false
  }

  /** The devices that a copy would hold on a node; null: it has no room, or takes none. */
  #findRoom(node: SimulatedNode, deployment: ClusterDeployment): DeviceIndices | null {
    if (node.state !== 'there' || node.isClosed || node.isCordoned || !admits(node.listed, deployment)) return null
    const free = freeOn(node)
    for (const [resource, atStart] of deployment.startupDemand) {
      const needed = Math.max(atStart, deployment.demand.get(resource) ?? 0)
      if (exceeds(needed, free.get(resource) ?? 0)) return null
    }
    const devices: [string, number[]][] = []
    for (const resource of deployment.deviceResources) {
      const load = new Float64Array(node.listed.capacity.get(resource) ?? 0)
      for (const copy of node.copies) {
        const share = Math.min(1, copy.deployment.demand.get(resource) ?? 0)
        for (const device of devicesOf(copy.devices, resource) ?? []) load[device] = (load[device] ?? 0) + share
      }
      const packed = packDevices(load, [deployment.demand.get(resource) ?? 0])?.[0]
      if (packed === undefined) return null
      devices.push([resource, packed])
    }
    return Object.fromEntries(devices)
  }

  /** Whether rules that hold at every moment hold as before with one more copy on a node. */
  #keepsRules(deployment: ClusterDeployment, { listed: node }: SimulatedNode): boolean {
    const now = this.#copies().map((copy) => ({
      deployment: copy.deployment,
      node: copy.node.listed,
      devices: copy.devices
    }))
    const before = continuousExcess(this.cluster.index, now)
    const after = continuousExcess(this.cluster.index, [...now, { deployment, node }])
    return [...after].every(([key, { amount }]) => !exceeds(amount, before.get(key)?.amount ?? 0))
  }

  #newName(deployment: string): string {
    const taken = new Set([...this.cluster.index.replicas.keys(), ...this.#copies().map(({ replica }) => replica)])
    let name: string
    do name = `${deployment}+${++this.#number}`
    while (taken.has(name))
    return name
  }

  #copies(): SimulatedCopy[] {
    return [...this.cluster.nodes.values()].flatMap(({ copies }) => [...copies])
  }
}

import { type Instance, type InstanceDeployment, mostWithin } from '../../models/instance/instance.js'

/** What one copy on one node takes of the limits: parallel lists. */
export interface Holding {
  readonly node: number
  readonly counters: readonly number[]
  /** Held once the copy is ready. */
  readonly steady: readonly number[]
  /** Held from the start until ready; nowhere less than `steady`. */
  readonly starting: readonly number[]
  /** Counters that must stand at 0 when the copy starts: its peers of the other side of a conflict. */
  readonly opposed: readonly number[]
  /** Devices of the node, of the resources it demands, that are overfull at the outset: nobody joins before they no longer are. */
  readonly overfull: readonly number[]
}

/** What a counter counts, by indices of the instance. */
export type LimitLocation =
  | { readonly kind: 'capacity'; readonly node: number; readonly resource: number }
  | { readonly kind: 'devices'; readonly node: number; readonly resource: number; readonly device: number }
  | { readonly kind: 'max-replicas-per-node'; readonly node: number; readonly deployment: number }
  /** The index in the instance's counters or conflicts. */
  | { readonly kind: 'anti-affinity' | 'conflict'; readonly index: number }
  | { readonly kind: 'surge' | 'availability'; readonly deployment: number }

const NONE: readonly number[] = []

type DomainTable = { readonly counter: Int32Array; readonly opposed: Int32Array | undefined }

/**
 * Every continuous limit of an instance as one numbered counter, level ≤ limit: the resources of each node, each device,
 * copies per node, anti-affinity per domain, surge per deployment, and readiness per deployment (ready copies, negated).
 * The sides of a conflict are counters without a limit that oppose each other.
 */
export class Limits {
  /** Tolerance included, so that sums are compared as they are. */
  readonly limit: Float64Array
  readonly count: number
  /** Where every limit stands before anything happens. */
  readonly levelAtOutset: Float64Array
  private readonly cellBase: Int32Array
  private readonly firstCell: number
  private readonly firstPerNode: number
  private readonly firstRule: number
  private readonly firstConflict: number
  private readonly firstSurge: number
  private readonly firstReady: number
  private readonly perNodePosition: Int32Array
  private readonly perNodeWidth: number
  private readonly domains: readonly (readonly DomainTable[])[]
  /** Devices that are overfull at the outset, by node and position of the resource. */
  private readonly overfull: readonly (readonly number[])[]

  constructor(private readonly instance: Instance) {
    const { nodes, resources, deviceResources, realDeployments } = instance
    const deployments = instance.deployments.slice(0, realDeployments)
    this.firstCell = nodes.length * resources.length
    this.cellBase = new Int32Array(nodes.length * deviceResources.length)
    let next = this.firstCell
    for (const node of nodes) {
      for (const [position, resource] of deviceResources.entries()) {
        this.cellBase[node.index * deviceResources.length + position] = next
        next += Math.floor(node.capacity[resource] as number)
      }
    }
    const bounded = deployments.filter((deployment) => deployment.maxReplicasPerNode !== Infinity)
    this.perNodePosition = new Int32Array(realDeployments).fill(-1)
    for (const [position, { index }] of bounded.entries()) this.perNodePosition[index] = position
    this.perNodeWidth = bounded.length
    this.firstPerNode = next
    this.firstRule = this.firstPerNode + nodes.length * bounded.length
    this.firstConflict = this.firstRule + instance.counters.length
    this.firstSurge = this.firstConflict + 2 * instance.conflicts.length
    this.firstReady = this.firstSurge + realDeployments
    this.count = this.firstReady + realDeployments
    this.limit = new Float64Array(this.count)
    this.fillLimits(bounded, deployments)
    this.domains = this.compileDomains()
    this.overfull = this.findOverfullDevices()
    this.levelAtOutset = this.sumCopies()
  }

  private fillLimits(bounded: readonly InstanceDeployment[], deployments: readonly InstanceDeployment[]): void {
    const { nodes, resources, counters, copies } = this.instance
    this.limit.fill(mostWithin(1), this.firstCell, this.firstPerNode)
    for (const node of nodes) {
      for (let resource = 0; resource < resources.length; resource++) {
        const capacity = node.capacity[resource] as number
        this.limit[node.index * resources.length + resource] = mostWithin(capacity)
      }
      for (const [position, { maxReplicasPerNode }] of bounded.entries()) {
        this.limit[this.firstPerNode + node.index * bounded.length + position] = maxReplicasPerNode
      }
    }
    for (const [index, { limit }] of counters.entries()) this.limit[this.firstRule + index] = limit
    this.limit.fill(Infinity, this.firstConflict, this.firstSurge)
    const ready = new Float64Array(deployments.length)
    for (const copy of copies)
      if (copy.state === 'running') ready[copy.deployment] = (ready[copy.deployment] as number) + 1
    for (const { index, desired, maxSurge, maxUnavailable } of deployments) {
      this.limit[this.firstSurge + index] = desired + maxSurge
      this.limit[this.firstReady + index] = maxUnavailable - Math.min(desired, ready[index] as number)
    }
  }

  private sumCopies(): Float64Array {
    const level = new Float64Array(this.count)
    for (const { deployment, node, devices, state } of this.instance.copies) {
      const held = this.holding(deployment, node, devices)
      const amounts = state === 'starting' ? held.starting : held.steady
      for (let position = 0; position < amounts.length; position++) {
        const counter = held.counters[position] as number
        level[counter] = (level[counter] as number) + (amounts[position] as number)
      }
      const ready = this.ready(deployment)
      if (state === 'running') level[ready] = (level[ready] as number) - 1
    }
    return level
  }

  private findOverfullDevices(): number[][] {
    const { nodes, deviceResources, deployments, copies } = this.instance
    const load = new Float64Array(this.firstPerNode)
    for (const { deployment, node, devices } of copies) {
      for (const [position, held] of devices.entries()) {
        const amount = Math.min(1, deployments[deployment]?.demand[deviceResources[position] as number] ?? 0)
        const first = this.firstDevice(node, position)
        for (const device of held) load[first + device] = (load[first + device] as number) + amount
      }
    }
    return nodes.flatMap(({ index, capacity }) =>
      deviceResources.map((resource, position) => {
        const first = this.firstDevice(index, position)
        const devices = Array.from({ length: Math.floor(capacity[resource] as number) }, (_, device) => first + device)
        return devices.filter((counter) => (load[counter] as number) > (this.limit[counter] as number))
      })
    )
  }

  /** For each deployment the counters of rules that it is a member of, by node; −1 where a node is in no domain. */
  private compileDomains(): DomainTable[][] {
    const { instance } = this
    const tables = Array.from({ length: instance.realDeployments }, () => new Map<string, DomainTable>())
    const tableOf = (deployment: number, key: string, opposing: boolean): DomainTable | undefined => {
      const known = tables[deployment]
      if (known === undefined || known.has(key)) return known?.get(key)
      const empty = () => new Int32Array(instance.nodes.length).fill(-1)
      const table = { counter: empty(), opposed: opposing ? empty() : undefined }
      known.set(key, table)
      return table
    }
    for (const [index, { rule, deployments, nodes }] of instance.counters.entries()) {
      for (const deployment of deployments) {
        const table = tableOf(deployment, `rule ${rule}`, false)
        for (const node of nodes) if (table !== undefined) table.counter[node] = this.firstRule + index
      }
    }
    for (const [index, { rule, left, right, nodes }] of instance.conflicts.entries()) {
      for (const [side, members] of [left, right].entries()) {
        for (const deployment of members) {
          const table = tableOf(deployment, `conflict ${rule}`, true)
          for (const node of nodes) {
            if (table?.opposed === undefined) continue
            table.counter[node] = this.firstConflict + 2 * index + side
            table.opposed[node] = this.firstConflict + 2 * index + (1 - side)
          }
        }
      }
    }
    return tables.map((table) => [...table.values()])
  }

  /** The counter of a node's resource as a whole. */
  resource(node: number, resource: number): number {
    return node * this.instance.resources.length + resource
  }

  /** The counter of a node's first device; the others follow. */
  firstDevice(node: number, position: number): number {
    return this.cellBase[node * this.instance.deviceResources.length + position] as number
  }

  private overfullDevices(node: number, position: number): readonly number[] {
    return this.overfull[node * this.instance.deviceResources.length + position] as readonly number[]
  }

  isDevice(counter: number): boolean {
    return counter >= this.firstCell && counter < this.firstPerNode
  }

  isSurge(counter: number): boolean {
    return counter >= this.firstSurge && counter < this.firstReady
  }

  isConflict(counter: number): boolean {
    return counter >= this.firstConflict && counter < this.firstSurge
  }

  /** Whether a deployment's copies count for rules, whose domains may span nodes. */
  isRuled(deployment: number): boolean {
    return (this.domains[deployment] as readonly DomainTable[]).length > 0
  }

  /** Ready copies of a deployment, negated. */
  ready(deployment: number): number {
    return this.firstReady + deployment
  }

  /** What a copy of a real deployment takes on a node. */
  holding(deployment: number, node: number, devices: readonly (readonly number[])[]): Holding {
    const { demand, startupDemand, maxSurge } = this.instance.deployments[deployment] as InstanceDeployment
    const counters: number[] = []
    const steady: number[] = []
    const starting: number[] = []
    let opposing = NONE
    let overfull = NONE
    const add = (counter: number, whenReady: number, before: number) => {
      counters.push(counter)
      steady.push(whenReady)
      starting.push(before)
    }
    for (let resource = 0; resource < demand.length; resource++) {
      const amount = demand[resource] as number
      const most = Math.max(amount, startupDemand[resource] as number)
      if (most > 0) add(this.resource(node, resource), amount, most)
    }
    const { deviceResources } = this.instance
    for (let position = 0; position < deviceResources.length; position++) {
      const whole = demand[deviceResources[position] as number] as number
      const amount = Math.min(1, whole)
      for (const device of devices[position] ?? NONE) add(this.firstDevice(node, position) + device, amount, amount)
      const broken = this.overfullDevices(node, position)
      if (whole > 0 && broken.length > 0) overfull = [...overfull, ...broken]
    }
    const perNode = this.perNodePosition[deployment] as number
    if (perNode >= 0) add(this.firstPerNode + node * this.perNodeWidth + perNode, 1, 1)
    for (const { counter, opposed } of this.domains[deployment] as readonly DomainTable[]) {
      if ((counter[node] as number) < 0) continue
      add(counter[node] as number, 1, 1)
      if (opposed !== undefined) opposing = [...opposing, opposed[node] as number]
    }
    if (maxSurge !== Infinity) add(this.firstSurge + deployment, 1, 1)
    return { node, counters, steady, starting, opposed: opposing, overfull }
  }

  /** The resources of a node of which a copy takes more when it is ready than before: those it is held to have already. */
  growing(deployment: number, node: number): number[] {
    const { demand, startupDemand } = this.instance.deployments[deployment] as InstanceDeployment
    const grows = (resource: number) => (startupDemand[resource] as number) < (demand[resource] as number)
    return [...demand.keys()].filter(grows).map((resource) => this.resource(node, resource))
  }

  /** What a counter counts. */
  locate(counter: number): LimitLocation {
    const { resources, deviceResources } = this.instance
    if (counter < this.firstCell) {
      return { kind: 'capacity', node: Math.floor(counter / resources.length), resource: counter % resources.length }
    }
    if (counter < this.firstPerNode) {
      const cell = lastAtMost(this.cellBase, counter)
      return {
        kind: 'devices',
        node: Math.floor(cell / deviceResources.length),
        resource: deviceResources[cell % deviceResources.length] as number,
        device: counter - (this.cellBase[cell] as number)
      }
    }
    if (counter < this.firstRule) {
      const at = counter - this.firstPerNode
      const deployment = this.perNodePosition.indexOf(at % this.perNodeWidth)
      return { kind: 'max-replicas-per-node', node: Math.floor(at / this.perNodeWidth), deployment }
    }
    if (counter < this.firstConflict) return { kind: 'anti-affinity', index: counter - this.firstRule }
    if (counter < this.firstSurge) return { kind: 'conflict', index: (counter - this.firstConflict) >> 1 }
    if (counter < this.firstReady) return { kind: 'surge', deployment: counter - this.firstSurge }
    return { kind: 'availability', deployment: counter - this.firstReady }
  }
}

/** The last position of an ascending list at which it is at most a value. */
function lastAtMost(ascending: Int32Array, value: number): number {
  let low = 0
  for (let high = ascending.length; low < high; ) {
    const middle = (low + high) >> 1
    if ((ascending[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

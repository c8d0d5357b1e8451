import { type Instance, type InstanceDeployment, mostWithin } from '../../models/instance/instance.js'
import { LimitNumbers } from './limit-numbers.js'

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

const NONE: readonly number[] = []

type DomainTable = { readonly counter: Int32Array; readonly opposed: Int32Array | undefined }

/** Every continuous limit of an instance as one counter, level ≤ limit, and what copies take of them. */
export class Limits extends LimitNumbers {
  /** Tolerance included, so that sums are compared as they are. */
  readonly limit: Float64Array
  /** Where every limit stands before anything happens. */
  readonly levelAtOutset: Float64Array
  private readonly domains: readonly (readonly DomainTable[])[]
  /** Devices that are overfull at the outset, by node and position of the resource. */
  private readonly overfull: readonly (readonly number[])[]

  /** The holding asked for last with a list of devices, which mostly belongs to one place. */
  private readonly known = new WeakMap<object, { readonly deployment: number; readonly holding: Holding }>()

  constructor(instance: Instance) {
    super(instance)
    this.limit = new Float64Array(this.count)
    this.fillLimits()
    this.domains = this.compileDomains()
    this.overfull = this.findOverfullDevices()
    this.levelAtOutset = this.sumCopies()
  }

  private fillLimits(): void {
    const { nodes, resources, counters, copies, realDeployments } = this.instance
    const deployments = this.instance.deployments.slice(0, realDeployments)
    const bounded = deployments.filter(({ index }) => (this.perNodePosition[index] as number) >= 0)
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

  private overfullDevices(node: number, position: number): readonly number[] {
    return this.overfull[node * this.instance.deviceResources.length + position] as readonly number[]
  }

  /** Whether a deployment's copies count for rules, whose domains may span nodes. */
  isRuled(deployment: number): boolean {
    return (this.domains[deployment] as readonly DomainTable[]).length > 0
  }

  /** What a copy of a real deployment takes on a node. It is asked for again and again of the same places. */
  holding(deployment: number, node: number, devices: readonly (readonly number[])[]): Holding {
    const known = this.known.get(devices)
    if (known?.deployment === deployment && known.holding.node === node) return known.holding
    const holding = this.compileHolding(deployment, node, devices)
    this.known.set(devices, { deployment, holding })
    return holding
  }

  private compileHolding(deployment: number, node: number, devices: readonly (readonly number[])[]): Holding {
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
}

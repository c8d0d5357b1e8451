import type { Instance } from '../../models/instance/instance.js'

/** What a counter counts, by indices of the instance. */
export type LimitLocation =
  | { readonly kind: 'capacity'; readonly node: number; readonly resource: number }
  | { readonly kind: 'devices'; readonly node: number; readonly resource: number; readonly device: number }
  | { readonly kind: 'max-replicas-per-node'; readonly node: number; readonly deployment: number }
  /** The index in the instance's counters or conflicts. */
  | { readonly kind: 'anti-affinity' | 'conflict'; readonly index: number }
  | { readonly kind: 'surge' | 'availability'; readonly deployment: number }

/**
 * The numbers of all continuous limits of an instance: the resources of each node, each device, copies per node, anti-affinity per
 * domain, surge per deployment, and readiness per deployment (ready copies, negated). The sides of a conflict are counters without
 * a limit that oppose each other.
 */
export class LimitNumbers {
  readonly count: number
  protected readonly cellBase: Int32Array
  protected readonly firstCell: number
  protected readonly firstPerNode: number
  protected readonly firstRule: number
  protected readonly firstConflict: number
  protected readonly firstSurge: number
  protected readonly firstReady: number
  protected readonly perNodePosition: Int32Array
  protected readonly perNodeWidth: number

  constructor(protected readonly instance: Instance) {
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
  }

  /** The counter of a node's resource as a whole. */
  resource(node: number, resource: number): number {
    return node * this.instance.resources.length + resource
  }

  /** The counter of a node's first device; the others follow. */
  firstDevice(node: number, position: number): number {
    return this.cellBase[node * this.instance.deviceResources.length + position] as number
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

  /** Ready copies of a deployment, negated. */
  ready(deployment: number): number {
    return this.firstReady + deployment
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

import type { ResourceAmounts } from '../../../models/contract/quantities.js'
import type { InstanceDeployment } from '../../../models/instance/instance.js'
import { matchesSelector } from '../../../models/instance/selector.js'
import type { PackingState } from '../packing-state.js'
import { comparable, compareRows, resourcesInServeOrder } from './serve-order.js'

/** By how much a demand may exceed what is free, as Serve counts. */
const SLACK = 1e-9

/** What a node had before something was planned on it. */
interface Row {
  readonly node: number
  readonly free: Float64Array
  readonly size: Float64Array
}

/** How rooms were before a node was drained. */
export interface RoomsBefore {
  readonly order: Int32Array
  readonly rows: readonly Row[]
}

/**
 * What is free on the nodes that host something, as Ray Serve sees it when it chooses a node for a replica: sums of each resource, the
 * selector, and the replicas per node of the deployment. It knows no devices and no other rules.
 *
 * A demand leaves least where least is free, whichever demand it is: so one order of nodes, the tightest first, serves all.
 */
export class ServeRooms {
  readonly #state: PackingState
  readonly #width: number
  readonly #free: Float64Array
  readonly #size: Float64Array
  readonly #demands: readonly Float64Array[]
  readonly #suits: (deployment: number, node: number) => boolean
  /** As it was before the last drain where that is not yet in it. */
  #order: Int32Array
  #stale: { readonly gone: number; readonly moved: number[] } | null = null
  /** Nodes on which something is planned: their rooms have changed, and not yet their places in the order. */
  readonly #planned = new Map<number, Row>()

  /** `hosts`: which nodes are chosen from; those that host something, unless told otherwise. */
  constructor(state: PackingState, hosts: 'active' | 'idle' = 'active') {
    const { problem, deployments, listedNodes } = state.instance
    const names = resourcesInServeOrder(problem)
    const rowOf = (amounts: ResourceAmounts) =>
      Float64Array.from(names, (name) => (Object.hasOwn(amounts, name) ? (amounts[name] as number) : 0))
    this.#state = state
    this.#width = names.length
    this.#demands = deployments.map(({ family }) => rowOf(problem.deployments[family]?.demand ?? {}))
    this.#free = new Float64Array(listedNodes * names.length)
    for (let node = 0; node < listedNodes; node++)
      this.#free.set(rowOf(problem.nodes[node]?.capacity ?? {}), node * names.length)
    this.#size = new Float64Array(this.#free.length)
    this.#suits = suitability(state)
    for (const { deployment, node } of [...runningCopies(state), ...state.arrivals.flat()])
      if (node < listedNodes) this.#subtract(deployment, node)
    this.#size.set(this.#free.map(comparable))
    const isMeant = (node: number) => (state.population[node] as number) > 0 === (hosts === 'active')
    const chosen = Array.from({ length: listedNodes }, (_, node) => node).filter(isMeant)
    this.#order = Int32Array.from(chosen).sort((one, other) => this.#compare(one, other))
  }

  /** The nodes that are chosen from, the tightest first. */
  get active(): Int32Array {
    return this.#inOrder()
  }

  /** Of the nodes that are chosen from, but for one that is drained, the one where least is left beside a copy; −1: none has room. */
  bestFit(deployment: number, leaving: number): number {
    const order = this.#inOrder()
    let best = -1
    for (let place = this.#firstWithRoom(deployment, order); place < order.length; place++) {
      const node = order[place] as number
      if (node === leaving || this.#planned.has(node) || !this.#fits(deployment, node)) continue
      best = node
      break
    }
    for (const node of this.#planned.keys())
      if ((best < 0 || this.#compare(node, best) < 0) && this.#fits(deployment, node)) best = node
    return best
  }

  /** Counts a copy that is to come to a node. */
  plan(deployment: number, node: number): void {
    const [from, to] = [node * this.#width, (node + 1) * this.#width]
    if (!this.#planned.has(node))
      this.#planned.set(node, { node, free: this.#free.slice(from, to), size: this.#size.slice(from, to) })
    this.#subtract(deployment, node)
    for (let at = from; at < to; at++) this.#size[at] = comparable(this.#free[at] as number)
  }

  /** Forgets what is planned. */
  forget(): void {
    this.#putBack([...this.#planned.values()])
    this.#planned.clear()
  }

  /** What is planned came, and a node is gone. */
  settle(gone: number): RoomsBefore {
    const before = { order: this.#inOrder(), rows: [...this.#planned.values()] }
    this.#stale = { gone, moved: [...this.#planned.keys()] }
    this.#planned.clear()
    return before
  }

  /** Takes back what was settled last. */
  restore({ order, rows }: RoomsBefore): void {
    this.#order = order
    this.#stale = null
    this.#putBack(rows)
  }

  /** The order as it is by now: it is brought up to date only where somebody asks, since much is taken back before that. */
  #inOrder(): Int32Array {
    if (this.#stale === null) return this.#order
    const { gone } = this.#stale
    const moved = this.#stale.moved.sort((one, other) => this.#compare(one, other))
    const left = new Set(moved)
    const next = new Int32Array(this.#order.length - 1)
    let [length, first] = [0, 0]
    for (const node of this.#order) {
      if (node === gone || left.has(node)) continue
      while (first < moved.length && this.#compare(moved[first] as number, node) < 0)
        next[length++] = moved[first++] as number
      next[length++] = node
    }
    while (first < moved.length) next[length++] = moved[first++] as number
    this.#order = next
    this.#stale = null
    return next
  }

  #putBack(rows: readonly Row[]): void {
    for (const { node, free, size } of rows) {
      this.#free.set(free, node * this.#width)
      this.#size.set(size, node * this.#width)
    }
  }

  #subtract(deployment: number, node: number): void {
    const demand = this.#demands[deployment] as Float64Array
    for (let column = 0; column < demand.length; column++) {
      const at = node * this.#width + column
      this.#free[at] = (this.#free[at] as number) - (demand[column] as number)
    }
  }

  #fits(deployment: number, node: number): boolean {
    const demand = this.#demands[deployment] as Float64Array
    for (let column = 0; column < demand.length; column++)
      if ((this.#free[node * this.#width + column] as number) + SLACK < (demand[column] as number)) return false
    const { instance, perNode } = this.#state
    const { family, maxReplicasPerNode } = instance.deployments[deployment] as InstanceDeployment
    if ((perNode[family * instance.nodes.length + node] as number) >= maxReplicasPerNode) return false
    return this.#suits(deployment, node)
  }

  /** The first place in the order from which on the resource that is compared first may suffice. */
  #firstWithRoom(deployment: number, order: Int32Array): number {
    const wanted = comparable(this.#demands[deployment]?.[0] ?? 0) - 1
    let [low, high] = [0, order.length]
    while (low < high) {
      const middle = (low + high) >> 1
      // The order is that of before anything was planned; planned nodes are looked at one by one.
      const node = order[middle] as number
      const first = this.#planned.get(node)?.size[0] ?? (this.#size[node * this.#width] as number)
      if (first < wanted) low = middle + 1
      else high = middle
    }
    return low
  }

  #compare(one: number, other: number): number {
    return compareRows(this.#size, this.#size, this.#width, one, other) || one - other
  }
}

function runningCopies({ instance, stays }: PackingState) {
  return instance.copies.filter(({ index }) => stays[index] === 1)
}

/** Whether Serve may choose a node for a deployment: its labels suit, and it is not being drained by somebody else. */
function suitability({ instance }: PackingState): (deployment: number, node: number) => boolean {
  const { problem, deployments, listedNodes } = instance
  const suits = new Uint8Array(deployments.length * listedNodes)
  for (const { index, family } of deployments) {
    const selector = problem.deployments[family]?.nodeSelector ?? {}
    const isFree = Object.keys(selector).length === 0
    for (const [node, { labels, acceptsReplicas }] of problem.nodes.entries())
      if (acceptsReplicas && (isFree || matchesSelector(selector, labels))) suits[index * listedNodes + node] = 1
  }
  return (deployment, node) => suits[deployment * listedNodes + node] === 1
}

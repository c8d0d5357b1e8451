import { activeNodes, type ClusterNode } from '../../../models/checker/cluster.js'
import type { Fleet } from './fleet.js'
import type { NodeLoad, Phase } from './node-load.js'
import { type Change, countedCopy, initialStanding, type LiveCopy, type NodeStanding } from './step-changes.js'

/** The cluster at a moment: who is on which node, how each node stands, and what is paid. */
export class ClusterState {
  readonly #fleet: Fleet
  readonly #copies = new Map<ClusterNode, Map<LiveCopy, Phase>>()
  readonly #standings = new Map<ClusterNode, NodeStanding>()
  readonly #willGo = new Set<ClusterNode>()
  readonly #changed = new Set<string>()
  /** How each thing was before the changes that are applied, the last on top. */
  readonly #undo: (NodeStanding | Phase | null)[] = []
  readonly #endsActive: ReadonlySet<ClusterNode>
  #cost = 0
  #listedCost = 0

  constructor(fleet: Fleet, initial: ReadonlyMap<LiveCopy, Phase>) {
    this.#fleet = fleet
    this.#endsActive = activeNodes(
      fleet.cluster,
      fleet.after.map(({ deployment, node }) => ({ deployment, node }))
    )
    for (const [copy, phase] of initial) this.#copiesOn(copy.node).set(copy, phase)
    const released = new Set(fleet.result.releasedNodes)
    for (const node of fleet.cluster.nodes.values()) {
      if (released.has(node.id) && this.#copiesOn(node).size > 0) this.#willGo.add(node)
      this.#standings.set(node, initialStanding(node))
      this.#count(node, 1)
    }
  }

  apply(change: Change): void {
    const node = change.kind === 'node' ? change.node : change.copy.node
    const before = change.kind === 'node' ? this.#standingOf(node) : (this.#copiesOn(node).get(change.copy) ?? null)
    this.#undo.push(before)
    // Where times contradict the list, what happens to a copy may come before the copy does: then it comes to nothing.
    if (change.kind === 'copy' && before === null && !change.isNew) return
    if (change.kind === 'node') this.#set(node, { ...this.#standingOf(node), ...change.to })
    else this.#setCopy(change.copy, change.to)
  }

  /** Takes back what was applied last: this change. */
  takeBack(change: Change): void {
    const before = this.#undo.pop()
    if (change.kind === 'copy') this.#setCopy(change.copy, (before ?? null) as Phase | null)
    else this.#set(change.node, before as NodeStanding)
  }

  node(id: string): ({ readonly id: string } & NodeStanding & NodeLoad) | undefined {
    const node = this.#fleet.cluster.nodes.get(id)
    if (node === undefined) return undefined
    // Playing backwards puts copies back behind others: they are told in the order of the plan.
    const copies = [...this.#copiesOn(node)]
      .sort(([one], [other]) => one.order - other.order)
      .map(([copy, phase]) => countedCopy(copy, phase))
    return { id, ...this.#standingOf(node), ...this.#fleet.load(node, copies) }
  }

  takeChanged(): string[] {
    const changed = [...this.#changed]
    this.#changed.clear()
    return changed
  }

  costs(isOver: boolean): { costPerHour: number; listedCostPerHour: number } {
    let cost = this.#cost
    // Headroom is kept in the end only.
    if (isOver) for (const node of this.#endsActive) if (!this.#isPaid(node)) cost += node.costPerHour
    return { costPerHour: clear(cost), listedCostPerHour: clear(this.#listedCost) }
  }

  #set(node: ClusterNode, standing: NodeStanding): void {
    this.#changed.add(node.id)
    this.#count(node, -1)
    this.#standings.set(node, standing)
    this.#count(node, 1)
  }

  #setCopy(copy: LiveCopy, phase: Phase | null): void {
    const { node } = copy
    this.#changed.add(node.id)
    this.#count(node, -1)
    if (phase === null) this.#copiesOn(node).delete(copy)
    else this.#copiesOn(node).set(copy, phase)
    this.#count(node, 1)
  }

  #standingOf(node: ClusterNode): NodeStanding {
    return this.#standings.get(node) ?? initialStanding(node)
  }

  #copiesOn(node: ClusterNode): Map<LiveCopy, Phase> {
    const known = this.#copies.get(node)
    if (known !== undefined) return known
    const fresh = new Map<LiveCopy, Phase>()
    this.#copies.set(node, fresh)
    return fresh
  }

  #count(node: ClusterNode, sign: 1 | -1): void {
    const { presence } = this.#standingOf(node)
    if (presence === 'there' || presence === 'ordered') this.#listedCost += sign * node.costPerHour
    if (this.#isPaid(node)) this.#cost += sign * node.costPerHour
  }

  #isPaid(node: ClusterNode): boolean {
    const { presence } = this.#standingOf(node)
    if (presence === 'awaited' || presence === 'released') return false
    return !node.releasable || node.boughtAs !== undefined || this.#willGo.has(node) || this.#copiesOn(node).size > 0
  }
}

/** Sums of prices that were added and taken away leave dust. */
function clear(amount: number): number {
  return Math.abs(amount) < 1e-9 ? 0 : Number(amount.toPrecision(12))
}

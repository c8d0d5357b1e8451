import { groupBy } from '../../../models/grouping.js'
import type { Hosting } from './node-contents.js'
import { transport } from './transport.js'

/** Nodes that go on as others, or come (`from` null), or go (`to` null). */
export interface NodePair {
  readonly from: Hosting | null
  readonly to: Hosting | null
  readonly nodes: number
}

/**
 * Pairs the nodes that there are with those that are wanted, of the same kind, so that most copies may stay. Whether a node is one of the
 * base or had by the hour is a matter of accounts: nobody moves for it.
 */
export function pairNodes(before: readonly Hosting[], slots: readonly Hosting[]): NodePair[] {
  const there = groupBy(before, ({ kind }) => kind)
  const wanted = groupBy(slots, ({ kind }) => kind)
  return [...new Set([...there.keys(), ...wanted.keys()])].flatMap((kind) =>
    pairOfKind(there.get(kind) ?? [], wanted.get(kind) ?? [])
  )
}

function pairOfKind(before: readonly Hosting[], slots: readonly Hosting[]): NodePair[] {
  const pairs: NodePair[] = []
  const left = Int32Array.from(before, ({ nodes }) => nodes)
  const open = Int32Array.from(slots, ({ nodes }) => nodes)
  const pair = (from: number, to: number, nodes: number) => {
    if (nodes === 0) return
    left[from] = (left[from] as number) - nodes
    open[to] = (open[to] as number) - nodes
    pairs.push({ from: before[from] as Hosting, to: slots[to] as Hosting, nodes })
  }
  // Equal contents first: as min(f, s) + min(g, f) ≤ f + min(g, s) for any g and s, no better pairs would part them.
  for (const [to, slot] of slots.entries()) {
    for (const [from, hosting] of before.entries()) {
      if (isSame(hosting.counts, slot.counts)) pair(from, to, Math.min(left[from] as number, open[to] as number))
    }
  }
  const worth = Float64Array.from(before.flatMap((from) => slots.map((to) => worthOf(from.counts, to.counts))))
  for (const { from, to, amount } of transport(left.slice(), open.slice(), worth)) pair(from, to, amount)
  for (const [to, nodes] of open.entries()) if (nodes > 0) pairs.push({ from: null, to: slots[to] as Hosting, nodes })
  for (const [from, nodes] of left.entries())
    if (nodes > 0) pairs.push({ from: before[from] as Hosting, to: null, nodes })
  return pairs
}

/** Copies that may stay. */
function worthOf(has: Int32Array, slot: Int32Array): number {
  return slot.reduce((sum, copies, index) => sum + Math.min(copies, has[index] as number), 0)
}

function isSame(one: Int32Array, other: Int32Array): boolean {
  return one.every((copies, index) => copies === other[index])
}

import { appendTo } from '../../models/grouping.js'
import type { Progress } from './progress.js'

/**
 * Parts of the agenda that cannot hinder each other, each as a list of slots: pools are in one part when they touch a limit
 * that is contended, that is, one at which not all who want to come fit before somebody leaves.
 */
export function independentParts(progress: Progress): number[][] {
  const { agenda, limits, instance } = progress
  const parent = Int32Array.from(
    { length: agenda.pools.length + limits.count + instance.nodes.length },
    (_, index) => index
  )
  const find = (index: number): number => {
    let root = index
    while (parent[root] !== root) root = parent[root] as number
    for (let at = index; at !== root; ) {
      const above = parent[at] as number
      parent[at] = root
      at = above
    }
    return root
  }
  const join = (left: number, right: number) => {
    parent[find(left)] = find(right)
  }
  const tight = Uint8Array.from(instance.nodes, ({ index }) => (progress.isDeviceTight(index) ? 1 : 0))
  const joinHolding = (pool: number, node: number, counters: readonly number[]) => {
    for (const counter of counters) {
      const shared = limits.isConflict(counter) || (!limits.isDevice(counter) && progress.ledger.isContended(counter))
      if (shared) join(pool, agenda.pools.length + counter)
    }
    if (tight[node] === 1) join(pool, agenda.pools.length + limits.count + node)
  }
  for (const slot of agenda.slots) {
    const { counters, opposed } = progress.holdingOfSlot(slot.index)
    joinHolding(slot.pool, slot.node, counters)
    for (const counter of opposed) join(slot.pool, agenda.pools.length + counter)
  }
  const gangs = new Map<string, number>()
  for (const { index, pool, from, gang } of agenda.movers) {
    joinHolding(pool, from, progress.holdingOfMover(index)?.counters ?? [])
    if (gang === undefined) continue
    const first = gangs.get(gang) ?? pool
    gangs.set(gang, first)
    join(pool, first)
  }
  const parts = new Map<number, number[]>()
  for (const [index, pool] of agenda.pools.entries()) {
    const root = find(index)
    for (const slot of pool.slots) appendTo(parts, root, slot)
  }
  return [...parts.values()]
}

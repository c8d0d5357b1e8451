import type { InstanceCopy, InstanceNode } from '../../../models/instance/instance.js'
import type { PackingState } from '../packing-state.js'
import { hardestFirst } from './size.js'

/** Whether a node may be used as a destination, and how much it would cost to open it. */
export type Destinations = (node: number) => boolean

/**
 * Places one copy of a deployment where it breaks least of the final rules, or mends most; of such nodes on the active one that it
 * fills best, or on an idle one, the cheapest, when `mayOpen` says so. A copy of the deployment that left its place comes back
 * rather than start anew. Returns the node, or −1 when none admits it.
 */
export function hostCopy(
  state: PackingState,
  deployment: number,
  allowed: Destinations,
  mayOpen: (node: number) => boolean
): number {
  const changeAt = state.rules.final.changes(deployment, 1)
  const returning = returningCopy(state, deployment, (node) => allowed(node) && changeAt(node) <= 0)
  if (returning >= 0) {
    state.stay(returning)
    return (state.instance.copies[returning] as InstanceCopy).node
  }
  const { nodes } = state.instance
  let best = -1
  let bestScore = Infinity
  let leastChange = Infinity
  const openedKinds = new Set<number>()
  for (const { index, kind, costPerHour } of nodes) {
    if (!allowed(index)) continue
    const change = changeAt(index)
    if (change > leastChange) continue
    const active = state.isActive(index)
    if (!active && ((change === leastChange && openedKinds.has(kind)) || !mayOpen(index))) continue
    // Idle nodes come after all active ones, the cheapest first.
    const score = active ? slackAfter(state, deployment, index) : 1e6 * (1 + costPerHour)
    if ((change === leastChange && score >= bestScore) || !state.admits(deployment, index)) continue
    if (!active) openedKinds.add(kind)
    best = index
    bestScore = score
    leastChange = change
  }
  if (best >= 0) state.arrive(deployment, best)
  return best
}

/** Places a copy for each of some deployments, the hardest first. False, and the rest without a place, once one finds none. */
export function hostAll(
  state: PackingState,
  deployments: readonly number[],
  mayOpen: (node: number) => boolean
): boolean {
  const inOrder = [...deployments].sort(hardestFirst(state.instance))
  return inOrder.every((deployment) => hostCopy(state, deployment, () => true, mayOpen) >= 0)
}

/** Leavers that are asked whether they may come back before a copy starts anew. */
const MOST_ASKED = 16

/** A copy of the deployment that left an active node and may come back; −1 when there is none among the first ones. */
function returningCopy(state: PackingState, deployment: number, allowed: Destinations): number {
  let asked = 0
  for (const copy of state.leavers(deployment)) {
    if (++asked > MOST_ASKED) break
    const { node } = state.instance.copies[copy] as InstanceCopy
    if (allowed(node) && state.isActive(node) && state.mayReturn(copy)) return copy
  }
  return -1
}

/** The share of a node that would still be free, summed over its resources: small is a good fit. */
function slackAfter(state: PackingState, deployment: number, node: number): number {
  const { capacity } = state.instance.nodes[node] as InstanceNode
  const demand = state.instance.deployments[deployment]?.demand as Float64Array
  let slack = 0
  for (let resource = 0; resource < demand.length; resource++) {
    const total = capacity[resource] as number
    if (total > 0) slack += (state.free(node, resource) - (demand[resource] as number)) / total
  }
  return slack
}

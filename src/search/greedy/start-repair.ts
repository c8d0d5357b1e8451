import {
  type InstanceCopy,
  type InstanceDeployment,
  type InstanceNode,
  within
} from '../../../models/instance/instance.js'
import type { PackingState } from '../packing-state.js'
import { keepsBudget } from './keeps-budget.js'
import { type Effort, relocate } from './relocation.js'
import { sizeOf } from './size.js'

/** Counts as relief where a copy takes part in what is broken, but its leaving alone mends nothing. */
const TAKES_PART = 1e-9

/**
 * Takes copies from nodes to be emptied, from overfull nodes and out of broken rules, as far as places and budget allow. On each node
 * those first whose leaving mends most, the smallest of them: few moves, and small ones.
 */
export function repairStart(state: PackingState, expired: () => boolean, effort: Effort): void {
  const { nodes } = state.instance
  // What must be empty is required; what is broken comes after it where the budget does not suffice for both.
  for (const first of [true, false]) {
    for (const node of nodes) {
      if (expired()) return
      if (node.mustEmpty === first && node.copies.length > 0) relieve(state, node, expired, effort)
    }
  }
}

function relieve(state: PackingState, node: InstanceNode, expired: () => boolean, effort: Effort): void {
  const { copies, deployments } = state.instance
  // What finds no place for one copy finds none for the next.
  const hopeless = new Set<number>()
  const { final } = state.rules
  const accepts = () => keepsBudget(state) && (wasWorse || !final.isWorse())
  const wasWorse = final.isWorse()
  let useful = state.mark()
  while (!expired()) {
    const { copy, relief } = mostRelieving(state, node, hopeless)
    if (copy === null) break
    const { deployment, moveCost } = copies[copy] as InstanceCopy
    const isSurplus = (state.placed[deployment] as number) > (deployments[deployment] as InstanceDeployment).desired
    if (isSurplus) state.leave(copy)
    else {
      const movable = { deployment, node: node.index, moveCost, leave: () => state.leave(copy) }
      const elsewhere = (destination: number) => destination !== node.index
      if (!relocate(state, movable, elsewhere, accepts, effort)) {
        hopeless.add(deployment)
        continue
      }
    }
    if (relief > TAKES_PART) useful = state.mark()
  }
  state.rollBack(useful)
}

function mostRelieving(
  state: PackingState,
  node: InstanceNode,
  hopeless: ReadonlySet<number>
): { readonly copy: number | null; readonly relief: number } {
  let [best, most, smallest] = [-1, 0, Infinity]
  for (const index of node.copies) {
    const copy = state.instance.copies[index] as InstanceCopy
    if (state.stays[index] === 0 || copy.hold !== 'none' || hopeless.has(copy.deployment)) continue
    const relief = reliefBy(state, node, copy)
    const size = sizeOf(state.instance, copy.deployment)
    if (relief < most || relief === 0 || (relief === most && size >= smallest)) continue
    ;[best, most, smallest] = [index, relief, size]
  }
  return { copy: best < 0 ? null : best, relief: most }
}

/** By how much less would be broken without a copy, amounts as shares of the node; 0 when it breaks nothing. */
function reliefBy(state: PackingState, { index, capacity, mustEmpty }: InstanceNode, copy: InstanceCopy): number {
  const { demand, family, maxReplicasPerNode } = state.instance.deployments[copy.deployment] as InstanceDeployment
  let relief = state.rules.relief(copy.deployment, index) + (mustEmpty ? 1 : 0)
  if ((state.perNode[family * state.instance.nodes.length + index] as number) > maxReplicasPerNode) relief++
  for (let resource = 0; resource < capacity.length; resource++) {
    const total = capacity[resource] as number
    const used = total - state.free(index, resource)
    if (within(used, total)) continue
    relief += Math.min(used - total, demand[resource] as number) / Math.max(1, total)
  }
  for (const [position, resource] of state.instance.deviceResources.entries()) {
    const load = state.deviceLoad(index, position)
    const share = Math.min(1, demand[resource] as number)
    for (const device of copy.devices[position] ?? []) {
      if (!within(load[device] as number, 1)) relief += Math.min((load[device] as number) - 1, share)
    }
  }
  return relief > 0 || !state.rules.breaks(copy.deployment, index) ? relief : TAKES_PART
}

import type { InstanceCopy, InstanceDeployment, InstanceNode } from '../../../models/instance/instance.js'
import { orderLeavers } from '../move-account.js'
import type { PackingState } from '../packing-state.js'
import { hostCopy } from './hosting.js'
import { sizeOf } from './size.js'

const ANYWHERE = () => true

/** Takes copies from overfull nodes, broken rules and nodes to be emptied, and places them elsewhere where that is possible. */
export function repairStart(state: PackingState, expired: () => boolean): void {
  const { instance } = state
  for (const node of instance.nodes) {
    for (const copy of [...node.copies].sort((left, right) => sizeOfCopy(state, left) - sizeOfCopy(state, right))) {
      if (expired()) return
      const { hold, deployment } = instance.copies[copy] as InstanceCopy
      if (state.stays[copy] === 0 || hold !== 'none') continue
      if (!node.mustEmpty && !isOverfull(state, node) && !state.rules.breaks(deployment, node.index)) continue
      const mark = state.mark()
      state.leave(copy)
      const surplus =
        (state.placed[deployment] as number) >= (instance.deployments[deployment] as InstanceDeployment).desired
      if (surplus || hostCopy(state, deployment, (destination) => destination !== node.index, ANYWHERE) >= 0) continue
      state.rollBack(mark)
    }
  }
}

/** Stops surplus copies: those being replaced first, then those on nodes where they are most alone. */
export function stopSurplus(state: PackingState): void {
  const { instance } = state
  for (const { index, desired } of instance.deployments) {
    const excess = (state.placed[index] as number) - desired
    if (excess <= 0) continue
    const replaced = new Set(instance.copies.flatMap(({ replaces }) => replaces ?? []))
    const candidates = instance.copies.filter(
      (copy) => copy.deployment === index && state.stays[copy.index] === 1 && !copy.neverSurplus
    )
    const preferred = orderLeavers(candidates).reverse()
    preferred.sort((left, right) => surplusRank(state, left, replaced) - surplusRank(state, right, replaced))
    for (const copy of preferred.slice(0, excess)) state.leave(copy.index)
  }
}

/**
 * Starts what is wanted and not placed: by priority, then the largest first; headroom last. Returns whether everything found
 * a place before time was up.
 */
export function placeMissing(state: PackingState, expired: () => boolean): boolean {
  const { instance } = state
  const missing = instance.deployments.flatMap((deployment) => {
    const count = deployment.desired - (state.placed[deployment.index] as number)
    return Array.from({ length: Math.max(0, count) }, () => deployment)
  })
  missing.sort(
    (left, right) =>
      Number(left.isHeadroom) - Number(right.isHeadroom) ||
      right.priority - left.priority ||
      sizeOf(instance, right.index) - sizeOf(instance, left.index)
  )
  let complete = true
  const hopeless = new Set<number>()
  for (const { index } of missing) {
    if (expired()) return false
    if (hopeless.has(index) || hostCopy(state, index, ANYWHERE, ANYWHERE) < 0) {
      hopeless.add(index)
      complete = false
    }
  }
  return complete
}

function surplusRank(state: PackingState, copy: InstanceCopy, replaced: ReadonlySet<string>): number {
  if (replaced.has(copy.id)) return -2
  if (copy.state === 'starting') return -1
  return state.population[copy.node] as number
}

function sizeOfCopy(state: PackingState, copy: number): number {
  return sizeOf(state.instance, (state.instance.copies[copy] as InstanceCopy).deployment)
}

function isOverfull(state: PackingState, { index, capacity }: InstanceNode): boolean {
  for (let resource = 0; resource < capacity.length; resource++) {
    if (state.free(index, resource) < -1e-6 * Math.max(1, capacity[resource] as number)) return true
  }
  return state.instance.deviceResources.some((_, position) =>
    state.deviceLoad(index, position).some((load) => load > 1 + 1e-6)
  )
}

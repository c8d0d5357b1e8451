import type { InstanceCopy, InstanceDeployment } from '../../../models/instance/instance.js'
import { orderLeavers } from '../move-account.js'
import type { PackingState } from '../packing-state.js'
import { hostCopy } from './hosting.js'
import { keepsBudget } from './keeps-budget.js'
import { type Effort, relocate } from './relocation.js'
import { sizeOf } from './size.js'

const ANYWHERE = () => true

/**
 * Stops surplus copies: those by which final rules lose least, of these the ones being replaced first, then those on nodes where
 * they are most alone.
 */
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
    if (!state.rules.final.binds(index)) for (const copy of preferred.slice(0, excess)) state.leave(copy.index)
    else for (let stopped = 0; stopped < excess; stopped++) stopLeastMissed(state, index, preferred)
  }
}

/** Stops the copy by which the final rules lose least, the first of those, and takes it from the list. */
function stopLeastMissed(state: PackingState, deployment: number, candidates: InstanceCopy[]): void {
  const changeAt = state.rules.final.changes(deployment, -1)
  let [best, least] = [-1, Infinity]
  for (const [position, { node }] of candidates.entries()) {
    if (changeAt(node) < least) [best, least] = [position, changeAt(node)]
  }
  for (const copy of best < 0 ? [] : candidates.splice(best, 1)) state.leave(copy.index)
}

/**
 * Starts what is wanted and not placed: by priority, then the largest first; headroom last, or first where all else may wait. Where
 * there is no room, another copy makes some.
 */
export function placeMissing(state: PackingState, expired: () => boolean, effort: Effort): void {
  const { instance } = state
  const missing = instance.deployments.flatMap((deployment) => {
    const count = deployment.desired - (state.placed[deployment.index] as number)
    return Array.from({ length: Math.max(0, count) }, () => deployment)
  })
  const headroomRank = instance.problem.pending === 'best-effort' ? -1 : 1
  missing.sort(
    (left, right) =>
      (Number(left.isHeadroom) - Number(right.isHeadroom)) * headroomRank ||
      right.priority - left.priority ||
      sizeOf(instance, right.index) - sizeOf(instance, left.index)
  )
  const hopeless = new Set<number>()
  for (const { index } of missing) {
    if (expired()) return
    if (hopeless.has(index)) continue
    const broken = state.rules.final.excess()
    const newcomer = { deployment: index, node: -1, moveCost: 0, leave: () => {} }
    const accepts = () => keepsBudget(state) && state.rules.final.excess() <= broken
    if (hostCopy(state, index, ANYWHERE, ANYWHERE) >= 0) continue
    if (!relocate(state, newcomer, ANYWHERE, accepts, effort)) hopeless.add(index)
  }
}

/** Gives up copies that are to start, need not, and break final rules: those come before what has no place. */
export function giveUpHarmful(state: PackingState): void {
  const { deployments, problem } = state.instance
  if (problem.pending !== 'best-effort') return
  for (const here of state.arrivals) {
    for (const arrival of [...here]) {
      const { isHeadroom, placed } = deployments[arrival.deployment] as InstanceDeployment
      if (isHeadroom || (state.placed[arrival.deployment] as number) <= placed) continue
      if (state.rules.final.changes(arrival.deployment, -1)(arrival.node) < 0) state.remove(arrival)
    }
  }
}

function surplusRank(state: PackingState, copy: InstanceCopy, replaced: ReadonlySet<string>): number {
  if (replaced.has(copy.id)) return -2
  if (copy.state === 'starting') return -1
  return state.population[copy.node] as number
}

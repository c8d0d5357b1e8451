import type { Instance, InstanceCopy } from '../../../models/instance/instance.js'
import type { Place, Target } from '../../../models/instance/packing.js'
import { hostCopy } from '../greedy/hosting.js'
import { hardestFirst } from '../greedy/size.js'
import type { PackingState } from '../packing-state.js'
import { appraise, type Worth } from '../worth.js'
import type { Drain } from './drain.js'
import { DrainState } from './drain-state.js'
import { settleStart } from './settled-start.js'

/** Drains one after the other, and what comes of them. */
export interface DrainPlan {
  readonly drains: readonly Drain[]
  /** Everything in the end, by name. */
  readonly target: Target
  readonly worth: Worth
}

/** The plan that a state has come to: with room for the headroom, as far as the nodes that are left have any. */
export function describeDrains(drained: DrainState, settled: Target, offer: (plan: DrainPlan) => void): void {
  const { state } = drained
  const mark = state.mark()
  hostHeadroom(drained)
  const worth = appraise(state)
  const places = new Map<number, Place>()
  for (const { moves } of drained.drains) for (const { copy, to } of moves) places.set(copy, to)
  const target = {
    ...settled,
    copies: settled.copies.map((place, copy) => places.get(copy) ?? place),
    headroom: headroomIn(drained)
  }
  offer({ drains: [...drained.drains], target, worth })
  state.rollBack(mark)
}

/** A drain that is done is not undone for headroom, and nobody buys a node for it: what finds no room is missing. */
function hostHeadroom(drained: DrainState): void {
  const { state } = drained
  const { deployments, realDeployments, listedNodes } = state.instance
  const wanted = deployments
    .slice(realDeployments)
    .flatMap(({ index, desired }) => Array.from({ length: desired }, () => index))
  for (const deployment of wanted.sort(hardestFirst(state.instance)))
    hostCopy(
      state,
      deployment,
      (node) => node < listedNodes && !drained.isDrained(node),
      () => true
    )
}

function headroomIn({ state: { instance, arrivals } }: DrainState): Target['headroom'] {
  if (instance.deployments.length === instance.realDeployments) return []
  return arrivals.flat().flatMap(({ deployment, node, devices }) => {
    const owner = instance.deployments[deployment]
    return owner?.isHeadroom === true ? [{ deployment: owner.family, node, devices }] : []
  })
}

/**
 * The longest beginning of a plan that can be made something of, and that; all of it in most cases. `make` gives null for what takes too
 * long, and for everything longer.
 */
export function longestPrefix<Output>(
  instance: Instance,
  whole: DrainPlan,
  make: (part: DrainPlan) => Output | null
): [DrainPlan, Output | null] {
  const made = make(whole)
  if (made !== null || whole.drains.length === 0) return [whole, made]
  const settled = settleStart(instance)
  const drained = new DrainState(settled.state)
  let best: [DrainPlan, Output | null] = [whole, null]
  let [low, high] = [0, whole.drains.length - 1]
  while (low <= high) {
    const length = (low + high) >> 1
    drained.backTo(0)
    for (const { node } of whole.drains.slice(0, length)) drained.drain(node)
    let part = whole
    describeDrains(drained, settled.target, (plan) => {
      part = plan
    })
    const output = make(part)
    if (output === null) high = length - 1
    else {
      best = [part, output]
      low = length + 1
    }
  }
  return best
}

/** By node: the move cost of what runs there at rest. */
export function drainMoveCosts({ instance, stays }: PackingState): Float64Array {
  return Float64Array.from(instance.nodes.slice(0, instance.listedNodes), ({ copies }) =>
    copies.reduce((sum, copy) => sum + (stays[copy] === 1 ? (instance.copies[copy] as InstanceCopy).moveCost : 0), 0)
  )
}

/**
 * By how much the primary objective falls when a node is emptied: what it costs, less the moves of what runs there at rest. It is the
 * same whenever the node is drained, so that a set of drained nodes has one cost, in whatever order they go.
 */
export function drainValues({ nodes, listedNodes, problem }: Instance, moveCosts: Float64Array): Float64Array {
  const { horizonHours, moveCostPrice } = problem.objective
  return Float64Array.from(nodes.slice(0, listedNodes), ({ index, costPerHour }) =>
    horizonHours === null ? costPerHour : costPerHour * horizonHours - moveCostPrice * (moveCosts[index] as number)
  )
}

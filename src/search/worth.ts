import type { Problem } from '../../models/contract/problem.js'
import type { Instance, InstanceDeployment } from '../../models/instance/instance.js'
import { TOLERANCE } from '../../models/instance/instance.js'
import { isAlike } from '../../models/rounding.js'
import { accountMoves, type MoveAccount } from './move-account.js'
import type { PackingState } from './packing-state.js'

/** What a packing is worth, by the objectives in their order; less is better in each. */
export interface Worth extends MoveAccount {
  /** Required copies without a place, and copies where there must be none: a packing that has any is no answer. */
  readonly missing: number
  /** By how much rules are broken in all. */
  readonly broken: number
  /** Wanted copies without a place, by priority, the highest first. */
  readonly unplaced: readonly number[]
  readonly costPerHour: number
  readonly activeNodes: number
  /** The primary objective: the cost, or cost × horizon + move cost × price. */
  readonly total: number
}

/** Recomputes every objective of a packing from its contents. */
export function appraise(state: PackingState): Worth {
  const { instance } = state
  const moves = accountMoves(instance, state.stays)
  const active = instance.nodes.filter(({ index }) => state.isActive(index))
  const costPerHour = active.reduce((sum, node) => sum + node.costPerHour, 0)
  return {
    ...moves,
    missing: missingAmount(state),
    broken: brokenAmount(state),
    unplaced: unplacedByPriority(state),
    costPerHour,
    activeNodes: active.length,
    total: totalOf(instance.problem.objective, costPerHour, moves.moveCost)
  }
}

/** The primary objective: the cost per hour or, with a horizon, what is paid over it and the moves at their price. */
export function totalOf(
  { horizonHours, moveCostPrice }: Problem['objective'],
  costPerHour: number,
  moveCost: number
): number {
  return horizonHours === null ? costPerHour : costPerHour * horizonHours + moveCost * moveCostPrice
}

/** Negative when the left one is better, 0 when they are equal up to rounding. */
export function compareWorth(left: Worth, right: Worth): number {
  return (
    compareRequirements(left, right) ||
    firstDifference([
      [left.total, right.total],
      [left.moveCost, right.moveCost],
      [left.migrations, right.migrations]
    ])
  )
}

/** The same by what comes before the cost: what is missing, broken or without a place. */
export function compareRequirements(left: Worth, right: Worth): number {
  return firstDifference([
    [left.missing, right.missing],
    [left.broken, right.broken],
    ...left.unplaced.map((count, index): [number, number] => [count, right.unplaced[index] ?? 0])
  ])
}

/** The difference of the first pair that differs by more than rounding explains. */
function firstDifference(pairs: readonly (readonly [left: number, right: number])[]): number {
  for (const [left, right] of pairs) {
    if (!isAlike(left, right)) return left - right
  }
  return 0
}

function brokenAmount(state: PackingState): number {
  const { instance } = state
  let broken = state.rules.continuousExcess() + state.rules.final.excess()
  for (const { index, capacity, mustEmpty } of instance.nodes) {
    if (state.population[index] === 0) continue
    if (mustEmpty) broken += state.population[index] as number
    for (let resource = 0; resource < capacity.length; resource++) {
      const excess = -state.free(index, resource)
      if (excess > TOLERANCE * Math.max(1, capacity[resource] as number)) broken += excess
    }
    for (const position of instance.deviceResources.keys()) {
      for (const load of state.deviceLoad(index, position)) if (load > 1 + TOLERANCE) broken += load - 1
    }
    for (const { index: deployment, maxReplicasPerNode } of instance.deployments.slice(0, instance.realDeployments)) {
      broken += Math.max(0, (state.perNode[deployment * instance.nodes.length + index] as number) - maxReplicasPerNode)
    }
  }
  return broken
}

/** The priorities of the deployments, the highest first. Headroom has the highest: it is required whatever `pending` says. */
export function prioritiesOf({ deployments }: Instance): number[] {
  return [...new Set(deployments.map(priorityOf))].sort((left, right) => right - left)
}

function priorityOf({ isHeadroom, priority }: InstanceDeployment): number {
  return isHeadroom ? Infinity : priority
}

/**
 * Copies without a place that must have one (those that run already, headroom and, unless the Problem is best-effort, all others), and
 * copies on nodes that must be empty.
 */
function missingAmount({ instance, placed: reached, population }: PackingState): number {
  let missing = 0
  for (const { index, isHeadroom, desired, placed } of instance.deployments) {
    const required = isHeadroom || instance.problem.pending === 'required' ? desired : Math.min(desired, placed)
    missing += Math.max(0, required - (reached[index] as number), (reached[index] as number) - desired)
  }
  for (const { index, mustEmpty } of instance.nodes) if (mustEmpty) missing += population[index] as number
  return missing
}

function unplacedByPriority({ instance, placed }: PackingState): number[] {
  return prioritiesOf(instance).map((wanted) =>
    instance.deployments
      .filter((deployment) => priorityOf(deployment) === wanted)
      .reduce((sum, { index, desired }) => sum + Math.abs(desired - (placed[index] as number)), 0)
  )
}

import type { Instance, InstanceDeployment } from '../../models/instance/instance.js'
import { TOLERANCE } from '../../models/instance/instance.js'
import { accountMoves, type MoveAccount } from './move-account.js'
import type { PackingState } from './packing-state.js'

/** What a packing is worth, by the objectives in their order; less is better in each. */
export interface Worth extends MoveAccount {
  /** By how much rules are broken in all. */
  readonly broken: number
  /** Wanted copies without a place, by priority, the highest first. */
  readonly unplaced: readonly number[]
  /** Copies on nodes that must be empty. */
  readonly unemptied: number
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
  const { horizonHours, moveCostPrice } = instance.problem.objective
  return {
    ...moves,
    broken: brokenAmount(state),
    unplaced: unplacedByPriority(state),
    unemptied: instance.nodes.reduce(
      (sum, { index, mustEmpty }) => sum + (mustEmpty ? (state.population[index] as number) : 0),
      0
    ),
    costPerHour,
    activeNodes: active.length,
    total: horizonHours === null ? costPerHour : costPerHour * horizonHours + moves.moveCost * moveCostPrice
  }
}

/** Negative when the left one is better, 0 when they are equal up to rounding. */
export function compareWorth(left: Worth, right: Worth): number {
  const differences = [
    left.broken - right.broken,
    ...left.unplaced.map((count, index) => count - (right.unplaced[index] ?? 0)),
    left.total - right.total,
    left.moveCost - right.moveCost,
    left.migrations - right.migrations
  ]
  const scale = 1e-9 * Math.max(1, Math.abs(left.total))
  return differences.find((difference) => Math.abs(difference) > scale) ?? 0
}

/** Whether everything wanted has a place and no rule is broken. */
export function isSound({ broken, unplaced }: Worth): boolean {
  return broken === 0 && unplaced.every((count) => count === 0)
}

function brokenAmount(state: PackingState): number {
  const { instance } = state
  let broken = state.rules.continuousExcess() + state.rules.finalExcess()
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

function unplacedByPriority({ instance, placed }: PackingState): number[] {
  return prioritiesOf(instance).map((wanted) =>
    instance.deployments
      .filter((deployment) => priorityOf(deployment) === wanted)
      .reduce((sum, { index, desired }) => sum + Math.abs(desired - (placed[index] as number)), 0)
  )
}

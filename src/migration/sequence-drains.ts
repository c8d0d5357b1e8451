import type { RungUse } from '../../models/contract/plan.js'
import type { Instance, InstanceCopy } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import type { Drain } from '../search/drains/drain.js'
import type { Mover } from './agenda.js'
import { assemblePlan } from './assemble-plan.js'
import { carryOut } from './carry-out.js'
import { fund } from './funding.js'
import type { Leg } from './legs.js'
import { addLifecycle } from './lifecycle.js'
import { Limits } from './limits.js'
import { boundMakespan } from './makespan-bound.js'
import { schedule } from './schedule.js'
import type { Sequence } from './sequence.js'
import type { StepGraph } from './step-graph.js'
import { nodeWorth } from './worth.js'

/** Where everything is, and what was drained to get there. */
export interface DrainedTarget {
  readonly target: Target
  readonly drains: readonly Drain[]
}

/**
 * The plan of drains, one node after the other: what settles by itself first, then for each node its cordon, which is the beginning of the
 * drain, its moves, and its release, before which nothing of the next one begins. `settled`: where everything is before the first
 * drain. null where that cannot be reached safely, or the plan ends after the deadline.
 */
export function sequenceDrains(
  instance: Instance,
  settled: Target,
  { target, drains }: DrainedTarget
): Sequence | null {
  const limits = new Limits(instance)
  const noDetours = { migrations: 0, moveCost: 0, perDeployment: () => 0 }
  // The plan ends where the drains begin: who waits goes to the place that it has there.
  const named = new Set(settled.newcomers.map(({ id }) => id))
  const attempt = carryOut(instance, limits, settled, noDetours, () => false, [], named)
  if (attempt.blocked.length > 0 || attempt.kept.length > 0) return null
  const legs: Leg[] = [...attempt.progress.legs]
  const settling = legs.length
  const hops: Mover[] = []
  const movers = new Map<number, Mover>()
  for (const { moves } of drains) {
    for (const { copy, from, to } of moves) {
      const known = movers.get(copy)
      const mover = known ?? moverOf(instance, copy, movers.size)
      if (known !== undefined) hops.push(mover)
      movers.set(copy, mover)
      legs.push({ kind: 'move', mover, from, to })
    }
  }
  const graph = fund(instance, limits, legs)
  const drained = chainDrains(graph, drains, settling)
  const { released } = addLifecycle(instance, target, graph, (node) => !drained.has(node))
  const worth = nodeWorth(instance, target)
  const runTimeLimits = instance.problem.migration.limits
  const times = schedule(graph, runTimeLimits, ({ node, from }) => worth[from >= 0 ? from : node] ?? 0)
  const { deadlineSeconds } = instance.problem.migration
  if (deadlineSeconds !== null && times.makespan > deadlineSeconds && drains.length > 0) return null
  const starts = drains.flatMap(({ moves }) => moves.map(({ copy }) => instance.copies[copy] as InstanceCopy))
  const spare = instance.budget.migrations - starts.length
  return {
    target,
    plan: {
      ...assemblePlan(instance, limits, graph, times, 'complete'),
      makespanBoundSeconds: boundMakespan(instance, limits, legs, runTimeLimits),
      rungs: secondMoves(hops),
      ...(spare === Infinity ? {} : { spareMigrations: Math.max(0, spare) })
    },
    cut: { moves: [], nodes: [] },
    releasedNodes: [...drained, ...released].sort((one, other) => one - other),
    rentedNodes: [],
    migrations: starts.length,
    moveCost: starts.reduce((sum, { moveCost }) => sum + moveCost, 0)
  }
}

function moverOf({ copies }: Instance, copy: number, index: number): Mover {
  const { id, deployment, node, gang, moveCost } = copies[copy] as InstanceCopy
  return { index, replica: id, deployment, copy, newcomer: -1, from: node, gang, moveCost, pool: index, lends: false }
}

/** Cordon, moves and release of each node, and each node after the one before. Returns the nodes. */
function chainDrains(graph: StepGraph, drains: readonly Drain[], settling: number): Set<number> {
  const end = graph.firstOf[settling] ?? graph.steps.length
  let before = new Set(Array.from({ length: end }, (_, step) => step))
  let leg = settling
  for (const { node, moves } of drains) {
    const cordon = graph.add({ action: 'cordon', node, after: before })
    const stops: number[] = []
    for (const _ of moves) {
      const start = graph.firstOf[leg++] as number
      graph.wait(start, cordon)
      stops.push(start + LEG_STEPS - 1)
    }
    before = new Set([graph.add({ action: 'release', node, after: new Set([cordon, ...stops]) })])
  }
  return new Set(drains.map(({ node }) => node))
}

/** Steps of a move: start, shift, drain, stop. */
const LEG_STEPS = 4

/** Replicas that move again when the node is drained to which they had come. */
function secondMoves(hops: readonly Mover[]): RungUse[] {
  if (hops.length === 0) return []
  const extraMoveCost = hops.reduce((sum, { moveCost }) => sum + moveCost, 0)
  return [{ rung: 'delay-release', moves: hops.length, extraMigrations: hops.length, extraMoveCost }]
}

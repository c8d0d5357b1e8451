import type { Plan } from '../../models/contract/plan.js'
import { holdsDevices, type Instance, type InstanceCopy } from '../../models/instance/instance.js'
import type { Newcomer, Place, Target } from '../../models/instance/packing.js'
import { leaveBehind, type Mover, placeNow } from './agenda.js'
import { arrange } from './arrange.js'
import { assemblePlan } from './assemble-plan.js'
import { type Attempt, carryOut } from './carry-out.js'
import { type Cut, describeCut, type GivenUp } from './cut.js'
import type { HopBudget } from './detour-budget.js'
import { fund } from './funding.js'
import { settleHeadroom } from './headroom.js'
import { climbableRungs } from './ladder.js'
import { lendersFor } from './lenders.js'
import { addLifecycle } from './lifecycle.js'
import { Limits } from './limits.js'
import { boundMakespan } from './makespan-bound.js'
import { relabel } from './relabel.js'
import { rungsUsed } from './rung-use.js'
import { allOrNothing, lateMoves, pointlessMoves, spoiltMoves, type Withdrawal } from './withdrawals.js'
import { type Achievement, isBetter, nodeWorth } from './worth.js'

export interface SequenceOptions {
  /** true when time is up: what is not ordered by then is left out of searches, and cut where it is blocked. */
  readonly isLate?: () => boolean
  /** What hops may add to the target's own migrations. Left out: what the instance's budget leaves. */
  readonly hopBudget?: HopBudget
  /** Ids of replicas that go where the target says; others of a deployment may change places. None by default. */
  readonly named?: ReadonlySet<string>
}

export interface Sequence {
  /** What the plan reaches: relabelled, with the devices that were picked, and without what had to be cut. */
  readonly target: Target
  readonly plan: Plan
  readonly cut: Cut
  /** The Problem's nodes that the plan releases. */
  readonly releasedNodes: readonly number[]
  /** Nodes that are there for the migration only. */
  readonly rentedNodes: readonly number[]
  /** Starts of replicas that run already, hops included, and their move cost. */
  readonly migrations: number
  readonly moveCost: number
}

/**
 * Orders the moves from the cluster as it is to a target, safely in every order that respects the plan's `after`.
 *
 * Climbs the ladder: relabel, order greedily, search for an order, make detours, and cut what stays blocked. Never fails: what
 * cannot be reached safely is given up, and the plan is then partial.
 */
export function sequenceMigration(instance: Instance, wish: Target, options: SequenceOptions = {}): Sequence {
  const { rungs, limits: runTimeLimits, deadlineSeconds } = instance.problem.migration
  const limits = new Limits(instance)
  const isLate = options.isLate ?? (() => false)
  // Names are given so that the fewest move, whatever the rungs are.
  const { named } = options
  const relabelled = relabel(instance, wish, ({ id }) => named?.has(id) === true)
  const givenUp: GivenUp[] = []
  let mayLend = climbableRungs(instance, wish).length > 0
  let target = keepDevices(instance, relabelled.target)
  let otherNames =
    relabelled.saved > 0 && options.hopBudget === undefined ? namedWithDevices(instance, wish, named) : null
  for (;;) {
    const hopBudget = options.hopBudget ?? remainingBudget(instance, target)
    const attempt = attemptTarget(instance, limits, target, hopBudget, mayLend, isLate, named)
    if (attempt.blocked.length > 0 && otherNames !== null) {
      const other = otherNames
      otherNames = null
      const budget = remainingBudget(instance, other)
      const isAffordable = budget.migrations >= 0 && budget.moveCost >= 0
      if (isAffordable && attemptTarget(instance, limits, other, budget, mayLend, isLate, named).blocked.length === 0) {
        target = other
        continue
      }
    }
    const reached = reachedTarget(instance, target, attempt)
    const blocked = attempt.blocked.map((mover) => ({ mover, reason: 'blocked' as const }))
    const isCut = attempt.blocked.length > 0 || givenUp.length > 0
    /** Goes on without moves that are not worth making or must not be made. */
    const withdraw = (...withdrawn: readonly Withdrawal[]): boolean => {
      if (withdrawn.length === 0) return false
      givenUp.push(...describeCut(attempt, [...blocked, ...withdrawn]))
      const behind = withdrawn.map(({ mover }) => renumber(mover, target, reached))
      target = leaveBehind(instance, reached, behind)
      return true
    }
    if (withdraw(...allOrNothing(attempt, rungs.includes('cut')))) continue
    if (isCut && withdraw(...spoiltMoves(instance, attempt, reached))) continue
    const funded = fund(instance, limits, attempt.progress.legs)
    if (isCut && withdraw(...pointlessMoves(instance, wish, reached, attempt, funded))) continue
    const nodes = addLifecycle(instance, reached, funded)
    const worth = nodeWorth(instance, reached)
    const { legs } = attempt.progress
    const makespanBoundSeconds = boundMakespan(instance, limits, legs, runTimeLimits)
    const { graph, times } = arrange(
      instance,
      limits,
      reached,
      { legs, graph: funded },
      {
        worth: ({ node, from }) => worth[from >= 0 ? from : node] ?? 0,
        least: makespanBoundSeconds,
        isLate
      }
    )
    const late = lateMoves(attempt, graph, times, deadlineSeconds)
    if (late.some(({ mover }) => mover.lends)) {
      mayLend = false
      continue
    }
    if (withdraw(...late)) continue
    givenUp.push(...describeCut(attempt, blocked))
    const starts = attempt.progress.legs.flatMap((leg) =>
      leg.kind === 'move' && leg.mover.copy >= 0 ? [leg.mover] : []
    )
    const used = rungsUsed(
      instance,
      rungs.includes('relabel') ? relabelled.saved : 0,
      attempt,
      givenUp.length,
      graph,
      times
    )
    const plan = assemblePlan(instance, limits, graph, times, givenUp.length > 0 ? 'partial' : 'complete')
    const spare = instance.budget.migrations - starts.length
    return {
      target: reached,
      plan: {
        ...plan,
        makespanBoundSeconds,
        rungs: used,
        ...(spare === Infinity ? {} : { spareMigrations: Math.max(0, spare) })
      },
      cut: {
        moves: givenUp,
        nodes: [...new Set(givenUp.flatMap(({ nodes }) => nodes))].sort((left, right) => left - right)
      },
      releasedNodes: nodes.released,
      rentedNodes: nodes.rented,
      migrations: starts.length,
      moveCost: starts.reduce((sum, { moveCost }) => sum + moveCost, 0)
    }
  }
}

/**
 * The target with the names that it has where devices are held: a replica that stays keeps its own, and where that is in the way
 * another may come in its stead. Elsewhere the fewest move, as a Result has to name them.
 */
function namedWithDevices(instance: Instance, wish: Target, named: SequenceOptions['named']): Target {
  return keepDevices(
    instance,
    relabel(instance, wish, ({ id, deployment }) => holdsDevices(instance, deployment) || named?.has(id) === true)
      .target
  )
}

/** Carries a target out as far as it goes; where it is blocked, again with copies that lend their room, if that goes further. */
function attemptTarget(
  instance: Instance,
  limits: Limits,
  target: Target,
  hopBudget: HopBudget,
  mayLend: boolean,
  isLate: () => boolean,
  named: SequenceOptions['named']
): Attempt {
  const attempt = carryOut(instance, limits, target, hopBudget, isLate, [], named)
  if (attempt.blocked.length === 0 || !mayLend || hopBudget.migrations < 1 || isLate()) return attempt
  const lenders = lendersFor(instance, target, attempt)
  if (lenders.length === 0) return attempt
  const lent = carryOut(instance, limits, target, hopBudget, isLate, lenders, named)
  return isBetter(achievedBy(lent), achievedBy(attempt)) ? lent : attempt
}

function achievedBy({ worth, agenda }: Attempt): Achievement {
  return worth.achieved(agenda.movers.flatMap(({ index, lends }) => (lends ? [] : [index])))
}

/** A copy that stays keeps its devices whatever the target says. */
function keepDevices(instance: Instance, target: Target): Target {
  const copies = instance.copies.map((copy, index): Place | null => {
    const place = target.copies[index] ?? null
    if (place === null || copy.state === 'draining') return null
    return place.node === copy.node ? { node: copy.node, devices: copy.devices } : place
  })
  return { ...target, copies }
}

/** What the instance's budget leaves beside the target's own migrations. */
function remainingBudget({ budget, copies }: Instance, target: Target): HopBudget {
  const movers = copies.filter(
    (copy, index) => target.copies[index] !== null && target.copies[index]?.node !== copy.node
  )
  const perDeployment = new Map<number, number>()
  for (const { deployment } of movers) perDeployment.set(deployment, (perDeployment.get(deployment) ?? 0) + 1)
  return {
    migrations: budget.migrations - movers.length,
    moveCost: budget.moveCost - movers.reduce((sum, { moveCost }) => sum + moveCost, 0),
    perDeployment: (deployment) => budget.perDeployment - (perDeployment.get(deployment) ?? 0)
  }
}

/** The target as an attempt reaches it: who took which slot, with which devices; the blocked stay where they are. */
function reachedTarget(instance: Instance, target: Target, { progress, blocked, kept }: Attempt): Target {
  const copies = [...target.copies]
  const newcomers: Newcomer[] = [...target.newcomers]
  for (const { index, copy, newcomer } of progress.agenda.movers) {
    const place = progress.placeOf(index)
    if (progress.arrived[index] === 0 || place === undefined) continue
    if (copy >= 0) copies[copy] = place
    else newcomers[newcomer] = { ...(newcomers[newcomer] as Newcomer), ...place }
  }
  for (const copy of kept) copies[copy] = placeNow(instance.copies[copy] as InstanceCopy)
  const behind = leaveBehind(instance, { ...target, copies, newcomers }, blocked)
  // Who stays although it is surplus takes the place of a newcomer that has none.
  const unplaced = [...behind.unplaced]
  for (const copy of kept) {
    const { deployment } = instance.copies[copy] as InstanceCopy
    unplaced.splice(
      unplaced.findIndex((newcomer) => newcomer.deployment === deployment),
      1
    )
  }
  const reached = { ...behind, unplaced }
  return { ...reached, headroom: settleHeadroom(progress, reached) }
}

/** A mover of one target as a mover of another from which some newcomers are gone. */
function renumber(mover: Mover, from: Target, to: Target): Mover {
  if (mover.newcomer < 0) return mover
  const { id } = from.newcomers[mover.newcomer] as Newcomer
  return { ...mover, newcomer: to.newcomers.findIndex((newcomer) => newcomer.id === id) }
}

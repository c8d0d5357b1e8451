import type { Rung } from '../../models/contract/migration-options.js'
import type { Plan } from '../../models/contract/plan.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Newcomer, Place, Target } from '../../models/instance/packing.js'
import { leaveBehind, type Mover } from './agenda.js'
import { assemblePlan } from './assemble-plan.js'
import { type Attempt, carryOut } from './carry-out.js'
import { type Cut, describeCut, type GivenUp } from './cut.js'
import { worsenedMembers } from './final-rules.js'
import { fund } from './funding.js'
import { settleHeadroom } from './headroom.js'
import { addLifecycle } from './lifecycle.js'
import { Limits } from './limits.js'
import type { HopBudget } from './progress.js'
import { relabel } from './relabel.js'
import { type Schedule, schedule } from './schedule.js'
import type { StepGraph } from './step-graph.js'
import { nodeWorth } from './worth.js'

export interface SequenceOptions {
  /** true when time is up: what is not ordered by then is left out of searches, and cut where it is blocked. */
  readonly isLate?: () => boolean
  /** What hops may add to the target's own migrations. Left out: what the instance's budget leaves. */
  readonly hopBudget?: HopBudget
}

/** A rung of the ladder that was used, and its price. */
export interface RungUse {
  readonly rung: Rung
  /** Moves that it concerns. */
  readonly moves: number
  /** Migrations and move cost that it adds. */
  readonly extraMigrations: number
  readonly extraMoveCost: number
}

export interface Sequence {
  /** What the plan reaches: relabelled, with the devices that were picked, and without what had to be cut. */
  readonly target: Target
  readonly plan: Plan
  readonly cut: Cut
  readonly rungs: readonly RungUse[]
  /** The Problem's nodes that the plan releases. */
  readonly releasedNodes: readonly number[]
  /** Starts of replicas that run already, hops included, and their move cost. */
  readonly migrations: number
  readonly moveCost: number
}

/**
 * Orders the moves from the cluster as it is to a target, safely in every order that respects the plan's `after`.
 *
 * Climbs the ladder: relabel, order greedily, search for an order, hop, and cut what stays blocked. Never fails: what cannot be
 * reached safely is given up, and the plan is then partial.
 */
export function sequenceMigration(instance: Instance, wish: Target, options: SequenceOptions = {}): Sequence {
  const { migration } = instance.problem
  const rungs = new Set<Rung>(migration.rungs)
  const limits = new Limits(instance)
  const isLate = options.isLate ?? (() => false)
  const relabelled = rungs.has('relabel') ? relabel(instance, wish) : { target: wish, saved: 0 }
  const givenUp: GivenUp[] = []
  let target = keepDevices(instance, relabelled.target)
  for (;;) {
    const hopBudget = options.hopBudget ?? remainingBudget(instance, target)
    const attempt = carryOut(instance, limits, target, rungs, hopBudget, isLate)
    const reached = reachedTarget(instance, target, attempt)
    const blocked = attempt.blocked.map((mover) => ({ mover, reason: 'blocked' as const }))
    const spoilt = attempt.blocked.length === 0 && givenUp.length === 0 ? [] : spoiltBy(instance, attempt, reached)
    if (spoilt.length > 0) {
      givenUp.push(...describeCut(attempt, [...blocked, ...spoilt]))
      target = leaveBehind(
        instance,
        reached,
        spoilt.map(({ mover }) => mover).map((mover) => renumber(mover, target, reached))
      )
      continue
    }
    const graph = fund(instance, limits, attempt.progress.legs)
    const dropped =
      attempt.blocked.length === 0 && givenUp.length === 0 ? [] : pointless(instance, wish, reached, attempt, graph)
    if (dropped.length > 0) {
      givenUp.push(...describeCut(attempt, [...blocked, ...dropped]))
      target = leaveBehind(
        instance,
        reached,
        dropped.map(({ mover }) => renumber(mover, target, reached))
      )
      continue
    }
    givenUp.push(...describeCut(attempt, blocked))
    const releasedNodes = addLifecycle(instance, reached, graph)
    const worth = nodeWorth(instance, reached)
    const times = schedule(graph, migration.limits, ({ node, from }) => worth[from >= 0 ? from : node] ?? 0)
    const late = lateMovers(attempt, graph, times, migration.deadlineSeconds)
    if (late.length > 0) {
      givenUp.push(...describeCut(attempt, late))
      target = leaveBehind(
        instance,
        reached,
        late.map(({ mover }) => renumber(mover, target, reached))
      )
      continue
    }
    const starts = attempt.progress.legs.flatMap((leg) =>
      leg.kind === 'move' && leg.mover.copy >= 0 ? [leg.mover] : []
    )
    return {
      target: reached,
      plan: assemblePlan(instance, graph, times, givenUp.length > 0 ? 'partial' : 'complete'),
      cut: {
        moves: givenUp,
        nodes: [...new Set(givenUp.flatMap(({ nodes }) => nodes))].sort((left, right) => left - right)
      },
      rungs: rungsUsed(relabelled.saved, attempt, givenUp.length),
      releasedNodes,
      migrations: starts.length,
      moveCost: starts.reduce((sum, { moveCost }) => sum + moveCost, 0)
    }
  }
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
function reachedTarget(instance: Instance, target: Target, { progress, blocked }: Attempt): Target {
  const copies = [...target.copies]
  const newcomers: Newcomer[] = [...target.newcomers]
  for (const { index, copy, newcomer } of progress.agenda.movers) {
    const place = progress.placeOf(index)
    if (progress.arrived[index] === 0 || place === undefined) continue
    if (copy >= 0) copies[copy] = place
    else newcomers[newcomer] = { ...(newcomers[newcomer] as Newcomer), ...place }
  }
  const reached = leaveBehind(instance, { ...target, copies, newcomers }, blocked)
  return { ...reached, headroom: settleHeadroom(progress, reached) }
}

/** A mover of one target as a mover of another from which some newcomers are gone. */
function renumber(mover: Mover, from: Target, to: Target): Mover {
  if (mover.newcomer < 0) return mover
  const { id } = from.newcomers[mover.newcomer] as Newcomer
  return { ...mover, newcomer: to.newcomers.findIndex((newcomer) => newcomer.id === id) }
}

type Reasoned = { readonly mover: Mover; readonly reason: GivenUp['reason'] }

/** Moves that must not be made now that others are not: members of gangs that stay, members of final rules made worse. */
function spoiltBy(instance: Instance, { progress, blocked, agenda }: Attempt, reached: Target): Reasoned[] {
  const arrived = agenda.movers.filter(({ index }) => progress.arrived[index] === 1)
  const stuck = new Set(blocked.flatMap(({ gang }) => (gang === undefined ? [] : [gang])))
  const gangs = arrived.filter(({ gang }) => gang !== undefined && stuck.has(gang))
  if (gangs.length > 0) return gangs.map((mover) => ({ mover, reason: 'gang' }))
  const worsened = worsenedMembers(instance, reached)
  return arrived.filter(({ deployment }) => worsened.has(deployment)).map((mover) => ({ mover, reason: 'final-rule' }))
}

/** Moves off nodes that are not emptied after all, on which nothing else depends and which repair nothing. */
function pointless(
  instance: Instance,
  wish: Target,
  reached: Target,
  attempt: Attempt,
  { steps }: StepGraph
): Reasoned[] {
  const before = nodeWorth(instance, wish)
  const after = nodeWorth(instance, reached)
  const ruled = new Set(instance.finalRules.flatMap(({ deployments }) => deployments))
  const needed = new Set<string>()
  for (const { replica, after: waits } of steps) {
    for (const step of waits) {
      const giver = steps[step]?.replica ?? ''
      if (giver !== replica) needed.add(giver)
    }
  }
  return attempt.agenda.movers
    .filter(({ index, from, replica, gang, deployment }) => {
      if (attempt.progress.arrived[index] === 0 || from < 0 || gang !== undefined || ruled.has(deployment)) return false
      const isInVain = (before[from] as number) > 0 && after[from] === 0
      return isInVain && !needed.has(replica) && !attempt.worth.isDuty(index)
    })
    .map((mover) => ({ mover, reason: 'pointless' }))
}

/** Movers of which something ends after the deadline. */
function lateMovers({ agenda }: Attempt, { steps }: StepGraph, { end }: Schedule, deadline: number | null): Reasoned[] {
  if (deadline === null) return []
  const late = new Set(
    steps.flatMap(({ replica }, index) => ((end[index] as number) > deadline + 1e-9 ? [replica] : []))
  )
  const gangs = new Set(
    agenda.movers.flatMap(({ replica, gang }) => (late.has(replica) && gang !== undefined ? [gang] : []))
  )
  return agenda.movers
    .filter(({ replica, gang }) => late.has(replica) || (gang !== undefined && gangs.has(gang)))
    .map((mover) => ({ mover, reason: 'deadline' }))
}

function rungsUsed(relabelled: number, { isReordered, agenda, hops }: Attempt, cut: number): RungUse[] {
  const used: RungUse[] = []
  const use = (rung: Rung, moves: number, extraMigrations = 0, extraMoveCost = 0) => {
    if (moves > 0) used.push({ rung, moves, extraMigrations, extraMoveCost })
  }
  use('relabel', relabelled)
  use('reorder', isReordered ? agenda.slots.length : 0)
  for (const rung of ['delay-release', 'hop'] as const) {
    const own = hops.filter(({ isInPassing }) => isInPassing === (rung === 'delay-release'))
    use(
      rung,
      own.length,
      own.length,
      own.reduce((sum, { moveCost }) => sum + moveCost, 0)
    )
  }
  use('cut', cut)
  return used
}

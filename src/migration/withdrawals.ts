import type { Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import type { Mover } from './agenda.js'
import type { Attempt } from './carry-out.js'
import type { GivenUp } from './cut.js'
import { worsenedMembers } from './final-rules.js'
import type { Schedule } from './schedule.js'
import type { StepGraph } from './step-graph.js'
import { nodeWorth } from './worth.js'

/** A move that is taken back although it could be made, and why. */
export type Withdrawal = { readonly mover: Mover; readonly reason: GivenUp['reason'] }

/** Everything, where moves are blocked and none may be cut. */
export function allOrNothing({ progress, blocked, agenda }: Attempt, mayCut: boolean): Withdrawal[] {
  if (mayCut || blocked.length === 0) return []
  return agenda.movers
    .filter(({ index, lends }) => progress.arrived[index] === 1 && !lends)
    .map((mover) => ({ mover, reason: 'all-or-nothing' }))
}

/** Moves that must not be made now that others are not: members of gangs that stay, members of final rules made worse. */
export function spoiltMoves(instance: Instance, attempt: Attempt, reached: Target): Withdrawal[] {
  const { progress, blocked, agenda } = attempt
  const arrived = agenda.movers.filter(({ index, lends }) => progress.arrived[index] === 1 && !lends)
  const stuck = new Set(blocked.flatMap(({ gang }) => (gang === undefined ? [] : [gang])))
  const gangs = arrived.filter(({ gang }) => gang !== undefined && stuck.has(gang))
  if (gangs.length > 0) return gangs.map((mover) => ({ mover, reason: 'gang' }))
  const worsened = worsenedMembers(instance, reached)
  return arrived.filter(({ deployment }) => worsened.has(deployment)).map((mover) => ({ mover, reason: 'final-rule' }))
}

/** Moves off nodes that are not emptied after all, on which nothing else depends and which repair nothing. */
export function pointlessMoves(
  instance: Instance,
  wish: Target,
  reached: Target,
  attempt: Attempt,
  { steps }: StepGraph
): Withdrawal[] {
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
    .filter(({ index, from, replica, gang, deployment, lends }) => {
      if (lends) return false
      if (attempt.progress.arrived[index] === 0 || from < 0 || gang !== undefined || ruled.has(deployment)) return false
      const isInVain = (before[from] as number) > 0 && after[from] === 0
      return isInVain && !needed.has(replica) && !attempt.worth.isDuty(index)
    })
    .map((mover) => ({ mover, reason: 'pointless' }))
}

/** Moves of which something ends after the deadline. */
export function lateMoves(
  { agenda }: Attempt,
  { steps }: StepGraph,
  { end }: Schedule,
  deadline: number | null
): Withdrawal[] {
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

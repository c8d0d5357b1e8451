import type { Result } from '../../../models/contract/result.js'
import type { Arrival } from '../../../models/instance/packing.js'
import { keepAtHome } from '../../result/match-start.js'
import { repairPacking } from '../../search/greedy/greedy.js'
import { PackingState } from '../../search/packing-state.js'
import { settleArrivals } from '../../search/realisation.js'
import type { PlannedReplica } from '../planned-moves.js'
import type { Restricted } from './restricted.js'

/** Where copies whose moves were rejected begin: at home, or wherever there is room. */
export type RejectedBegin = 'at-home' | 'anywhere'

/**
 * The plan of before as far as decisions let it stand, repaired: whoever is pinned stays, whoever was rejected begins as said, and whoever has
 * no room beside them is placed anew.
 */
export function oldPlanUnder(
  { instance, barred }: Restricted,
  planned: ReadonlyMap<string, PlannedReplica>,
  { headroom }: Pick<Result, 'headroom'>,
  begin: RejectedBegin,
  isOver: () => boolean
): PackingState {
  const leaving = new Set<number>()
  const arrivals: Arrival[] = []
  const send = ({ id, deployment, node }: PlannedReplica): boolean => {
    if (barred.get(id)?.has(node) === true) return false
    arrivals.push({ deployment, node })
    return true
  }
  for (const copy of instance.copies) {
    if (copy.state === 'draining' || copy.hold !== 'none') continue
    const move = planned.get(copy.id)
    if (move === undefined) leaving.add(copy.index)
    else if (move.starts && (send(move) || begin === 'anywhere')) leaving.add(copy.index)
  }
  const here = new Set(instance.copies.map(({ id }) => id))
  for (const move of planned.values()) if (!here.has(move.id)) send(move)
  const shadows = new Map(
    instance.deployments.filter(({ isHeadroom }) => isHeadroom).map(({ id, index }) => [id, index])
  )
  const nodes = new Map(instance.nodes.map(({ id, index }) => [id, index]))
  for (const room of headroom) {
    const [deployment, node] = [shadows.get(room.deployment), nodes.get(room.node)]
    if (deployment !== undefined && node !== undefined) arrivals.push({ deployment, node })
  }
  const coming = keepAtHome(instance, leaving, arrivals)
  const state = new PackingState(instance)
  for (const copy of leaving) state.leave(copy)
  settleArrivals(state, withoutSurplus(state, coming))
  repairPacking(state, isOver)
  return state
}

/** Arrivals without those of deployments that have enough copies without them: somebody stays who was to go. */
function withoutSurplus(state: PackingState, arrivals: readonly Arrival[]): Arrival[] {
  const room = state.instance.deployments.map(({ index, desired }) => desired - (state.placed[index] as number))
  return arrivals.filter(({ deployment }) => {
    room[deployment] = (room[deployment] as number) - 1
    return (room[deployment] as number) >= 0
  })
}

/** The cluster as it is, with the moves that were accepted and no others but what must be repaired. */
export function leastChange({ instance }: Restricted, isOver: () => boolean): PackingState {
  const state = new PackingState(instance)
  repairPacking(state, isOver)
  return state
}

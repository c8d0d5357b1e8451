import { formulatePatterns } from '../../../models/formulations/pattern-problem.js'
import type { Instance } from '../../../models/instance/instance.js'
import { PackingState } from '../packing-state.js'
import { decidesByKind } from '../patterns/decides-by-kind.js'
import { seatPatterns } from '../patterns/seat-patterns.js'
import { type EvacuationOrder, evacuateNodes } from './evacuation.js'
import { placeMissing, repairStart, stopSurplus } from './fulfilment.js'
import { repack } from './repack.js'

const ORDERS: readonly EvacuationOrder[] = ['saving-per-move', 'cost', 'emptiest']

/**
 * First-fit-decreasing, without a solver: repairs what is broken, starts what is missing, then empties the costliest nodes in
 * several orders, and, where any number of moves is allowed, repacks everything. Yields the state after each of these, the
 * first with as little changed as it takes; it is to be read before going on.
 */
export function* greedyPackings(instance: Instance, expired: () => boolean): Generator<PackingState> {
  const state = new PackingState(instance)
  repairStart(state, expired)
  stopSurplus(state)
  placeMissing(state, expired)
  yield state
  const mark = state.mark()
  for (const order of ORDERS) {
    if (expired()) return
    evacuateNodes(state, order, expired)
    yield state
    state.rollBack(mark)
  }
  if (!decidesByKind(instance)) return
  for (const solution of repack(formulatePatterns(instance), expired)) {
    const repacked = seatPatterns(instance, solution)
    if (repacked === null) continue
    evacuateNodes(repacked, 'emptiest', expired)
    yield repacked
  }
}

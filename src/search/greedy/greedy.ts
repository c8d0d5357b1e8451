import type { Instance } from '../../../models/instance/instance.js'
import { PackingState } from '../packing-state.js'
import { type EvacuationOrder, evacuateNodes } from './evacuation.js'
import { placeMissing, repairStart, stopSurplus } from './fulfilment.js'

const ORDERS: readonly EvacuationOrder[] = ['saving-per-move', 'cost', 'emptiest']

/**
 * First-fit-decreasing, in milliseconds: repairs what is broken, starts what is missing, then empties the costliest nodes in
 * several orders. Yields the state after each of these, the first with as little changed as it takes; it is to be read before going on.
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
}

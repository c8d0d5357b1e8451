import type { Instance } from '../../../models/instance/instance.js'
import type { Packing } from '../../../models/instance/packing.js'
import { PackingState } from '../packing-state.js'
import { type EvacuationOrder, evacuateNodes } from './evacuation.js'
import { placeMissing, repairStart, stopSurplus } from './fulfilment.js'

const ORDERS: readonly EvacuationOrder[] = ['saving-per-move', 'cost', 'emptiest']

/** What greedy found. */
export interface GreedyPacking {
  readonly packing: Packing
  readonly cost: number
  /** Whether everything wanted has a place. */
  readonly complete: boolean
}

/**
 * First-fit-decreasing, in milliseconds: repairs what is broken, starts what is missing, then empties the costliest nodes in
 * several orders, and yields each packing that is better than those before. The first is the cluster with as little changed as it takes.
 */
export function* greedyPackings(instance: Instance, expired: () => boolean): Generator<GreedyPacking> {
  const fulfilled = new PackingState(instance)
  repairStart(fulfilled)
  stopSurplus(fulfilled)
  const complete = placeMissing(fulfilled)
  yield { packing: fulfilled.toPacking(), cost: fulfilled.cost, complete }
  let best = fulfilled.cost
  const mark = fulfilled.mark()
  for (const order of ORDERS) {
    if (expired()) return
    evacuateNodes(fulfilled, order, expired)
    if (fulfilled.cost < best - 1e-9) {
      best = fulfilled.cost
      yield { packing: fulfilled.toPacking(), cost: fulfilled.cost, complete }
    }
    fulfilled.rollBack(mark)
  }
}

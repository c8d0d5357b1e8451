import { mergeAlike } from '../../../models/formulations/merge-alike.js'
import { formulatePatterns } from '../../../models/formulations/pattern-problem.js'
import type { Instance } from '../../../models/instance/instance.js'
import type { Budget } from '../../budget.js'
import { PackingState } from '../packing-state.js'
import { patternScope } from '../patterns/pattern-scope.js'
import { seatPatterns } from '../patterns/seat-patterns.js'
import { type EvacuationOrder, evacuateNodes } from './evacuation.js'
import { repairFinalRules } from './final-repair.js'
import { giveUpHarmful, placeMissing, stopSurplus } from './fulfilment.js'
import { repack } from './repack.js'
import { repairStart } from './start-repair.js'

/** Units of the budget for what is required, even where it is spent. */
const LEAST_TO_REPAIR = 300
/** Nodes that are looked at to make room for what must be repaired: a tenth of a second or so. */
const REPAIR_EFFORT = 100_000
const ORDERS: readonly EvacuationOrder[] = ['saving-per-move', 'cost', 'emptiest']

/**
 * First-fit-decreasing, without a solver: repairs what is broken, starts what is missing, then empties the costliest nodes in
 * several orders, and, where any number of moves is allowed, repacks everything. Yields the state after each of these, the
 * first with as little changed as it takes; it is to be read before going on. In between it yields null, again and again, for
 * whoever has something else to do.
 */
export function* greedyPackings(instance: Instance, budget: Budget): Generator<PackingState | null> {
  const state = new PackingState(instance)
  // Even a budget that is spent leaves enough to place what is required: an answer comes as soon as the file is read.
  const least = budget.atLeast(LEAST_TO_REPAIR)
  repairPacking(state, () => least.isSpent())
  yield state
  const mark = state.mark()
  for (const order of ORDERS) {
    if (budget.isSpent()) return
    yield* evacuateNodes(state, order, budget)
    yield state
    state.rollBack(mark)
  }
  if (patternScope(instance) !== 'kinds') return
  const merged = mergeAlike(instance)
  for (const solution of repack(formulatePatterns(merged.instance), budget)) {
    const repacked = solution && seatPatterns(instance, solution, merged)
    if (repacked === null) {
      yield null
      continue
    }
    yield* evacuateNodes(repacked, 'emptiest', budget)
    yield repacked
  }
}

/** Repairs what is broken, stops what is surplus and starts what is missing, with as little changed as it takes. */
export function repairPacking(state: PackingState, isOver: () => boolean): void {
  const effort = { left: REPAIR_EFFORT }
  repairStart(state, isOver, effort)
  stopSurplus(state)
  placeMissing(state, isOver, effort)
  repairFinalRules(state, isOver, effort)
  giveUpHarmful(state)
}

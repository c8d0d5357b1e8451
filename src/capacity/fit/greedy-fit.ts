import { mergeAlike } from '../../../models/formulations/merge-alike.js'
import { formulatePatterns } from '../../../models/formulations/pattern-problem.js'
import type { Instance } from '../../../models/instance/instance.js'
import type { Budget } from '../../budget.js'
import { repairPacking } from '../../search/greedy/greedy.js'
import { repack } from '../../search/greedy/repack.js'
import { PackingState } from '../../search/packing-state.js'
import { patternScope } from '../../search/patterns/pattern-scope.js'
import { seatPatterns } from '../../search/patterns/seat-patterns.js'

/** Units of the budget for placing what is missing, even where it is spent. */
const LEAST = 100

/**
 * Packings that may have everything: with as little changed as it takes, then, where everything may go anywhere, repacked from scratch
 * with ever other prices. What they cost does not matter, so no node is emptied. Yields null in between.
 */
export function* fitGreedily(instance: Instance, budget: Budget): Generator<PackingState | null> {
  const state = new PackingState(instance)
  const least = budget.atLeast(LEAST)
  repairPacking(state, () => least.isSpent())
  budget.charge((instance.nodes.length * instance.deployments.length) / 5_000)
  yield state
  if (budget.isSpent() || patternScope(instance) !== 'kinds') return
  const merged = mergeAlike(instance)
  for (const solution of repack(formulatePatterns(merged.instance), budget)) {
    yield solution && seatPatterns(instance, solution, merged)
  }
}

import type { Instance } from '../../../models/instance/instance.js'
import { PackingState } from '../packing-state.js'
import { appraise } from '../worth.js'

/**
 * What patterns can say of an instance. `kinds`: contents and moves do not matter for the cost, so kinds of nodes decide it.
 * `contents`: a budget, pins or a price on moves make it matter what is where. `none`: nothing, as what is broken now may stay so, and
 * patterns never are; or as not everything needs a place.
 *
 * @param broken What a packing breaks that is known, by default the start: where one breaks nothing, nothing that is broken is better.
 */
export type PatternScope = 'kinds' | 'contents' | 'none'

export function patternScope(
  instance: Instance,
  broken = appraise(new PackingState(instance)).broken
): PatternScope {
  const { problem } = instance
  if (problem.pending !== 'required' || broken > 0) return 'none'
  return isFree(instance) ? 'kinds' : 'contents'
}

/** Whether everything may go anywhere at no price. */
function isFree({ budget, copies, nodes, problem }: Instance): boolean {
  const movable = copies.filter(({ state }) => state !== 'draining')
  const moveCost = movable.reduce((sum, copy) => sum + copy.moveCost, 0)
  return (
    problem.migration.level !== 'any-order' &&
    problem.objective.horizonHours === null &&
    budget.migrations >= movable.length &&
    budget.moveCost >= moveCost &&
    budget.perDeployment >= movable.length &&
    movable.every(({ hold }) => hold === 'none') &&
    // On a node that takes no newcomers only what is there may stay.
    nodes.every(({ open, mustEmpty, copies }) => open || mustEmpty || copies.length === 0)
  )
}

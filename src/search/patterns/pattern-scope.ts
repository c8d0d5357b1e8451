import { type Instance, TOLERANCE } from '../../../models/instance/instance.js'
import { PackingState } from '../packing-state.js'
import { appraise, type Worth } from '../worth.js'

/**
 * What patterns can say of an instance. `kinds`: contents and moves do not matter for the cost, so kinds of nodes decide it.
 * `contents`: a budget, pins or a price on moves make it matter what is where. `none`: nothing, as what is broken now may stay so, and
 * patterns never are; or as not everything needs a place.
 */
export type PatternScope = 'kinds' | 'contents' | 'none'

/**
 * What patterns can say of an instance.
 *
 * @param best The worth of a packing that is known. Where it breaks nothing, and the start breaks only rules that count in the end, nothing
 * that is broken is better: broken rules come before cost. What breaks a limit now takes room that patterns do not know of.
 */
export function patternScope(instance: Instance, best?: Pick<Worth, 'broken'>): PatternScope {
  const { problem } = instance
  const start = new PackingState(instance)
  const broken = appraise(start).broken - (best?.broken === 0 ? start.rules.final.excess() : 0)
  if (problem.pending !== 'required' || broken > TOLERANCE) return 'none'
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

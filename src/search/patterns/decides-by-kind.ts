import type { Instance } from '../../../models/instance/instance.js'
import { PackingState } from '../packing-state.js'
import { appraise } from '../worth.js'

/** Whether contents and moves do not matter for the cost, so that patterns by kind of node decide it. */
export function decidesByKind(instance: Instance): boolean {
  const { budget, copies, problem } = instance
  const movable = copies.filter(({ state }) => state !== 'draining')
  const moveCost = movable.reduce((sum, copy) => sum + copy.moveCost, 0)
  return (
    problem.pending === 'required' &&
    problem.migration.level !== 'any-order' &&
    problem.objective.horizonHours === null &&
    budget.migrations >= movable.length &&
    budget.moveCost >= moveCost &&
    budget.perDeployment >= movable.length &&
    // What is overfull now may stay so; patterns never are.
    appraise(new PackingState(instance)).broken === 0
  )
}

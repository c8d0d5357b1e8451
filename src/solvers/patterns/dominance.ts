import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'

/**
 * For each item, in an order, those before it that are worth no less, weigh no more in any dimension and have no conflict of their own:
 * while one of these could still be added, this one is never needed.
 */
export function findDominators(problem: PatternProblem, order: Int32Array, profit: Float64Array): number[][] {
  return Array.from(order, (item, position) => {
    const dominators: number[] = []
    for (let before = 0; before < position; before++) {
      const isWorthNoLess = (profit[before] as number) >= (profit[position] as number)
      if (isWorthNoLess && weighsNoMore(problem, order[before] as number, item)) dominators.push(before)
    }
    return dominators
  })
}

/** Whether one item fits wherever another does. */
function weighsNoMore(problem: PatternProblem, one: number, other: number): boolean {
  const { dimensions, weight, conflictSide, deployments } = problem
  for (let dimension = 0; dimension < dimensions; dimension++) {
    if ((weight[one * dimensions + dimension] as number) > (weight[other * dimensions + dimension] as number))
      return false
  }
  for (let at = 0; at < conflictSide.length; at += deployments) {
    const side = conflictSide[at + one] as number
    if (side !== 0 && side !== conflictSide[at + other]) return false
  }
  return true
}

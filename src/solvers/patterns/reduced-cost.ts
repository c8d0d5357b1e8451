import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { copyWorths, nodeCost, stayWorths } from './lagrangian-bound.js'
import type { MasterSolution } from './master.js'
import { dearestNode, type Pattern } from './pattern.js'

/** Those of some patterns whose reduced cost at a solution is at most a share of what the dearest node costs. */
export function nearlyUseful(
  problem: PatternProblem,
  patterns: readonly Pattern[],
  solution: MasterSolution,
  share: number
): Pattern[] {
  const costs = reducedCosts(problem, patterns, solution)
  const most = share * dearestNode(problem)
  return patterns.filter((_, index) => (costs[index] as number) <= most)
}

/** By how much each pattern costs more than it is worth at the prices of a solution. */
export function reducedCosts(
  problem: PatternProblem,
  patterns: readonly Pattern[],
  { prices, kindRent, groupRent }: MasterSolution
): Float64Array {
  const { kinds, deployments, residentStart } = problem
  const stay = stayWorths(problem, prices)
  const copy = Array.from({ length: kinds }, (_, kind) => copyWorths(problem, prices, kind))
  const node = Array.from({ length: kinds }, (_, kind) => nodeCost(problem, prices, kind) + (kindRent[kind] as number))
  return Float64Array.from(patterns, ({ kind, group, counts, stays }) => {
    const worth = copy[kind] as Float64Array
    let reduced = node[kind] as number
    if (group >= 0) reduced += groupRent[group] as number
    for (let deployment = 0; deployment < deployments; deployment++) {
      const copies = counts[deployment] as number
      if (copies > 0) reduced -= copies * (worth[deployment] as number)
    }
    for (let index = 0; index < stays.length; index++) {
      reduced -= (stays[index] as number) * (stay[(residentStart[group] as number) + index] as number)
    }
    return reduced
  })
}

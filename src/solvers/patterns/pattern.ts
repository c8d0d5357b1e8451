import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'

/** One node's contents: so many copies of each deployment on a node of a kind. */
export interface Pattern {
  readonly kind: number
  /** The group of nodes of the same contents of which copies stay; −1 for any node of the kind. */
  readonly group: number
  /** Copies of each deployment in the end, those that stay included. */
  readonly counts: Int32Array
  /** Copies that stay of each of the group's residents. */
  readonly stays: Int32Array
}

/** A pattern, and how many nodes get it. */
export interface SeatedPattern {
  readonly pattern: Pattern
  readonly nodes: number
}

/** Contents of whole nodes that together supply everything wanted. */
export interface PatternSolution {
  /** The objective of the problem. */
  readonly cost: number
  readonly patterns: readonly SeatedPattern[]
}

/** What tells patterns apart. */
export function keyOf({ kind, group, counts, stays }: Pattern): string {
  let key = `${kind}:${group}:${stays.join()}`
  for (let deployment = 0; deployment < counts.length; deployment++) {
    if (counts[deployment] !== 0) key += `|${deployment}x${counts[deployment]}`
  }
  return key
}

/** What one node with a pattern adds to the objective. */
export function costOf(problem: PatternProblem, { kind, group, stays }: Pattern): number {
  let cost = problem.cost[kind] as number
  for (let index = 0; index < stays.length; index++) {
    const resident = (problem.residentStart[group] as number) + index
    cost -= (stays[index] as number) * (problem.residentReward[resident] as number)
  }
  return cost
}

/** What the dearest node costs, or one copy that stays is worth, whichever is more. */
export function dearestNode({ cost, residentReward }: PatternProblem): number {
  const most = (amounts: Float64Array) => amounts.reduce((dearest, one) => Math.max(dearest, one), 0)
  return Math.max(most(cost), most(residentReward))
}

/** What one node with a pattern adds to a linking row. */
export function linkOf(problem: PatternProblem, row: number, { kind, group, counts, stays }: Pattern): number {
  const { kinds, deployments, residentDeployment, residentStart, linkStay, linkNode, linkCopy } = problem
  let weight = linkNode[row * kinds + kind] as number
  for (let index = 0; index < stays.length; index++) {
    const resident = (residentStart[group] as number) + index
    weight += (stays[index] as number) * (linkStay[row * residentDeployment.length + resident] as number)
  }
  if (linkCopy.length === 0) return weight
  const from = (row * kinds + kind) * deployments
  for (let deployment = 0; deployment < deployments; deployment++) {
    if (counts[deployment] !== 0) weight += (counts[deployment] as number) * (linkCopy[from + deployment] as number)
  }
  return weight
}

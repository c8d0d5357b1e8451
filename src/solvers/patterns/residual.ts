import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { KindLimits } from './lagrangian-bound.js'
import { costOf, linkOf, type Pattern, type SeatedPattern } from './pattern.js'

/** What is left of a problem once some nodes have got their patterns. */
export interface Residual {
  readonly problem: PatternProblem
  readonly limits: KindLimits
}

/** Takes nodes with their patterns out of a problem; no pattern of the rest supplies more than is still wanted. */
export function takeOut({ problem, limits }: Residual, seated: readonly SeatedPattern[]): Residual {
  const wanted = problem.wanted.slice()
  const available = problem.available.slice()
  const groupNodes = problem.groupNodes.slice()
  const linkLeast = problem.linkLeast.slice()
  const least = limits.least.slice()
  const most = limits.most.slice()
  let { fixedCost } = problem
  for (const { pattern, nodes } of seated) {
    const { kind, group, counts } = pattern
    available[kind] = (available[kind] as number) - nodes
    least[kind] = Math.max(0, (least[kind] as number) - nodes)
    most[kind] = (most[kind] as number) - nodes
    if (group >= 0) groupNodes[group] = (groupNodes[group] as number) - nodes
    fixedCost += nodes * costOf(problem, pattern)
    for (let deployment = 0; deployment < counts.length; deployment++) {
      const copies = counts[deployment] as number
      if (copies > 0) wanted[deployment] = Math.max(0, (wanted[deployment] as number) - nodes * copies)
    }
    for (let row = 0; row < linkLeast.length; row++) {
      linkLeast[row] = (linkLeast[row] as number) - nodes * linkOf(problem, row, pattern)
    }
  }
  const mostCopies = problem.most.map((copies, at) => Math.min(copies, wanted[at % problem.deployments] as number))
  return {
    problem: { ...problem, wanted, available, groupNodes, linkLeast, fixedCost, most: mostCopies },
    limits: { least, most }
  }
}

/** Of some patterns as many nodes as there are of their kinds and groups, and as may be active. */
export function withinLimits({ problem, limits }: Residual, seated: readonly SeatedPattern[]): SeatedPattern[] {
  const ofKind = limits.most.map((most, kind) => Math.min(most, problem.available[kind] as number))
  const ofGroup = problem.groupNodes.slice()
  return seated.flatMap(({ pattern, nodes }) => {
    const { kind, group } = pattern
    const inKind = ofKind[kind] as number
    const fitting = Math.min(nodes, inKind, group < 0 ? inKind : (ofGroup[group] as number))
    if (fitting <= 0) return []
    ofKind[kind] = inKind - fitting
    if (group >= 0) ofGroup[group] = (ofGroup[group] as number) - fitting
    return [{ pattern, nodes: fitting }]
  })
}

/** A pattern without the copies that nobody wants any more; null when none is left, or no node for it, or one that must stay would go. */
export function truncate(pattern: Pattern, problem: PatternProblem): Pattern | null {
  const { wanted, most, deployments, residentStart, residentDeployment, residentHeld } = problem
  const { kind, group } = pattern
  if ((problem.available[kind] as number) <= 0 || (group >= 0 && (problem.groupNodes[group] as number) <= 0))
    return null
  const counts = pattern.counts.map((copies, deployment) =>
    Math.min(copies, (group < 0 ? most[kind * deployments + deployment] : wanted[deployment]) as number)
  )
  if (group < 0) return counts.some((copies) => copies > 0) ? { ...pattern, counts } : null
  const left = counts.slice()
  const stays = pattern.stays.map((copies, index) => {
    const deployment = residentDeployment[(residentStart[group] as number) + index] as number
    const kept = Math.min(copies, left[deployment] as number)
    left[deployment] = (left[deployment] as number) - kept
    return kept
  })
  const isLegal = stays.every(
    (copies, index) => copies >= (residentHeld[(residentStart[group] as number) + index] as number)
  )
  return isLegal ? { kind, group, counts, stays } : null
}

import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { CopyClass } from '../../solvers/fleet/period-batch.js'

/** The copies of each deployment by the kinds of nodes on which they count the same in every linking row. */
export function copyClasses(problem: PatternProblem): CopyClass[] {
  const { kinds, deployments, most } = problem
  return Array.from({ length: deployments }, (_, deployment) => {
    const alike = new Map<string, number[]>()
    for (let kind = 0; kind < kinds; kind++) {
      if (most[kind * deployments + deployment] === 0) continue
      const links = linksOf(problem, kind, deployment).join()
      const known = alike.get(links)
      if (known === undefined) alike.set(links, [kind])
      else known.push(kind)
    }
    return [...alike.values()].map((members) => ({ deployment, kinds: members }))
  }).flat()
}

/** [row]: what a copy on a kind of node adds. */
export function linksOf(
  { kinds, deployments, linkLeast, linkCopy }: PatternProblem,
  kind: number,
  deployment: number
): number[] {
  return Array.from(linkLeast, (_, row) => linkCopy[(row * kinds + kind) * deployments + deployment] ?? 0)
}

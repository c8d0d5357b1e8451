import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { MasterSolution } from './master.js'
import type { Pattern } from './pattern.js'
import { nearlyUseful } from './reduced-cost.js'

/** What placements near the bound look like, for searches of other kinds. */
export interface Guide {
  /** Active nodes of each kind. */
  readonly active: Int32Array
  /** [(kind, or kinds + group) × deployments + deployment]: 1 where a copy may come to nodes of the kind, or of the group. */
  readonly arrivals: Uint8Array
}

/** Part of the dearest node's cost that a pattern may cost too much. */
const NEAR = 0.02

/** Keeps what patterns of small reduced cost make use of. */
export function guideFrom(
  problem: PatternProblem,
  patterns: readonly Pattern[],
  solution: MasterSolution,
  active: Int32Array
): Guide {
  const { kinds, deployments, groupKind } = problem
  const arrivals = new Uint8Array((kinds + groupKind.length) * deployments)
  for (const { kind, group, counts } of nearlyUseful(problem, patterns, solution, NEAR)) {
    const from = (group < 0 ? kind : kinds + group) * deployments
    for (let deployment = 0; deployment < deployments; deployment++) {
      if ((counts[deployment] as number) > 0) arrivals[from + deployment] = 1
    }
  }
  return { active: active.slice(), arrivals }
}

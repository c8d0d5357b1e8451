import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { copyWorths, nodeCost, stayWorths } from './lagrangian-bound.js'
import type { MasterSolution } from './master.js'
import type { Pattern } from './pattern.js'

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
  { prices, kindRent, groupRent }: MasterSolution,
  active: Int32Array
): Guide {
  const { kinds, deployments, groupKind, residentStart, residentReward, cost } = problem
  const dearest = [...cost, ...residentReward].reduce((most, one) => Math.max(most, one), 0)
  const stay = stayWorths(problem, prices)
  const copy = Array.from({ length: kinds }, (_, kind) => copyWorths(problem, prices, kind))
  const arrivals = new Uint8Array((kinds + groupKind.length) * deployments)
  for (const { kind, group, counts, stays } of patterns) {
    let reduced = nodeCost(problem, prices, kind) + (kindRent[kind] as number)
    if (group >= 0) reduced += groupRent[group] as number
    for (let deployment = 0; deployment < deployments; deployment++) {
      reduced -= (counts[deployment] as number) * (copy[kind]?.[deployment] as number)
    }
    for (let index = 0; index < stays.length; index++) {
      reduced -= (stays[index] as number) * (stay[(residentStart[group] as number) + index] as number)
    }
    if (reduced > NEAR * dearest) continue
    const from = (group < 0 ? kind : kinds + group) * deployments
    for (let deployment = 0; deployment < deployments; deployment++) {
      if ((counts[deployment] as number) > 0) arrivals[from + deployment] = 1
    }
  }
  return { active: active.slice(), arrivals }
}

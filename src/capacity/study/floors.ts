import type { Rule } from '../../../models/contract/rules.js'
import type { Study } from '../../../models/contract/study.js'
import { steadySelector } from './markets.js'

/** Relative rounding of a share of a number: 0.6 × 5 replicas are 3. */
const ROUNDING = 1e-9

/** How many of so many replicas of each deployment must be on nodes that cannot be taken away: ⌈floor × replicas⌉, by id. */
export function floorCounts(study: Study, counts: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(
    study.deployments.map(({ id, floor = study.availability.floor }) => [
      id,
      Math.ceil(floor * (counts.get(id) ?? 0) * (1 - ROUNDING))
    ])
  )
}

/** The floors as rules of a Problem; a floor of no replicas is none. */
export function floorRules(study: Study, counts: ReadonlyMap<string, number>): Rule[] {
  const nodeSelector = steadySelector(study)
  return [...floorCounts(study, counts)].flatMap(([id, count]): Rule[] =>
    count === 0 ? [] : [{ kind: 'at-least', deployments: [id], count, nodeSelector }]
  )
}

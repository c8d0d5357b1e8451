import { formatPath } from '../../../models/contract/describe-input.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result, Violation } from '../../../models/contract/result.js'

/** What comes before the cost: the rules that are broken, and what has no place. */
type Requirements = Pick<Result, 'violations' | 'unplaced'>

/**
 * Whether a plan is at least as good as another by all that comes before the cost, in the order of the search (`compareRequirements`): no
 * rule is broken by more, for amounts of different rules have no common unit; and of what has no place, no more of the highest priority in
 * which the two differ.
 */
export function isNoWorse(
  { deployments, rules }: Problem,
  plan: Requirements,
  before: Requirements,
  /** The rules that the other plan was made for. Default: the same. */
  rulesBefore: Problem['rules'] = rules
): boolean {
  const broken = amounts(plan.violations, rules, rulesBefore)
  const allowed = amounts(before.violations, rulesBefore, rulesBefore)
  if ([...broken].some(([key, amount]) => isMore(amount, allowed.get(key) ?? 0))) return false
  if ([...allowed].some(([key, amount]) => isMore(amount, broken.get(key) ?? 0))) return true
  const priorities = new Map(deployments.map(({ id, priority }) => [id, priority]))
  const left = countByPriority(plan.unplaced, priorities)
  const right = countByPriority(before.unplaced, priorities)
  const classes = [...new Set(priorities.values())].sort((one, other) => other - one)
  const differing = classes.find((priority) => left.get(priority) !== right.get(priority))
  return differing === undefined || (left.get(differing) ?? 0) < (right.get(differing) ?? 0)
}

/** By how much each limit is broken. A rule that was taken out moves those behind it: they are known by their place before. */
function amounts(
  violations: readonly Violation[],
  rules: Problem['rules'],
  rulesBefore: Problem['rules']
): Map<string, number> {
  const places = new Map<string, string>()
  if (rules.length !== rulesBefore.length)
    for (const [index, rule] of rules.entries())
      places.set(formatPath(['rules', index]), formatPath(['rules', rulesBefore.indexOf(rule)]))
  const found = new Map<string, number>()
  for (const { code, where, amount, message } of violations) {
    // Of several resources of one node, only the message names each.
    const resource =
      code === 'capacity' || code === 'devices' ? message.replace(/ [\d.]+(e[+-]?\d+)?(?=[ ,]|$)/g, '') : ''
    const key = JSON.stringify([code, places.get(where) ?? where, resource])
    found.set(key, (found.get(key) ?? 0) + amount)
  }
  return found
}

function isMore(amount: number, than: number): boolean {
  return amount > than + 1e-6 * Math.max(1, than)
}

function countByPriority(
  unplaced: Requirements['unplaced'],
  priorities: ReadonlyMap<string, number>
): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { deployment } of unplaced) {
    const priority = priorities.get(deployment) ?? 0
    counts.set(priority, (counts.get(priority) ?? 0) + 1)
  }
  return counts
}

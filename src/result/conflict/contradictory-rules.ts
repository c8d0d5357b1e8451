import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import type { AffinityRule, Rule } from '../../../models/contract/rules.js'
import type { Conflict } from './conflict.js'
import type { Room } from './room.js'
import { listed } from './words.js'

/**
 * Pairs of rules that contradict each other whatever the nodes are like: an affinity that wants members in one domain, and a
 * rule that does not let them be there together. Both are named.
 */
export function findContradictoryRules(room: Room): Conflict[] {
  const { rules } = room.instance.problem
  const found: Conflict[] = []
  for (const [position, affinity] of rules.entries()) {
    if (affinity.kind !== 'affinity') continue
    for (const [other, rule] of rules.entries()) {
      const objection = contradiction(room, affinity, rule)
      if (objection === null) continue
      const together = `affinity wants ${listed(affinity.deployments)} in one domain of ${describeValue(affinity.topologyKey)}`
      found.push(
        { path: formatPath(['rules', position]), message: together, isProof: true },
        { path: formatPath(['rules', other]), message: objection, isProof: true }
      )
    }
  }
  return found
}

/** Why a rule forbids what an affinity wants; null when it does not. */
function contradiction(room: Room, affinity: AffinityRule, rule: Rule): string | null {
  const { instance } = room
  const members = new Set(affinity.deployments)
  const wanted = (ids: readonly string[]) => {
    const shared = new Set(ids.filter((id) => members.has(id)))
    return room.requiredOf(
      instance.deployments.filter(({ id, isHeadroom }) => shared.has(id) && !isHeadroom).map(({ index }) => index)
    )
  }
  if (rule.kind === 'at-least' || rule.topologyKey !== affinity.topologyKey) return null
  const place = `one domain of ${describeValue(rule.topologyKey)}`
  switch (rule.kind) {
    case 'affinity':
      return null
    case 'anti-affinity':
      return wanted(rule.deployments) > rule.max
        ? `anti-affinity allows ${rule.max} of ${listed(rule.deployments)} in ${place}, ${wanted(rule.deployments)} are wanted`
        : null
    case 'conflict':
      return rule.between.every((side) => wanted(side) > 0)
        ? `conflict lets no domain of ${describeValue(rule.topologyKey)} host both ${listed(rule.between[0])} and ${listed(rule.between[1])}`
        : null
    case 'spread': {
      // Members that are not bound by the affinity may be the ones that spread.
      if (!rule.deployments.every((id) => members.has(id))) return null
      const count = wanted(rule.deployments)
      const minDomains = Math.min(rule.minDomains ?? 0, count)
      if (minDomains > 1)
        return `spread wants ${listed(rule.deployments)} in at least ${minDomains} domains of ${describeValue(rule.topologyKey)}`
      const index = instance.problem.rules.indexOf(rule)
      const domains = instance.finalRules.find((final) => final.rule === index)?.domains ?? []
      if (rule.maxSkew === undefined || count <= rule.maxSkew || domains.filter(({ counted }) => counted).length < 2)
        return null
      return `spread allows a difference of ${rule.maxSkew} between domains of ${describeValue(rule.topologyKey)}, ${count} members in one are more`
    }
  }
}

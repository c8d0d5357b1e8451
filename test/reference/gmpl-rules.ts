import type { Problem } from '../../models/contract/problem.js'
import type { Rule } from '../../models/contract/rules.js'
import { matches, type Place } from './gmpl-places.js'
import type { GmplSection } from './gmpl-section.js'
import { lookUp } from './look-up.js'

/** Writes the rules, by their numbers. */
export function writeRules(section: GmplSection, { rules, deployments }: Problem, places: readonly Place[]): void {
  for (const kind of ['anti-affinity', 'conflict', 'affinity', 'spread', 'at-least'] as const) {
    const numbers = rules.flatMap((rule, index) => (rule.kind === kind ? [index + 1] : []))
    section.set(kind.toUpperCase().replace('-', '_'), numbers)
  }
  const numbersOf = (ids: readonly string[]) => ids.map((id) => deployments.findIndex((own) => own.id === id) + 1)
  for (const [index, rule] of rules.entries()) {
    section.set(`members[${index + 1}]`, numbersOf(rule.kind === 'conflict' ? rule.between[0] : rule.deployments))
    if (rule.kind === 'conflict') section.set(`opponents[${index + 1}]`, numbersOf(rule.between[1]))
  }
  const domains = rules.map((rule) => domainsOf(rule, places))
  section.matrix('domain', 0, domains, [...places.keys()], (own, place) => own[place] as number)
  section.table('limit', null, rules, limitOf)
  section.table('min_domains', null, rules, (rule) => (rule.kind === 'spread' ? (rule.minDomains ?? null) : null))
  section.table('max_skew', null, rules, (rule) => (rule.kind === 'spread' ? (rule.maxSkew ?? null) : null))
}

function limitOf(rule: Rule): number | null {
  if (rule.kind === 'anti-affinity') return rule.max
  return rule.kind === 'at-least' ? rule.count : null
}

/** The domains of all places under a rule, by number; 0 where a place is in none. */
function domainsOf(rule: Rule, places: readonly Place[]): number[] {
  const names = places.map(({ labels }, index) => {
    if (rule.kind === 'at-least') return matches(rule.nodeSelector, labels) ? 'selected' : undefined
    return rule.topologyKey === 'node' ? String(index) : lookUp(labels, rule.topologyKey)
  })
  const known = [...new Set(names.filter((name) => name !== undefined))]
  return names.map((name) => (name === undefined ? 0 : known.indexOf(name) + 1))
}

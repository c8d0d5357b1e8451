import type { AffinityRule, AtLeastRule, SpreadRule } from '../contract/rules.js'
import { admits, type Cluster, type Copy, domainOf, matchesSelector } from './cluster.js'
import { countByDomain } from './continuous-rules.js'
import { addExcess, type Excess, type ExcessTable } from './excess.js'

/** What a set of copies breaks of the rules that count only in the end: affinity, spread, at-least. */
export function finalExcess(cluster: Cluster, copies: readonly Copy[]): ExcessTable {
  const table = new Map<string, Excess>()
  for (const [index, rule] of cluster.rules.entries()) {
    if (rule.kind === 'affinity') addAffinity(table, index, rule, copies)
    if (rule.kind === 'spread') addSpread(table, index, rule, copies, cluster)
    if (rule.kind === 'at-least') addAtLeast(table, index, rule, copies)
  }
  return table
}

function addAffinity(table: Map<string, Excess>, index: number, rule: AffinityRule, copies: readonly Copy[]): void {
  const domains = countByDomain(copies, rule.deployments, rule.topologyKey).size
  const outside = countUnlabelled(copies, rule)
  const amount = Math.max(0, domains - 1) + outside
  if (amount === 0) return
  const message = `rules[${index}]: members in ${domains} ${domains === 1 ? 'domain' : 'domains'} of ${rule.topologyKey}, ${outside} in none; one is allowed`
  addExcess(table, { code: 'affinity', where: `rules[${index}]`, amount, message })
}

function addSpread(
  table: Map<string, Excess>,
  index: number,
  rule: SpreadRule,
  copies: readonly Copy[],
  cluster: Cluster
): void {
  const where = `rules[${index}]`
  const counts = countByDomain(copies, rule.deployments, rule.topologyKey)
  const outside = countUnlabelled(copies, rule)
  const used = counts.size
  const placed = [...counts.values()].reduce((sum, number) => sum + number, 0)
  for (const domain of eligibleDomains(cluster, rule)) counts.add(domain, 0)
  if (outside > 0) {
    const message = `${where}: ${outside} ${outside === 1 ? 'member' : 'members'} on nodes without the label ${rule.topologyKey}`
    addExcess(table, { code: 'spread', where, amount: outside, message }, 'unlabelled')
  }
  const wanted = Math.min(rule.minDomains ?? 0, placed)
  if (used < wanted) {
    const message = `${where}: members in ${used} ${used === 1 ? 'domain' : 'domains'}, at least ${wanted} wanted`
    addExcess(table, { code: 'spread', where, amount: wanted - used, message }, 'domains')
  }
  const [least, most] = range(counts.values())
  if (most - least > (rule.maxSkew ?? Number.POSITIVE_INFINITY)) {
    const message = `${where}: from ${least} to ${most} members a domain, at most ${rule.maxSkew} apart`
    addExcess(table, { code: 'spread', where, amount: most - least - (rule.maxSkew ?? 0), message }, 'skew')
  }
}

function addAtLeast(table: Map<string, Excess>, index: number, rule: AtLeastRule, copies: readonly Copy[]): void {
  const members = new Set(rule.deployments)
  const there = copies.filter(
    (copy) => members.has(copy.deployment.id) && matchesSelector(copy.node, rule.nodeSelector)
  )
  if (there.length >= rule.count) return
  const message = `rules[${index}]: ${there.length} ${there.length === 1 ? 'member' : 'members'} on such nodes, at least ${rule.count} wanted`
  addExcess(table, { code: 'at-least', where: `rules[${index}]`, amount: rule.count - there.length, message })
}

/** The domains that count for a spread: those of the Problem's nodes that could host a member if they were empty. */
function eligibleDomains(cluster: Cluster, rule: SpreadRule): Set<string> {
  const deployments = rule.deployments.flatMap((id) => cluster.deployments.get(id) ?? [])
  const domains = new Set<string>()
  for (const node of cluster.nodes.values()) {
    const domain = domainOf(node, rule.topologyKey)
    if (domain === undefined || domains.has(domain) || node.boughtAs !== undefined) continue
    if (deployments.some((deployment) => admits(node, deployment))) domains.add(domain)
  }
  return domains
}

function countUnlabelled(copies: readonly Copy[], rule: AffinityRule | SpreadRule): number {
  const members = new Set(rule.deployments)
  return copies.filter(
    ({ deployment, node }) => members.has(deployment.id) && domainOf(node, rule.topologyKey) === undefined
  ).length
}

function range(values: Iterable<number>): [least: number, most: number] {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return least <= most ? [least, most] : [0, 0]
}

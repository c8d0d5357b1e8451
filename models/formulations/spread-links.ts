import type { SpreadRule } from '../contract/rules.js'
import type { FinalRule, Instance } from '../instance/instance.js'
import { spanOf } from '../instance/span.js'
import type { LinkingRow } from './linking-rows.js'

/** The kinds that some nodes are all the nodes of; null where they part a kind. */
export type KindsOf = (nodes: readonly number[]) => ReadonlySet<number> | null

/** Domains of a rule beyond which there would be too many rows. */
const MOST_DOMAINS = 6

/**
 * What affinity and spread say of how many members the domains host, as far as it is linear; the proofs stand in models/README.md. Nothing of
 * a rule that the start breaks, draining copies included: as much of it may stay broken.
 */
export function spreadLinks(instance: Instance, rule: FinalRule, kindsOf: KindsOf): LinkingRow[] {
  const { definition, deployments, domains } = rule
  if (definition.kind === 'at-least' || !holdsAtStart(instance, rule)) return []
  const name = `rule ${rule.rule}`
  const members = new Set(deployments)
  const inAny = new Set(domains.flatMap(({ nodes }) => nodes))
  const outside = new Set(instance.nodes.flatMap(({ index, kind }) => (inAny.has(index) ? [] : [kind])))
  const amount = (kinds: ReadonlySet<number>) => (kind: number, deployment: number) =>
    kinds.has(kind) && members.has(deployment) ? 1 : 0
  const rows: LinkingRow[] = []
  const atMost = (part: string, least: number, counted: ReturnType<typeof amount>, above?: ReturnType<typeof amount>) =>
    rows.push({
      name: `${name} ${part}`,
      least,
      copy: (kind, deployment) => (above?.(kind, deployment) ?? 0) - counted(kind, deployment)
    })
  if (outside.size > 0) atMost('outside', 0, amount(outside))
  if (definition.kind === 'affinity' || domains.length > MOST_DOMAINS) return rows
  const inDomain = domains.flatMap(({ label, nodes, counted }) => {
    const kinds = kindsOf(nodes)
    return kinds === null ? [] : [{ label, counted, hosts: amount(kinds) }]
  })
  const wanted = deployments.reduce((sum, index) => sum + (instance.deployments[index]?.desired ?? 0), 0)
  const { minDomains = 0, maxSkew = Infinity } = definition
  const others = Math.min(minDomains, wanted) - 1
  for (const { label, hosts } of inDomain) if (others > 0) atMost(`in ${label}`, others - wanted, hosts)
  if (maxSkew >= wanted) return rows
  for (const high of inDomain) {
    for (const low of inDomain) {
      if (low !== high && low.counted) atMost(`${high.label} above ${low.label}`, -maxSkew, high.hosts, low.hosts)
    }
  }
  return rows
}

/** Whether a rule holds at the start, where draining copies count. */
function holdsAtStart({ copies }: Instance, { definition, deployments, domains }: FinalRule): boolean {
  const members = copies.filter(({ deployment }) => deployments.includes(deployment))
  const levels = domains.map(({ nodes }) => members.filter(({ node }) => nodes.includes(node)).length)
  const used = levels.filter((level) => level > 0).length
  const placed = levels.reduce((sum, level) => sum + level, 0)
  if (placed < members.length) return false
  if (definition.kind === 'affinity') return used <= 1
  const { minDomains = 0, maxSkew = Infinity } = definition as SpreadRule
  const counted = levels.filter((level, domain) => level > 0 || domains[domain]?.counted === true)
  return used >= Math.min(minDomains, placed) && spanOf(counted) <= maxSkew
}

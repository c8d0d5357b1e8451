import { brokenRules, type PlacedCopy } from '../checker/broken-rules.js'
import { exceeds } from '../checker/tolerance.js'
import type { AffinityRule, SpreadRule } from '../contract/rules.js'
import { amountOf, type Fleet, type FleetKind, matches } from './fleet.js'
import type { FleetRow } from './linking.js'

/** The domain of all nodes of a kind; undefined where they have none, or not the same. */
export type DomainOf = (kind: number) => string | undefined

/**
 * Adds what affinity and spread say of sums: no member outside of the domains; with minDomains, room in one domain for all members but one for each
 * other; with maxSkew, no domain so much above one that counts. Nothing of a rule that the start breaks: it may stay broken.
 */
export function addSpreadRows(
  fleet: Fleet,
  index: number,
  rule: AffinityRule | SpreadRule,
  rows: Map<string, FleetRow>
): void {
  const { kinds, deployments } = fleet
  if (!holdsAtStart(fleet, rule)) return
  const isMember = deployments.map(({ id, isHeadroom }) => !isHeadroom && rule.deployments.includes(id))
  const domainOf = domainsOf(fleet, rule.topologyKey)
  const isIn = (kind: number, deployment: number, domain: string | undefined) =>
    Number(isMember[deployment] === true && domain !== undefined && domainOf(kind) === domain)
  const add = (part: string, least: number, copy: FleetRow['copy']) =>
    rows.set(`rule ${index} ${part}`, { least, stay: () => 0, copy })
  if (rule.topologyKey !== 'node') {
    const isOutside = kinds.map(({ labels }) => !Object.hasOwn(labels, rule.topologyKey))
    add('outside', 0, (kind, deployment) => -Number(isOutside[kind] === true && isMember[deployment] === true))
  }
  if (rule.kind === 'affinity') return
  const domains = new Set(kinds.flatMap((_, kind) => domainOf(kind) ?? []))
  const wanted = deployments.reduce((sum, { desired }, order) => sum + (isMember[order] === true ? desired : 0), 0)
  const others = Math.min(rule.minDomains ?? 0, wanted) - 1
  for (const domain of others > 0 ? domains : []) {
    add(`in ${domain}`, others - wanted, (kind, deployment) => -isIn(kind, deployment, domain))
  }
  const { maxSkew } = rule
  if (maxSkew === undefined) return
  const counted = new Set(
    kinds.flatMap((node, kind) =>
      node.ids.length > 0 && admitsOne(fleet, node, isMember) ? (domainOf(kind) ?? []) : []
    )
  )
  for (const high of domains) {
    for (const low of counted) {
      if (low === high) continue
      add(
        `${high} above ${low}`,
        -maxSkew,
        (kind, deployment) => isIn(kind, deployment, low) - isIn(kind, deployment, high)
      )
    }
  }
}

/** A node is a domain of its own: that of its kind where there is no other like it. */
function domainsOf({ kinds, problem, kindOfType }: Fleet, topologyKey: string): DomainOf {
  if (topologyKey !== 'node') {
    const labels = kinds.map((kind) => (Object.hasOwn(kind.labels, topologyKey) ? kind.labels[topologyKey] : undefined))
    return (kind) => labels[kind]
  }
  const taken = new Set(problem.nodes.map(({ id }) => id))
  const typeOf = new Map([...kindOfType].map(([type, kind]) => [kind, type]))
  const names = kinds.map(({ nodes, ids }, kind) => {
    if (nodes !== 1) return undefined
    if (ids[0] !== undefined) return ids[0]
    let number = 1
    while (taken.has(`new-${typeOf.get(kind)}-${number}`)) number++
    return `new-${typeOf.get(kind)}-${number}`
  })
  return (kind) => names[kind]
}

/** Selector and empty capacity admit a member: what makes a domain count for a spread. */
function admitsOne({ deployments }: Fleet, node: FleetKind, isMember: readonly boolean[]): boolean {
  return deployments.some(
    ({ options }, index) =>
      isMember[index] === true &&
      matches(options.nodeSelector, node.labels) &&
      Object.entries(options.demand).every(([resource, amount]) => !exceeds(amount, amountOf(node.capacity, resource)))
  )
}

/** Whether the independent checker finds nothing wrong with the start, draining copies included. */
function holdsAtStart({ problem }: Fleet, rule: AffinityRule | SpreadRule): boolean {
  const copies = problem.replicas.flatMap(({ deployment, node, devices }): PlacedCopy[] =>
    node === null ? [] : [{ deployment, node, devices }]
  )
  return brokenRules({ ...problem, rules: [rule] }, copies).every(({ code }) => code !== rule.kind)
}

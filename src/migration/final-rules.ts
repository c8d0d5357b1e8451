import type { FinalRule, Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import { spanOf } from '../../models/instance/span.js'

/** How far a rule that counts in the end is from holding: one number for each of its parts, all 0 when it holds. */
type Shortfall = readonly number[]

/** The deployments of final rules that a target leaves worse than the cluster is now. */
export function worsenedMembers(instance: Instance, target: Target): Set<number> {
  const now = instance.copies.map(({ deployment, node }) => ({ deployment, node }))
  const then = target.newcomers.map(({ deployment, node }) => ({ deployment, node }))
  for (const [index, place] of target.copies.entries()) {
    if (place !== null) then.push({ deployment: instance.copies[index]?.deployment ?? -1, node: place.node })
  }
  const worsened = new Set<number>()
  for (const rule of instance.finalRules) {
    const before = shortfall(rule, now)
    if (shortfall(rule, then).some((amount, part) => amount > (before[part] as number) + 1e-9)) {
      for (const deployment of rule.deployments) worsened.add(deployment)
    }
  }
  return worsened
}

function shortfall(
  rule: FinalRule,
  copies: readonly { readonly deployment: number; readonly node: number }[]
): Shortfall {
  const members = new Set(rule.deployments)
  const domainOf = new Map<number, number>()
  for (const [domain, { nodes }] of rule.domains.entries()) for (const node of nodes) domainOf.set(node, domain)
  const counts = new Map<number, number>()
  for (const [domain, { counted }] of rule.domains.entries()) if (counted) counts.set(domain, 0)
  let outside = 0
  let inside = 0
  for (const { deployment, node } of copies) {
    if (!members.has(deployment)) continue
    const domain = domainOf.get(node)
    if (domain === undefined) outside++
    else {
      inside++
      counts.set(domain, (counts.get(domain) ?? 0) + 1)
    }
  }
  const used = [...counts.values()].filter((count) => count > 0).length
  const { definition } = rule
  if (definition.kind === 'at-least') return [Math.max(0, definition.count - inside)]
  if (definition.kind === 'affinity') return [Math.max(0, used + (outside > 0 ? 1 : 0) - 1), outside]
  const skew = spanOf([...counts.values()])
  return [
    outside,
    definition.minDomains === undefined ? 0 : Math.max(0, Math.min(definition.minDomains, inside) - used),
    definition.maxSkew === undefined ? 0 : Math.max(0, skew - definition.maxSkew)
  ]
}

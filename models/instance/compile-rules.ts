import type { Problem } from '../contract/problem.js'
import { appendTo } from '../grouping.js'
import type { Conflict, Counter, FinalRule, InstanceDeployment, InstanceNode } from './instance.js'
import { isLegal } from './instance.js'
import { matchesSelector } from './selector.js'

type CompiledRules = {
  readonly counters: Counter[]
  readonly conflicts: Conflict[]
  readonly finalRules: FinalRule[]
}

/** Looks up the domains and members of every rule. */
export function compileRules(
  problem: Problem,
  nodes: readonly InstanceNode[],
  deployments: readonly InstanceDeployment[]
): CompiledRules {
  const rules: CompiledRules = { counters: [], conflicts: [], finalRules: [] }
  for (const [rule, definition] of problem.rules.entries()) {
    if (definition.kind === 'at-least') {
      const matching = nodes.filter((node) => matchesSelector(definition.nodeSelector, node.labels))
      const domain = { label: 'selected', nodes: matching.map(({ index }) => index), counted: true }
      const members = membersOf(definition.deployments, deployments, false)
      rules.finalRules.push({ rule, definition, deployments: members, domains: [domain] })
      continue
    }
    const domains = domainsOf(nodes, definition.topologyKey)
    if (definition.kind === 'anti-affinity') {
      const members = membersOf(definition.deployments, deployments, true)
      for (const [domain, inside] of domains) {
        rules.counters.push({
          code: 'anti-affinity',
          rule,
          domain,
          limit: definition.max,
          deployments: members,
          nodes: inside
        })
      }
    } else if (definition.kind === 'conflict') {
      const [left, right] = definition.between.map((side) => membersOf(side, deployments, true)) as [number[], number[]]
      for (const [domain, inside] of domains) rules.conflicts.push({ rule, domain, left, right, nodes: inside })
    } else {
      const members = membersOf(definition.deployments, deployments, false)
      const admits = (index: number) =>
        members.some((member) => admitsMember(problem, nodes, deployments, member, index))
      rules.finalRules.push({
        rule,
        definition,
        deployments: members,
        domains: [...domains].map(([label, inside]) => ({
          label,
          nodes: inside,
          counted: inside.some((index) => (nodes[index] as InstanceNode).purchase < 0 && admits(index))
        }))
      })
    }
  }
  return rules
}

/** Selector and empty capacity admit a member: what makes a domain count for a spread. */
function admitsMember(
  problem: Problem,
  nodes: readonly InstanceNode[],
  deployments: readonly InstanceDeployment[],
  member: number,
  index: number
): boolean {
  const node = nodes[index] as InstanceNode
  const { demand, family } = deployments[member] as InstanceDeployment
  const { nodeSelector } = problem.deployments[family] as Problem['deployments'][number]
  return (
    matchesSelector(nodeSelector, node.labels) &&
    demand.every((amount, resource) => isLegal(amount, node.capacity[resource] as number))
  )
}

/** Headroom counts where a copy would take a place, not where copies are spread. */
function membersOf(
  ids: readonly string[],
  deployments: readonly InstanceDeployment[],
  withHeadroom: boolean
): number[] {
  const wanted = new Set(ids)
  return deployments.flatMap((deployment) =>
    wanted.has(deployment.id) && (withHeadroom || !deployment.isHeadroom) ? [deployment.index] : []
  )
}

/** The nodes of every domain; a node without the label is in none. */
function domainsOf(nodes: readonly InstanceNode[], topologyKey: string): Map<string, number[]> {
  const domains = new Map<string, number[]>()
  for (const node of nodes) {
    const domain =
      topologyKey === 'node' ? node.id : Object.hasOwn(node.labels, topologyKey) ? node.labels[topologyKey] : undefined
    if (domain === undefined) continue
    appendTo(domains, domain, node.index)
  }
  return domains
}

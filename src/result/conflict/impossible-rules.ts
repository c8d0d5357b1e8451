import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import { widened } from '../../../models/instance/binding-limit.js'
import type { FinalRule, InstanceDeployment } from '../../../models/instance/instance.js'
import type { Conflict } from './conflict.js'
import { exceeds, type Room } from './room.js'
import { counted, listed } from './words.js'

/**
 * Rules that cannot hold on these nodes, each by itself. A rule that running replicas break already may stay broken where there
 * is no room to mend it: then it is named, and no proof.
 */
export function findImpossibleRules(room: Room): Conflict[] {
  return [...findFullDomains(room), ...room.instance.finalRules.flatMap((rule) => judgeFinalRule(room, rule))]
}

/** Anti-affinity: more members than all domains take together. */
function findFullDomains(room: Room): Conflict[] {
  const { instance } = room
  return instance.problem.rules.flatMap((definition, rule): Conflict[] => {
    if (definition.kind !== 'anti-affinity') return []
    const counters = instance.counters.filter((counter) => counter.rule === rule)
    const members = counters[0]?.deployments ?? []
    const wanted = room.requiredOf(members)
    const inside = new Set(counters.flatMap(({ nodes }) => nodes))
    const outside = instance.nodes.flatMap(({ index }) => (inside.has(index) ? [] : [index]))
    let most = room.mostOf(members, outside)
    let usable = 0
    for (const { nodes, limit } of counters) {
      const here = room.mostOf(members, nodes)
      const today = nodes.reduce(
        (sum, node) => sum + members.reduce((count, member) => count + room.today(member, node), 0),
        0
      )
      most += Math.min(here, Math.max(limit, today))
      usable += here > 0 ? 1 : 0
    }
    if (counters.length === 0 || wanted <= most) return []
    const message = `at most ${definition.max} of ${listed(definition.deployments)} in one domain of ${describeValue(definition.topologyKey)}; ${counted(usable, 'domain')} may take one, so ${most} in all, ${wanted} wanted`
    return [{ path: formatPath(['rules', rule]), message, isProof: true }]
  })
}

function judgeFinalRule(room: Room, { rule, definition, deployments, domains }: FinalRule): Conflict[] {
  const { instance } = room
  const total = room.requiredOf(deployments)
  const runs = deployments.some((index) => (instance.deployments[index] as InstanceDeployment).placed > 0)
  const names = listed(definition.deployments)
  const found: Conflict[] = []
  const report = (key: readonly PropertyKey[], message: string, isProof = !runs) =>
    found.push({ path: formatPath(['rules', rule, ...key]), message, isProof })
  if (definition.kind === 'at-least') {
    const wanted = deployments.reduce(
      (sum, index) => sum + (instance.deployments[index] as InstanceDeployment).desired,
      0
    )
    const most = Math.min(wanted, room.mostOf(deployments, domains[0]?.nodes ?? []))
    // Copies that are leaving count at the start: a rule that they satisfy is made worse by their end.
    const today = instance.copies.filter(
      ({ deployment, node }) => deployments.includes(deployment) && domains[0]?.nodes.includes(node)
    ).length
    const isProof = most < Math.min(today, definition.count)
    const asked = `at least ${definition.count} of ${names} asked on such nodes`
    if (definition.count > wanted) report(['count'], `${asked}, ${wanted} wanted in all`, isProof)
    else if (definition.count > most) report(['nodeSelector'], `${asked}, they have room for ${most}`, isProof)
    return found
  }
  if (total === 0) return found
  const label = describeValue(definition.topologyKey)
  if (domains.length === 0) {
    report(['topologyKey'], `${definition.kind} of ${names} asks for nodes with the label ${label}, no node has it`)
  } else if (definition.kind === 'affinity') {
    const largest = domains.reduce((most, { nodes }) => Math.max(most, fitsTogether(room, deployments, nodes)), 0)
    if (largest < total)
      report(
        [],
        `affinity wants all ${total} of ${names} in one domain of ${label}, the largest has room for ${largest}`
      )
  } else {
    const usable = domains.filter(({ nodes }) => room.mostOf(deployments, nodes) > 0).length
    const wanted = Math.min(definition.minDomains ?? 0, total)
    if (wanted > usable)
      report(
        ['minDomains'],
        `spread of ${names} over ${wanted} domains of ${label} asked, ${counted(usable, 'domain')} may take one`
      )
  }
  return found
}

/** An upper bound on the members that nodes hold together, when each deployment must be there in full. */
function fitsTogether(room: Room, deployments: readonly number[], nodes: readonly number[]): number {
  const { instance } = room
  let fitting = 0
  for (const index of deployments) fitting += Math.min(room.requiredOf([index]), room.mostOf([index], nodes))
  for (const resource of instance.resources.keys()) {
    const demand = (index: number) => instance.deployments[index]?.demand[resource] as number
    const wanted = deployments.reduce((sum, index) => sum + demand(index) * room.requiredOf([index]), 0)
    const now = (node: number) => deployments.reduce((sum, index) => sum + demand(index) * room.today(index, node), 0)
    const most = nodes.reduce(
      (sum, node) => sum + Math.max(now(node), widened(instance.nodes[node]?.capacity[resource] as number)),
      0
    )
    const smallest = Math.min(...deployments.map(demand).filter((amount) => amount > 0))
    if (exceeds(wanted, most)) fitting = Math.min(fitting, Math.floor(most / smallest + 1e-6))
  }
  return fitting
}

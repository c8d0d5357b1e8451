import type { AntiAffinityRule, ConflictRule } from '../contract/rules.js'
import { groupBy } from '../grouping.js'
import type { Cluster } from './cluster.js'
import { type ClusterDeployment, type ClusterNode, type Copy, devicesHeld, devicesOf, domainOf } from './cluster.js'
import { devicesMissing } from './device-fit.js'
import { addExcess, type Excess, type ExcessTable, Tally } from './excess.js'
import { exceeds } from './tolerance.js'

/** What lists of copies break that were asked about before: today's placement is, again and again. */
const knownExcess = new WeakMap<readonly Copy[], ExcessTable>()

/**
 * What a set of copies breaks of the rules that hold at every moment: capacity, devices, counts a node, anti-affinity, conflict.
 * Copies belong to one cluster, and their list does not change.
 */
export function continuousExcess(cluster: Cluster, copies: readonly Copy[]): ExcessTable {
  const table = knownExcess.get(copies) ?? findExcess(cluster, copies)
  knownExcess.set(copies, table)
  return table
}

function findExcess(cluster: Cluster, copies: readonly Copy[]): ExcessTable {
  const table = new Map<string, Excess>()
  for (const [node, there] of groupBy(copies, (copy) => copy.node)) {
    addCapacity(table, node, there)
    addDevices(table, node, there)
    addCounts(table, node, there)
  }
  for (const [index, rule] of cluster.rules.entries()) {
    if (rule.kind === 'anti-affinity') addAntiAffinity(table, index, rule, copies)
    if (rule.kind === 'conflict') addConflict(table, index, rule, copies)
  }
  return table
}

function addCapacity(table: Map<string, Excess>, node: ClusterNode, copies: readonly Copy[]): void {
  const held = new Tally<string>()
  for (const { deployment } of copies) for (const [resource, amount] of deployment.demand) held.add(resource, amount)
  for (const [resource, amount] of held) {
    const capacity = node.capacity.get(resource) ?? 0
    if (!exceeds(amount, capacity)) continue
    const message = `${node.id}: ${amount} ${resource} held, capacity ${capacity}`
    addExcess(table, { code: 'capacity', where: node.id, amount: amount - capacity, message }, resource)
  }
}

function addDevices(table: Map<string, Excess>, node: ClusterNode, copies: readonly Copy[]): void {
  const resources = new Set(copies.flatMap((copy) => copy.deployment.deviceResources))
  for (const resource of resources) {
    const loads = new Tally<number>()
    const shares: number[] = []
    let whole = 0
    for (const { deployment, devices } of copies) {
      const demand = deployment.demand.get(resource) ?? 0
      const stated = devicesOf(devices, resource)
      if (demand === 0) continue
      if (stated !== undefined) for (const device of stated) loads.add(device, Math.min(demand, 1))
      else if (demand < 1) shares.push(demand)
      else whole += devicesHeld(demand)
    }
    const count = node.capacity.get(resource) ?? 0
    let amount = 0
    for (const [device, load] of loads)
      if (device >= count || exceeds(load, 1)) amount += device >= count ? load : load - 1
    if (shares.length + whole > 0) amount += devicesMissing(count, [...loads.values()], shares, whole)
    if (amount === 0) continue
    const message = `${node.id}: the copies do not fit on its ${count} devices of ${resource}, by ${amount}`
    addExcess(table, { code: 'devices', where: node.id, amount, message }, resource)
  }
}

function addCounts(table: Map<string, Excess>, node: ClusterNode, copies: readonly Copy[]): void {
  const counts = new Tally<ClusterDeployment>()
  for (const { deployment } of copies) counts.add(deployment)
  for (const [deployment, number] of counts) {
    const most = deployment.options.maxReplicasPerNode ?? Number.POSITIVE_INFINITY
    if (number <= most) continue
    const message = `${node.id}: ${number} replicas of ${deployment.id}, at most ${most} a node`
    const excess = { code: 'max-replicas-per-node', where: node.id, amount: number - most, message } as const
    addExcess(table, excess, deployment.id)
  }
}

function addAntiAffinity(
  table: Map<string, Excess>,
  index: number,
  rule: AntiAffinityRule,
  copies: readonly Copy[]
): void {
  for (const [domain, number] of countByDomain(copies, rule.deployments, rule.topologyKey)) {
    if (number <= rule.max) continue
    const message = `rules[${index}]: ${number} replicas in ${domain}, at most ${rule.max}`
    addExcess(table, { code: 'anti-affinity', where: domain, amount: number - rule.max, message }, index)
  }
}

function addConflict(table: Map<string, Excess>, index: number, rule: ConflictRule, copies: readonly Copy[]): void {
  const [left, right] = rule.between.map((side) => countByDomain(copies, side, rule.topologyKey))
  for (const [domain, number] of left ?? []) {
    const amount = Math.min(number, right?.count(domain) ?? 0)
    if (amount === 0) continue
    const message = `rules[${index}]: both sides of the conflict are in ${domain}`
    addExcess(table, { code: 'conflict', where: domain, amount, message }, index)
  }
}

/** Members of a rule by domain; those on nodes without the label are in none. */
export function countByDomain(
  copies: readonly Copy[],
  deployments: readonly string[],
  topologyKey: string
): Tally<string> {
  const members = new Set(deployments)
  const counts = new Tally<string>()
  for (const { deployment, node } of copies) {
    const domain = members.has(deployment.id) ? domainOf(node, topologyKey) : undefined
    if (domain !== undefined) counts.add(domain)
  }
  return counts
}

import type { Instance, InstanceDeployment, InstanceNode } from '../instance/instance.js'
import { mayStart } from '../instance/instance.js'
import { mostCopies } from './node-inequality.js'

/** An instance in which deployments that patterns cannot tell apart are one. Its nodes and copies have their own numbers. */
export interface MergedInstance {
  readonly instance: Instance
  /** [deployment]: what it is in the merged instance. */
  readonly mergedOf: Int32Array
}

/**
 * Merges deployments whose copies take the same and may go to the same nodes, where nothing else tells them apart: no limit of their
 * own, no rule, no headroom, no surplus. Then only their sum matters, as copies that stay are never too many of one of them.
 * Fewer deployments are fewer rows of a master and shorter tables.
 */
export function mergeAlike(instance: Instance): MergedInstance {
  const firstOf = firstNodes(instance)
  const told = toldApart(instance)
  const known = new Map<string, number>()
  const members: InstanceDeployment[][] = []
  const mergedOf = Int32Array.from(instance.deployments, (deployment) => {
    const isAlone = told.has(deployment.index) || hasOwnLimit(instance, deployment, firstOf)
    const hosts = firstOf.map(({ index }) => Number(mayStart(instance, deployment.index, index)))
    const key = isAlone ? `${deployment.index}` : `${deployment.demand.join()} on ${hosts.join('')}`
    const merged = known.get(key)
    if (merged !== undefined) {
      members[merged]?.push(deployment)
      return merged
    }
    known.set(key, members.length)
    return members.push([deployment]) - 1
  })
  if (members.length === instance.deployments.length) return { instance, mergedOf }
  return { instance: rewrite(instance, members, mergedOf), mergedOf }
}

/** One node of every kind. */
function firstNodes({ nodes }: Instance): InstanceNode[] {
  const seen = new Set<number>()
  return nodes.filter(({ kind }) => !seen.has(kind) && seen.add(kind))
}

/** Deployments of which more than their sum matters. */
function toldApart({ deployments, counters, conflicts, finalRules, budget }: Instance): Set<number> {
  const told = new Set<number>()
  for (const { index, family, isHeadroom, surplus } of deployments) {
    if (isHeadroom) told.add(index).add(family)
    if (surplus > 0 || Number.isFinite(budget.perDeployment)) told.add(index)
  }
  for (const rule of [...counters, ...finalRules]) for (const index of rule.deployments) told.add(index)
  for (const { left, right } of conflicts) for (const index of [...left, ...right]) told.add(index)
  return told
}

/** Whether it may be its own limit for a node, rather than capacity, that binds it. */
function hasOwnLimit(
  instance: Instance,
  { index, maxReplicasPerNode }: InstanceDeployment,
  nodes: InstanceNode[]
): boolean {
  return nodes.some((node) => mostCopies(instance, index, node) >= maxReplicasPerNode)
}

function rewrite(
  instance: Instance,
  members: readonly (readonly InstanceDeployment[])[],
  mergedOf: Int32Array
): Instance {
  const { nodes, copies, counters, conflicts, finalRules, deployments } = instance
  const to = (index: number) => mergedOf[index] as number
  const all = (indices: readonly number[]) => [...new Set(indices.map(to))]
  const eligible = new Uint8Array(members.length * nodes.length)
  for (const [merged, [first]] of members.entries()) {
    const from = (first as InstanceDeployment).index * nodes.length
    eligible.set(instance.eligible.subarray(from, from + nodes.length), merged * nodes.length)
  }
  const sum = (of: readonly InstanceDeployment[], key: 'desired' | 'placed') =>
    of.reduce((total, deployment) => total + deployment[key], 0)
  return {
    ...instance,
    deployments: members.map((of, index) => ({
      ...(of[0] as InstanceDeployment),
      index,
      family: to((of[0] as InstanceDeployment).family),
      desired: sum(of, 'desired'),
      placed: sum(of, 'placed'),
      pending: of.flatMap(({ pending }) => pending)
    })),
    realDeployments: new Set(deployments.flatMap(({ isHeadroom, index }) => (isHeadroom ? [] : [to(index)]))).size,
    copies: copies.map((copy) => ({ ...copy, deployment: to(copy.deployment) })),
    counters: counters.map((counter) => ({ ...counter, deployments: all(counter.deployments) })),
    conflicts: conflicts.map((conflict) => ({ ...conflict, left: all(conflict.left), right: all(conflict.right) })),
    finalRules: finalRules.map((rule) => ({ ...rule, deployments: all(rule.deployments) })),
    eligible
  }
}

import type { Problem, Replica } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { canonicalJson } from '../hash.js'

/** What of a cluster is compared: nodes and deployments. */
export interface Concern {
  readonly node: (id: string) => boolean
  readonly deployment: (id: string) => boolean
}

const everything: Concern = { node: () => true, deployment: () => true }

/** The nodes and deployments that a plan is about: those of its steps, and deployments that share a rule with one of them. */
export function concernOf({ rules, replicas }: Problem, { plan }: Result): Concern {
  const deploymentOf = new Map(replicas.map(({ id, deployment }) => [id, deployment]))
  const nodes = new Set<string>()
  const deployments = new Set<string>()
  for (const step of plan.steps) {
    for (const node of step.action === 'shift' ? [step.from, step.to] : [step.node]) nodes.add(node)
    if (!('replica' in step)) continue
    const deployment = deploymentOf.get(step.replica) ?? step.deployment
    if (deployment !== undefined) deployments.add(deployment)
  }
  const touched = new Set(deployments)
  for (const rule of rules) {
    const members = rule.kind === 'conflict' ? rule.between.flat() : rule.deployments
    if (members.some((id) => touched.has(id))) for (const id of members) deployments.add(id)
  }
  return { node: (id) => nodes.has(id), deployment: (id) => deployments.has(id) }
}

/**
 * How a cluster differs from what it was, in words: the first difference that is of concern. null: it is the same, or what was under way has
 * come to its end, as every plan expects: a copy that was draining is gone, one that was starting runs.
 */
export function findDifference(before: Problem, after: Problem, concern: Concern = everything): string | null {
  return (
    compareEach('node', before.nodes, after.nodes, ({ id }) => concern.node(id)) ??
    compareEach('deployment', before.deployments, after.deployments, ({ id }) => concern.deployment(id)) ??
    compareEach(
      'replica',
      settle(before.replicas, after.replicas),
      after.replicas,
      ({ node, deployment }) => concern.deployment(deployment) || (node !== null && concern.node(node))
    ) ??
    (canonicalJson(rest(before)) === canonicalJson(rest(after)) ? null : 'what is wanted of the cluster has changed')
  )
}

/** The copies of before, as far as what was under way has come to its end since. */
function settle(before: readonly Replica[], after: readonly Replica[]): Replica[] {
  const now = new Map(after.map((replica) => [replica.id, replica]))
  return before.flatMap((replica) => {
    const { id, state } = replica
    if (state === 'draining' && !now.has(id)) return []
    return state === 'starting' && now.get(id)?.state === 'running' ? { ...replica, state: 'running' } : replica
  })
}

/** What is neither node nor copy, nor a word about the reading itself. */
function rest({ name, source, takenAt, nodes, deployments, replicas, ...wanted }: Problem): object {
  return wanted
}

function compareEach<Item extends { readonly id: string }>(
  kind: string,
  before: readonly Item[],
  after: readonly Item[],
  concerns: (item: Item) => boolean
): string | null {
  const left = new Map(before.map((item) => [item.id, item]))
  for (const item of after) {
    const old = left.get(item.id)
    left.delete(item.id)
    if (!concerns(item) && (old === undefined || !concerns(old))) continue
    if (old === undefined) return `${kind} ${item.id} has come`
    if (canonicalJson(old) === canonicalJson(item)) continue
    const keys = new Set([...Object.keys(old), ...Object.keys(item)]) as Set<keyof Item>
    const changed = [...keys].filter((key) => canonicalJson({ of: old[key] }) !== canonicalJson({ of: item[key] }))
    return `${kind} ${item.id} has changed: ${changed.map(String).join(', ')}`
  }
  for (const item of left.values()) if (concerns(item)) return `${kind} ${item.id} has gone`
  return null
}

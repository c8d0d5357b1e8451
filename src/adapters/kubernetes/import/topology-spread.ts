import type { SpreadConstraint } from '../objects/affinity.js'
import type { Node } from '../objects/node.js'
import type { ImportedNode } from './node-roster.js'
import { selectsNode } from './node-terms.js'
import { sortSubjects } from './pod-index.js'
import { completeSelector } from './pod-terms.js'
import { adaptGroup, idsOf, pinGroup, type Scene } from './scene.js'
import { tolerates } from './taints.js'
import type { WorkloadGroup } from './workload-groups.js'

/** Whether an empty node has room for a pod of a workload. */
export type FitsEmpty = (group: WorkloadGroup, node: ImportedNode) => boolean

/**
 * Topology spread constraints with DoNotSchedule, as far as they select exactly the pods that they bind; everything else pins the
 * workload. Kubernetes counts at each start, pods about to be replaced among them, and a spread of the contract counts in the end: so a
 * limit in each domain holds all the way.
 */
export function translateTopologySpread(scene: Scene, fitsEmpty: FitsEmpty): void {
  const stated = new Set<string>()
  for (const group of scene.groups) {
    const constraints = hardConstraints(group)
    for (const { topologyKey } of constraints) {
      const label = scene.roster.topologyLabel(topologyKey)
      if (label !== 'node') group.conditions.requireExistence(label, true)
    }
    for (const constraint of constraints) translate(scene, group, constraint, fitsEmpty, stated)
  }
}

function hardConstraints({ spec }: WorkloadGroup): readonly SpreadConstraint[] {
  return (spec.topologySpreadConstraints ?? []).filter(
    ({ whenUnsatisfiable }) => whenUnsatisfiable !== 'ScheduleAnyway'
  )
}

function translate(
  scene: Scene,
  group: WorkloadGroup,
  constraint: SpreadConstraint,
  fitsEmpty: FitsEmpty,
  stated: Set<string>
): void {
  const { index, roster, rules } = scene
  const selector = completeSelector(constraint.labelSelector, group.labels, constraint.matchLabelKeys)
  const { whole, partly, fixed } = sortSubjects(index.select(selector, [group.namespace]))
  // It counts nobody, so that it asks for the label only.
  if (whole.size + partly.size + fixed.length === 0) return
  const bound = describeBond(group, constraint)
  const members = [...whole]
  const isOwn =
    whole.has(group) &&
    partly.size === 0 &&
    fixed.length === 0 &&
    members.every((member) => hardConstraints(member).some((other) => describeBond(member, other) === bound))
  if (!isOwn) {
    const reason = `its topology spread over ${constraint.topologyKey} counts other pods than its own`
    pinGroup(group, { code: 'topology-spread', reason, blocksStarts: true })
    return
  }
  const deployments = idsOf(members)
  if (stated.size === stated.add(JSON.stringify([deployments, bound])).size) return
  // What neither moves nor starts is not spread anew.
  if (members.every(isSettled)) return
  const topologyKey = roster.topologyLabel(constraint.topologyKey)
  const domains = eligibleDomains(scene, group, constraint)
  const starts = members.map((member) => ({ member, predicate: member.conditions.toPredicate() }))
  const isUsable = (nodes: readonly ImportedNode[]) =>
    nodes.some(
      (node) =>
        node.acceptsReplicas &&
        starts.some(({ member, predicate }) => fitsEmpty(member, node) && roster.admits(node, predicate))
    )
  const isShort = domains.size < (constraint.minDomains ?? 1)
  const counts = countPods(scene, members, constraint)
  if (!isShort && [...domains.values()].every(isUsable)) {
    const max = Math.max(leastIn(domains, counts, members) + constraint.maxSkew, ...counts.values())
    rules.push({ kind: 'spread', deployments, topologyKey, maxSkew: constraint.maxSkew })
    rules.push({ kind: 'anti-affinity', deployments, topologyKey, max })
    return
  }
  // The emptiest domain has no pod and never will: each of the others takes as many as may be more than none.
  const why = isShort ? `there are fewer than ${constraint.minDomains} domains` : 'a domain can take none of its pods'
  if ([...counts.values()].some((count) => count > constraint.maxSkew)) {
    const reason = `its topology spread over ${constraint.topologyKey} is broken already: ${why}`
    for (const member of members) pinGroup(member, { code: 'topology-spread', reason, blocksStarts: true })
    return
  }
  rules.push({ kind: 'anti-affinity', deployments, topologyKey, max: constraint.maxSkew })
  const reason = `its topology spread over ${constraint.topologyKey} allows ${constraint.maxSkew} of its pods in each domain, because ${why}`
  adaptGroup(scene, group, 'topology-spread-limit', reason)
}

function countPods({ roster }: Scene, members: readonly WorkloadGroup[], { topologyKey }: SpreadConstraint) {
  const counts = new Map<string, number>()
  for (const { node } of members.flatMap(({ live }) => live)) {
    const domain = node === null ? undefined : roster.domainOf(node, topologyKey)
    if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + 1)
  }
  return counts
}

/** Pods in the emptiest domain: as there are or, where some wait for a node, as there will be when they are spread evenly. */
function leastIn(
  domains: ReadonlyMap<string, unknown>,
  counts: ReadonlyMap<string, number>,
  members: readonly WorkloadGroup[]
): number {
  const desired = members.reduce((sum, member) => sum + member.desired, 0)
  const placed = members.reduce((sum, { live }) => sum + live.filter(({ node }) => node !== null).length, 0)
  if (desired > placed) return Math.floor(desired / domains.size)
  return [...domains.keys()].reduce((least, domain) => Math.min(least, counts.get(domain) ?? 0), placed)
}

function isSettled({ pins, live, desired }: WorkloadGroup): boolean {
  return pins.length > 0 && desired <= live.length && live.every(({ node }) => node !== null)
}

/** What must be the same for constraints of several workloads to be one: what they ask for, and on which nodes. */
function describeBond({ spec, labels, namespace }: WorkloadGroup, constraint: SpreadConstraint): string {
  const { topologyKey, maxSkew, minDomains, nodeAffinityPolicy, nodeTaintsPolicy } = constraint
  return JSON.stringify([
    namespace,
    completeSelector(constraint.labelSelector, labels, constraint.matchLabelKeys),
    [topologyKey, maxSkew, minDomains ?? 1, nodeAffinityPolicy ?? 'Honor', nodeTaintsPolicy ?? 'Ignore'],
    [spec.nodeSelector ?? {}, spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? null],
    spec.tolerations ?? []
  ])
}

/** The domains that the scheduler counts: of nodes with the labels of all constraints, which affinity and taints admit as far as they are heeded. */
function eligibleDomains(
  { roster }: Scene,
  group: WorkloadGroup,
  { topologyKey, nodeAffinityPolicy, nodeTaintsPolicy }: SpreadConstraint
): Map<string, readonly ImportedNode[]> {
  const keys = hardConstraints(group).map((constraint) => constraint.topologyKey)
  const counts = (node: ImportedNode) =>
    keys.every((key) => roster.domainOf(node, key) !== undefined) &&
    (nodeAffinityPolicy === 'Ignore' || selectsNode(group.spec, node)) &&
    (nodeTaintsPolicy !== 'Honor' || isTolerated(group, node, node.object))
  return new Map(
    [...roster.domains(topologyKey)].flatMap(([domain, nodes]) => {
      const counted = nodes.filter(counts)
      return counted.length === 0 ? [] : [[domain, counted] as const]
    })
  )
}

function isTolerated({ spec }: WorkloadGroup, { taints }: ImportedNode, { spec: nodeSpec }: Node): boolean {
  return nodeSpec?.unschedulable !== true && taints.every((taint) => tolerates(spec.tolerations, taint))
}

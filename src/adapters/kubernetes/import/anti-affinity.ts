import type { Labels } from '../../../../models/contract/quantities.js'
import type { PodAffinityTerm } from '../objects/affinity.js'
import type { PodSpec } from '../objects/pod.js'
import type { ImportedNode } from './node-roster.js'
import type { FixedPod } from './pod-entries.js'
import { type Selection, sortSubjects } from './pod-index.js'
import { describePodTerm, type PodTerm, requiredPodTerms } from './pod-terms.js'
import { adaptGroup, idsOf, pinGroup, type Scene, shutOut } from './scene.js'
import type { WorkloadGroup } from './workload-groups.js'

/** A term of anti-affinity, and everybody who has it. */
interface HeldTerm {
  readonly term: PodTerm
  readonly holders: Set<WorkloadGroup>
  readonly fixed: FixedPod[]
}

/**
 * Required pod anti-affinity. It works both ways: a pod may not start near those that it shuns, nor near those that shun it. Nodes
 * without the topology key's label are in no domain, here as there.
 */
export function translateAntiAffinity(scene: Scene): void {
  const held = new Map<string, HeldTerm>()
  const hold = (spec: PodSpec, namespace: string, labels: Labels, holder: WorkloadGroup | FixedPod) => {
    for (const stated of requiredPodTerms(spec, 'podAntiAffinity')) {
      const term = scene.terms.read(stated, namespace, labels)
      if (term === null) {
        pinUnknown(scene, stated, labels, namespace, 'spec' in holder ? holder : null)
        continue
      }
      const key = JSON.stringify(term)
      const known = held.get(key) ?? { term, holders: new Set(), fixed: [] }
      if ('spec' in holder) known.holders.add(holder)
      else known.fixed.push(holder)
      held.set(key, known)
    }
  }
  for (const group of scene.groups) hold(group.spec, group.namespace, group.labels, group)
  for (const pod of scene.fixed) hold(pod.pod.spec, pod.namespace, pod.labels, pod)
  for (const each of held.values()) {
    const selection = sortSubjects(scene.index.select(each.term.selector, each.term.namespaces))
    keepApart(scene, each, selection)
    avoidFixed(scene, each, selection)
  }
}

/** Between workloads: one of all that shun each other and themselves, and none of the others. */
function keepApart(scene: Scene, { term, holders }: HeldTerm, { whole }: Selection): void {
  const both = [...holders].filter((group) => whole.has(group))
  const onlyHold = [...holders].filter((group) => !whole.has(group))
  const onlySelected = [...whole].filter((group) => !holders.has(group))
  const topologyKey = () => scene.roster.topologyLabel(term.topologyKey)
  if (both.length > 0) {
    scene.rules.push({ kind: 'anti-affinity', deployments: idsOf(both), topologyKey: topologyKey(), max: 1 })
  }
  const conflict = (left: readonly WorkloadGroup[], right: readonly WorkloadGroup[]) => {
    if (left.length === 0 || right.length === 0) return
    scene.rules.push({ kind: 'conflict', between: [idsOf(left), idsOf(right)], topologyKey: topologyKey() })
  }
  conflict([...holders], onlySelected)
  conflict(onlyHold, both)
}

/** What cannot move shuts its domains: pods that belong to their nodes, and pods of workloads of which only some are selected. */
function avoidFixed(
  scene: Scene,
  { term, holders, fixed }: HeldTerm,
  { whole, partly, fixed: selected }: Selection
): void {
  const text = describePodTerm(term)
  const shut = (pods: Iterable<{ readonly node: ImportedNode | null }>) => {
    const nodes = [...pods].flatMap(({ node }) => (node === null ? [] : [node]))
    return scene.roster.around(nodes, term.topologyKey)
  }
  shutOut(scene, 'near-shunned', text, shut(selected), [...holders])
  shutOut(scene, 'near-shunning', text, shut(fixed), [...whole, ...partly.keys()])
  for (const [group, entries] of partly) {
    pinGroup(group, {
      code: 'partly-selected',
      reason: `an anti-affinity (${text}) selects some of its pods and not others`,
      blocksStarts: true
    })
    const others = [...holders].filter((holder) => holder !== group)
    const reason = `it shuns pods that are pinned, so it may not start near ${group.id}`
    for (const holder of others) adaptGroup(scene, holder, 'anti-affinity-label', reason)
    shutOut(scene, 'near-shunned', `${group.id} as ${text}`, shut(entries), others)
  }
}

/** Without the labels of namespaces nobody knows whom the term means: everybody whom it may mean stays. */
function pinUnknown(
  scene: Scene,
  stated: PodAffinityTerm,
  labels: Labels,
  namespace: string,
  holder: WorkloadGroup | null
): void {
  const reason = 'a pod anti-affinity selects namespaces by labels that the snapshot does not have'
  const pin = { code: 'unknown-namespaces', reason, remedy: 'get namespaces, too', blocksStarts: true }
  if (holder !== null) pinGroup(holder, pin)
  const anywhere = scene.terms.read({ ...stated, namespaceSelector: {} }, namespace, labels)
  for (const { group } of scene.index.select(anywhere?.selector, null)) if (group !== null) pinGroup(group, pin)
}

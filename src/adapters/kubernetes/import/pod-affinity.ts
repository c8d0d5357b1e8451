import type { ImportedNode } from './node-roster.js'
import type { PodEntry } from './pod-entries.js'
import type { Subject } from './pod-index.js'
import { describePodTerm, type PodTerm, requiredPodTerms } from './pod-terms.js'
import { adaptGroup, pinGroup, restrictTo, type Scene } from './scene.js'
import type { WorkloadGroup } from './workload-groups.js'

/** A placed pod near which another one may start. */
interface Anchor {
  readonly node: ImportedNode
  /** null for a pod that belongs to its node. */
  readonly group: WorkloadGroup | null
  readonly entry: PodEntry
}

/**
 * Required pod affinity: a pod may start only in the domains of pods that all its terms select. A rule of the contract counts in the
 * end only, but Kubernetes asks at each start; so the anchors are kept where they are, or in their one domain, and the workload may
 * start in their domains.
 */
export function translatePodAffinity(scene: Scene): void {
  for (const group of scene.groups) {
    const stated = requiredPodTerms(group.spec, 'podAffinity')
    if (stated.length === 0) continue
    const terms = stated.flatMap((term) => scene.terms.read(term, group.namespace, group.labels) ?? [])
    if (terms.length < stated.length) {
      const reason = 'its pod affinity selects namespaces by labels that the snapshot does not have'
      pinGroup(group, { code: 'unknown-namespaces', reason, remedy: 'get namespaces, too', blocksStarts: true })
    } else attach(scene, group, terms)
  }
}

function attach(scene: Scene, group: WorkloadGroup, terms: readonly PodTerm[]): void {
  const selected = selectAll(scene, terms)
  const anchors = selected.flatMap(({ entry, group: owner }): Anchor[] => {
    if (entry === null || entry.node === null || entry.isTerminating) return []
    return [{ node: entry.node, group: owner, entry }]
  })
  const text = terms.map(describePodTerm).join(' and ')
  if (anchors.length === 0) {
    startTogether(scene, group, terms, selected, text)
    return
  }
  const movable = new Set(
    anchors.flatMap(({ group: owner, entry }) => (owner !== null && !staysPut(owner, entry) ? [owner] : []))
  )
  let lasting = anchors.filter(({ group: owner }) => owner === null || !movable.has(owner))
  if (lasting.length === 0) {
    if (isOneDomain(scene, anchors, terms)) {
      lasting = anchors
      for (const owner of movable) {
        if (owner === group) continue
        restrictTo(scene, 'near', text, domainsOf(scene, anchors, terms), owner)
        adaptGroup(
          scene,
          owner,
          'affinity-anchor',
          `${group.id} must be near it, so its pods stay in the domain where they are (${text})`
        )
      }
    } else {
      for (const owner of movable) {
        const reason =
          owner === group
            ? `its pod affinity (${text}) binds its pods to each other, and they are in several domains`
            : `${group.id} must be near its pods (${text}), and these are in several domains`
        if (owner !== group || movable.size === 1) pinGroup(owner, { code: 'affinity-anchor', reason })
      }
      lasting = anchors.filter(({ group: owner }) => owner !== group || movable.size === 1)
    }
  }
  const label = restrictTo(scene, 'near', text, domainsOf(scene, lasting, terms), group)
  adaptGroup(
    scene,
    group,
    'affinity-label',
    `its pod affinity lets it start near ${text} only: on nodes with the label ${JSON.stringify(label)}`
  )
}

/** Nothing is there yet that it must be near: only a workload that means itself may start, all of it in one domain. */
function startTogether(
  { roster, rules }: Scene,
  group: WorkloadGroup,
  terms: readonly PodTerm[],
  selected: readonly Subject[],
  text: string
): void {
  if (selected.length === 0 || selected.some(({ group: owner }) => owner !== group)) {
    const reason = `its pod affinity (${text}) is met nowhere`
    pinGroup(group, { code: 'affinity-unmet', reason, blocksStarts: true })
    return
  }
  for (const { topologyKey } of terms) {
    const label = roster.topologyLabel(topologyKey)
    rules.push({ kind: 'affinity', deployments: [group.id], topologyKey: label })
    if (label !== 'node') group.conditions.requireExistence(label, true)
  }
}

/** What all terms select: with several, only pods that each of them means count, as for the scheduler. */
function selectAll({ index }: Scene, terms: readonly PodTerm[]): Subject[] {
  const [first = [], ...others] = terms.map(({ selector, namespaces }) => new Set(index.select(selector, namespaces)))
  return [...first].filter((subject) => others.every((other) => other.has(subject)))
}

function staysPut({ pins }: WorkloadGroup, entry: PodEntry): boolean {
  return pins.length > 0 || entry.pins.length > 0
}

/** The nodes that are near some of the pods by every term. */
function domainsOf({ roster }: Scene, anchors: readonly Anchor[], terms: readonly PodTerm[]): Set<ImportedNode> {
  const places = anchors.map(({ node }) => node)
  const [first = new Set<ImportedNode>(), ...others] = terms.map(({ topologyKey }) =>
    roster.around(places, topologyKey)
  )
  return new Set([...first].filter((node) => others.every((other) => other.has(node))))
}

/** Whether all pods are in one domain by every term, none of them outside of any. */
function isOneDomain({ roster }: Scene, anchors: readonly Anchor[], terms: readonly PodTerm[]): boolean {
  return terms.every(({ topologyKey }) => {
    const domains = new Set(anchors.map(({ node }) => roster.domainOf(node, topologyKey)))
    return domains.size === 1 && !domains.has(undefined)
  })
}

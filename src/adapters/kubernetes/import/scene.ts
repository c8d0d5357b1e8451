import type { Rule } from '../../../../models/contract/rules.js'
import type { MarkNames } from './mark-names.js'
import type { ImportedNode, NodeRoster } from './node-roster.js'
import type { Pin } from './pin.js'
import type { FixedPod } from './pod-entries.js'
import type { PodIndex } from './pod-index.js'
import type { TermReader } from './pod-terms.js'
import type { Remarks } from './remarks.js'
import type { WorkloadGroup } from './workload-groups.js'

/** A cluster while its rules are translated: who is there, and what is found out. */
export interface Scene {
  readonly roster: NodeRoster
  readonly groups: readonly WorkloadGroup[]
  readonly fixed: readonly FixedPod[]
  readonly index: PodIndex
  readonly terms: TermReader
  readonly marks: MarkNames
  readonly remarks: Remarks
  /** Rules of the Problem, added to. */
  readonly rules: Rule[]
}

/** Says that something about a workload is understood in another way. */
export function adaptGroup(
  { remarks }: Scene,
  { kind, namespace, name }: WorkloadGroup,
  code: string,
  reason: string
): void {
  remarks.adapt({ kind, id: `${namespace}/${name}`, code, reason })
}

/** Keeps all pods of a workload where they are; the same reason counts once. */
export function pinGroup(group: WorkloadGroup, pin: Pin): void {
  const isKnown = group.pins.some(({ code, reason }) => code === pin.code && reason === pin.reason)
  if (!isKnown) group.pins.push(pin)
}

/** Keeps workloads from starting on some nodes, by a label there, named `kind:text`, which they must not find. */
export function shutOut(
  scene: Scene,
  kind: string,
  text: string,
  nodes: ReadonlySet<ImportedNode>,
  groups: readonly WorkloadGroup[]
): void {
  if (nodes.size === 0 || groups.length === 0) return
  const label = markNodes(scene, kind, text, nodes)
  for (const group of groups) group.conditions.requireExistence(label, false)
}

/** Lets a workload start on some nodes only, by a label there, named `kind:text`, which it must find. Returns the label. */
export function restrictTo(
  scene: Scene,
  kind: string,
  text: string,
  nodes: ReadonlySet<ImportedNode>,
  group: WorkloadGroup
): string {
  const label = markNodes(scene, kind, text, nodes)
  group.conditions.requireExistence(label, true)
  return label
}

/** Labels with one name are on the same nodes: the same text about other nodes is another label. */
function markNodes({ marks, roster }: Scene, kind: string, text: string, nodes: ReadonlySet<ImportedNode>): string {
  const variant = [...nodes].map(({ index }) => index).sort((left, right) => left - right)
  const label = marks.nameOf(kind, text, variant.join())
  roster.mark(label, nodes)
  return label
}

/** The ids of workloads, in one order. */
export function idsOf(groups: Iterable<WorkloadGroup>): string[] {
  return [...groups].map(({ id }) => id).sort()
}

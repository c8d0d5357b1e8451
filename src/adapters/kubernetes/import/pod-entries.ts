import { describeValue } from '../../../../models/contract/describe-input.js'
import type { Labels } from '../../../../models/contract/quantities.js'
import { podId } from '../objects/identities.js'
import { controllerOf, namespaceOf } from '../objects/metadata.js'
import { conditionOf, hasEnded, type Pod } from '../objects/pod.js'
import { KUBECTL_COMMAND } from './documents.js'
import { effectiveRequest } from './effective-request.js'
import type { Faults, Place } from './faults.js'
import { type GpuShare, readGpuShare } from './gpu-share.js'
import { LeftOutPods } from './left-out-pods.js'
import type { ImportedNode, NodeRoster } from './node-roster.js'
import type { ImportChoices } from './options.js'
import type { Owners } from './owners.js'
import type { Pin } from './pin.js'
import type { Parts, QuantityReader } from './quantity-reader.js'
import type { Remarks } from './remarks.js'
import type { Placed } from './snapshot.js'

/** A pod that holds something or waits for it. */
export interface PodEntry {
  /** As a Problem calls its replica. */
  readonly id: string
  readonly namespace: string
  readonly pod: Pod
  readonly place: Place
  readonly labels: Labels
  readonly node: ImportedNode | null
  readonly request: Parts
  readonly share: GpuShare | null
  readonly isTerminating: boolean
  /** What keeps this one pod where it is; what keeps its whole workload stands there. */
  readonly pins: Pin[]
}

/** A pod that belongs to its node: of a DaemonSet, or made by the kubelet itself. What it holds is off the node's capacity. */
export interface FixedPod extends PodEntry {
  readonly node: ImportedNode
}

export interface SortedPods {
  readonly entries: readonly PodEntry[]
  readonly fixed: readonly FixedPod[]
  /** Pods that wait for more than a node, by the id of their owner's kind and name. */
  readonly gated: ReadonlyMap<string, number>
}

/** Sorts pods into those that may be planned for, those that belong to their nodes, and those that hold nothing. */
export function sortPods(
  pods: readonly Placed<Pod>[],
  roster: NodeRoster,
  owners: Owners,
  { unknownNodes }: ImportChoices,
  { quantities, remarks, faults }: { quantities: QuantityReader; remarks: Remarks; faults: Faults }
): SortedPods {
  const entries: PodEntry[] = []
  const fixed: FixedPod[] = []
  const gated = new Map<string, number>()
  const left = new LeftOutPods()
  for (const { value: pod, place } of pods) {
    const { metadata, spec, status } = pod
    const namespace = namespaceOf(metadata)
    const owner = owners.ownerOf(pod)
    const name = owner.kind === 'Pod' ? podId(namespace, metadata.name) : `${namespace}/${owner.name}`
    const isTerminating = isSet(metadata.deletionTimestamp)
    if (hasEnded(pod)) {
      left.add('ended', owner.kind, name)
      continue
    }
    const isDaemon = belongsToNode(pod)
    const nodeName = isSet(spec.nodeName) ? spec.nodeName : isDaemon ? intendedNode(pod) : undefined
    const node = nodeName === undefined ? null : roster.find(nodeName)
    if (node === undefined) {
      if (unknownNodes === 'leave-out') {
        left.add('unknown-node', owner.kind, name)
        continue
      }
      const hint = `the nodes of the same moment are missing: ${KUBECTL_COMMAND}; or leave such pods out with unknownNodes "leave-out" (--unknown-nodes leave-out)`
      faults.report(
        place,
        ['spec', 'nodeName'],
        `${describeValue(nodeName)}, which is not among the nodes`,
        'the name of a node',
        hint
      )
      continue
    }
    if (node === null && (isTerminating || isDaemon)) {
      left.add(isDaemon ? 'without-its-node' : 'never-started', owner.kind, name)
      continue
    }
    if (
      node === null &&
      ((spec.schedulingGates ?? []).length > 0 || conditionOf(pod, 'PodScheduled')?.reason === 'SchedulingGated')
    ) {
      left.add('scheduling-gated', owner.kind, name)
      const key = `${owner.kind}/${name}`
      gated.set(key, (gated.get(key) ?? 0) + 1)
      continue
    }
    const entry: PodEntry = {
      id: podId(namespace, metadata.name),
      namespace,
      pod,
      place,
      labels: metadata.labels ?? {},
      node,
      request: effectiveRequest(spec, status, { place, path: ['spec'] }, quantities),
      share: readGpuShare(metadata.annotations, place, faults),
      isTerminating,
      pins: []
    }
    if (!isDaemon) entries.push(entry)
    else if (node !== null) {
      fixed.push({ ...entry, node })
      left.add('belongs-to-node', owner.kind, name)
    }
  }
  left.say(remarks)
  return { entries, fixed, gated }
}

/** Pods of DaemonSets, and those that a kubelet runs from its own files. */
function belongsToNode({ metadata }: Pod): boolean {
  const kind = controllerOf(metadata)?.kind
  return (
    kind === 'DaemonSet' || kind === 'Node' || Object.hasOwn(metadata.annotations ?? {}, 'kubernetes.io/config.mirror')
  )
}

/** The node that a pod of a DaemonSet is made for. */
function intendedNode({ spec }: Pod): string | undefined {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  return terms?.[0]?.matchFields?.find(({ key }) => key === 'metadata.name')?.values?.[0]
}

function isSet(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== ''
}

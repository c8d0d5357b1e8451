import { counted } from '../../../result/conflict/words.js'
import { workloadId } from '../objects/identities.js'
import { controllerOf, namespaceOf } from '../objects/metadata.js'
import type { Workload } from '../objects/workload.js'
import { SCALED } from './desired-counts.js'
import { effectiveRequest } from './effective-request.js'
import type { Faults } from './faults.js'
import { readGpuShare } from './gpu-share.js'
import { LabelConditions } from './label-conditions.js'
import { countWanted } from './ledgers.js'
import type { NodeRoster } from './node-roster.js'
import { selectsNode } from './node-terms.js'
import type { Owners } from './owners.js'
import type { FixedPod } from './pod-entries.js'
import type { QuantityReader } from './quantity-reader.js'
import type { Remarks } from './remarks.js'
import type { Snapshot } from './snapshot.js'
import { DAEMON_TOLERATIONS, tolerates } from './taints.js'
import type { WorkloadGroup } from './workload-groups.js'

interface Tools {
  readonly quantities: QuantityReader
  readonly remarks: Remarks
  readonly faults: Faults
}

/** Workloads without any pod, as when their files were not applied yet: their pods wait for a node. */
export function expandTemplates(
  snapshot: Snapshot,
  owners: Owners,
  known: ReadonlySet<string>,
  gated: ReadonlyMap<string, number>,
  { quantities, remarks, faults }: Tools
): WorkloadGroup[] {
  const groups: WorkloadGroup[] = []
  for (const [kind, workloads] of snapshot.workloads) {
    for (const { value: object, place } of workloads) {
      const namespace = namespaceOf(object.metadata)
      const above = controllerOf(object.metadata)
      const isPart = above !== undefined && (kind === 'ReplicaSet' || kind === 'ReplicationController')
      if (isPart && owners.find(above.kind, namespace, above.name) !== undefined) continue
      const owner = isPart ? above : { kind, name: object.metadata.name }
      const id = workloadId(namespace, owner.kind, owner.name)
      if (known.has(id)) continue
      const title = `${namespace}/${owner.name}`
      const wanted = SCALED.has(kind) ? countWanted(owner.kind, title, object, remarks) : jobPods(kind, object)
      const desired = wanted - (gated.get(`${owner.kind}/${title}`) ?? 0)
      if (desired <= 0) continue
      const { spec } = object.spec.template
      groups.push({
        id,
        kind: owner.kind,
        namespace,
        name: owner.name,
        object,
        spec,
        labels: templateLabels(object, id),
        request: effectiveRequest(spec, null, { place, path: ['spec', 'template', 'spec'] }, quantities),
        share: readGpuShare(templateAnnotations(object), place, faults),
        live: [],
        draining: [],
        desired,
        isAloneOnNode: false,
        handover: { kind: 'surge' },
        pins: [],
        conditions: new LabelConditions()
      })
      // Those of a Job are left to the scheduler, which is said where that is done.
      if (kind === 'Job') continue
      const reason =
        desired === 1
          ? 'its only pod is not there, and waits for a node'
          : `none of its ${desired} pods is there, and they wait for a node`
      remarks.adapt({ kind: owner.kind, id: title, code: 'missing-pods', reason })
    }
  }
  return groups
}

function jobPods(kind: string, { spec, status }: Workload): number {
  // A Job without pods has run, or runs when it likes, unless no controller has seen it yet.
  if (kind !== 'Job' || spec.suspend === true || (status !== null && status !== undefined)) return 0
  return Math.min(spec.parallelism ?? 1, spec.completions ?? Number.POSITIVE_INFINITY)
}

/** The hash that a Deployment will put on its pods is not known, but it is the same on all of them and on nobody else's. */
function templateLabels({ spec }: Workload, id: string): Record<string, string> {
  return { 'pod-template-hash': id, ...spec.template.metadata?.labels }
}

/** Annotations for parts of GPUs may stand on the workload itself, too; its template's win. */
function templateAnnotations({ metadata, spec }: Workload): Record<string, string> {
  return { ...metadata.annotations, ...spec.template.metadata?.annotations }
}

/**
 * Pods that DaemonSets are yet to have, one on every node that they select: where there is none, as when their files were not applied
 * yet, and where there are fewer than their controller wants, as on a new node or after one has failed.
 */
export function expandDaemons(
  snapshot: Snapshot,
  running: ReadonlyMap<string, readonly FixedPod[]>,
  roster: NodeRoster,
  { quantities, remarks, faults }: Tools
): FixedPod[] {
  return (snapshot.workloads.get('DaemonSet') ?? []).flatMap(({ value: object, place }) => {
    const namespace = namespaceOf(object.metadata)
    const id = `${namespace}/${object.metadata.name}`
    const present = new Set((running.get(id) ?? []).map(({ node }) => node))
    const wanted = object.status?.desiredNumberScheduled
    if (typeof wanted === 'number' ? present.size >= wanted : present.size > 0) return []
    const { spec } = object.spec.template
    const request = effectiveRequest(spec, null, { place, path: ['spec', 'template', 'spec'] }, quantities)
    const share = readGpuShare(templateAnnotations(object), place, faults)
    const tolerations = [...(spec.tolerations ?? []), ...DAEMON_TOLERATIONS]
    const nodes = roster.nodes.filter(
      (node) =>
        !present.has(node) && selectsNode(spec, node) && node.taints.every((taint) => tolerates(tolerations, taint))
    )
    if (nodes.length === 0) return []
    const those = counted(nodes.length, 'node')
    const reason = `it has no pod yet on ${those} that it selects, and what one would hold is off the capacity there`
    remarks.adapt({ kind: 'DaemonSet', id, code: 'missing-pods', reason })
    const labels = object.spec.template.metadata?.labels ?? {}
    return nodes.map((node): FixedPod => {
      const name = `${object.metadata.name}-${node.name}`
      const pod = { metadata: { name, namespace, labels }, spec }
      return {
        id: `${namespace}/${name}`,
        namespace,
        pod,
        place,
        labels,
        node,
        request,
        share,
        isTerminating: false,
        pins: []
      }
    })
  })
}

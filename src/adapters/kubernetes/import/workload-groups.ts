import type { Labels } from '../../../../models/contract/quantities.js'
import { groupBy } from '../../../../models/grouping.js'
import { workloadId } from '../objects/identities.js'
import type { PodSpec } from '../objects/pod.js'
import type { Workload } from '../objects/workload.js'
import type { GpuShare } from './gpu-share.js'
import type { Handover } from './handover.js'
import { LabelConditions } from './label-conditions.js'
import type { Owner, Owners } from './owners.js'
import type { Pin } from './pin.js'
import type { PodEntry } from './pod-entries.js'
import { describeShape } from './pod-shape.js'
import type { Parts } from './quantity-reader.js'

/** Pods that are alike to the scheduler and belong together: what becomes a deployment of the Problem. */
export interface WorkloadGroup {
  readonly id: string
  /** Kind and name of the owner, for people. */
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly object: Workload | undefined
  /** What a pod of it asks for, as its first pod says, or its template where there is none. */
  readonly spec: PodSpec
  readonly labels: Labels
  readonly request: Parts
  readonly share: GpuShare | null
  /** Pods that are to stay, those without a node among them. */
  readonly live: readonly PodEntry[]
  /** Pods that are being deleted. */
  readonly draining: readonly PodEntry[]
  /** Pods that there should be. */
  desired: number
  /** Two pods of it cannot be on one node. */
  isAloneOnNode: boolean
  /** How a new pod takes the place of an old one; `surge` until it is known better. */
  handover: Handover
  /** What keeps all its pods where they are. */
  readonly pins: Pin[]
  /** Nodes on which a pod of it may start. */
  readonly conditions: LabelConditions
}

/** The pods of one owner, by revision and shape; the first group is the one that is to last. */
export interface OwnedGroups {
  readonly owner: Owner
  readonly groups: readonly WorkloadGroup[]
}

/** Groups pods by their owners, and within these by revision and shape. */
export function groupPods(entries: readonly PodEntry[], owners: Owners): OwnedGroups[] {
  const ownerOf = new Map(entries.map((entry) => [entry, owners.ownerOf(entry.pod)]))
  const owned = groupBy(entries, (entry) => {
    const { namespace, kind, name } = ownerOf.get(entry) as Owner
    return workloadId(namespace, kind, name)
  })
  return [...owned].map(([id, members]) => {
    const owner = ownerOf.get(members[0] as PodEntry) as Owner
    const shapes = groupBy(members, (entry) => {
      const { revision } = ownerOf.get(entry) as Owner
      return JSON.stringify([revision, describeShape(entry.pod.spec, entry.request, entry.share)])
    })
    const candidates = [...shapes.values()].map((pods) => {
      const { revision } = ownerOf.get(pods[0] as PodEntry) as Owner
      return { pods, revision, number: revisionNumber(owners.find('ReplicaSet', owner.namespace, revision)) }
    })
    // What is being deleted altogether is the revision that goes, whatever its number.
    const isLive = ({ pods }: { pods: readonly PodEntry[] }) => pods.some(({ isTerminating }) => !isTerminating)
    candidates.sort(
      (left, right) =>
        Number(isLive(right)) - Number(isLive(left)) ||
        right.number - left.number ||
        right.pods.length - left.pods.length ||
        (left.revision < right.revision ? -1 : 1)
    )
    const taken = new Set<string>([id])
    const groups = candidates.map(({ pods, revision }, index) => {
      if (index === 0) return makeGroup(id, owner, pods)
      return makeGroup(nameRevision(id, owner, revision, taken), owner, pods)
    })
    return { owner, groups }
  })
}

/** `default/deployment/web@5d4f9`, and a number behind it where several forms of a revision live. */
function nameRevision(id: string, { name }: Owner, revision: string, taken: Set<string>): string {
  const short = revision.startsWith(`${name}-`) ? revision.slice(name.length + 1) : revision
  const named = `${id}@${short === '' ? 'form' : short}`
  let free = named
  for (let number = 2; taken.has(free); number++) free = `${named}-${number}`
  taken.add(free)
  return free
}

function makeGroup(id: string, { kind, namespace, name, object }: Owner, pods: readonly PodEntry[]): WorkloadGroup {
  const live = pods.filter(({ isTerminating }) => !isTerminating)
  const first = (live[0] ?? pods[0]) as PodEntry
  return {
    id,
    kind,
    namespace,
    name,
    object,
    spec: first.pod.spec,
    labels: first.labels,
    request: first.request,
    share: first.share,
    live,
    draining: pods.filter(({ isTerminating }) => isTerminating),
    desired: live.length,
    isAloneOnNode: false,
    handover: { kind: 'surge' },
    pins: [],
    conditions: new LabelConditions()
  }
}

/** A ReplicaSet's place in the history of its Deployment; 0 where it is not known. */
function revisionNumber(replicaSet: Workload | undefined): number {
  const annotations = replicaSet?.metadata.annotations ?? {}
  const key = 'deployment.kubernetes.io/revision'
  const number = Object.hasOwn(annotations, key) ? Number(annotations[key]) : 0
  return Number.isFinite(number) ? number : 0
}

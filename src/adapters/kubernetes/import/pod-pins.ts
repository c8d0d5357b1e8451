import { labelOf } from '../../../../models/instance/selector.js'
import type { Metadata } from '../objects/metadata.js'
import { isNodeReady } from '../objects/node.js'
import { conditionOf, isPodReady, type PodSpec, type Volume } from '../objects/pod.js'
import type { ImportChoices } from './options.js'
import type { Pin } from './pin.js'
import type { PodEntry } from './pod-entries.js'

/** A pod's own reasons to stay where it is: its annotations, its volumes, its health. */
export function findPodPins(entry: PodEntry, choices: ImportChoices): Pin[] {
  const { metadata, spec } = entry.pod
  return [
    ...annotationPins(metadata),
    ...volumePins(metadata, spec, choices),
    ...gangPins(metadata),
    ...healthPins(entry)
  ]
}

/** Labels of pods that are nothing without the others of their group. */
const GANG_LABELS = [
  'leaderworkerset.sigs.k8s.io/name',
  'scheduling.x-k8s.io/pod-group',
  'pod-group.scheduling.sigs.k8s.io',
  'pod-group.scheduling.sigs.k8s.io/name'
]

/** Pods of which all of a group run, or none: where one is evicted, its controller makes all of them anew. */
function gangPins({ labels }: Pick<Metadata, 'labels'>): Pin[] {
  return GANG_LABELS.flatMap((label) => {
    const group = labelOf(labels ?? {}, label)
    if (group === undefined) return []
    return [
      { code: 'gang', reason: `it runs together with the others of the group ${group}, as its label ${label} says` }
    ]
  })
}

const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict'
const SAFE_VOLUMES = 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes'
const KARPENTER = ['karpenter.sh/do-not-disrupt', 'karpenter.sh/do-not-evict']

/** Annotations by which owners say that a pod must not be evicted. */
export function annotationPins({ annotations }: Pick<Metadata, 'annotations'>): Pin[] {
  const known = new Map(Object.entries(annotations ?? {}))
  const pins: Pin[] = []
  if (known.get(SAFE_TO_EVICT) === 'false') {
    pins.push({ code: 'safe-to-evict', reason: `its annotation ${SAFE_TO_EVICT} says "false"` })
  }
  for (const annotation of KARPENTER) {
    const value = known.get(annotation)
    if (value === undefined || value === 'false') continue
    pins.push({ code: 'do-not-disrupt', reason: `its annotation ${annotation} says ${JSON.stringify(value)}` })
  }
  return pins
}

/** Volumes whose data is on one node, or in one zone. */
export function volumePins(
  { annotations }: Pick<Metadata, 'annotations'>,
  { volumes, resourceClaims }: PodSpec,
  { localStorage, persistentVolumes }: ImportChoices
): Pin[] {
  const known = new Map(Object.entries(annotations ?? {}))
  const isSafe = known.get(SAFE_TO_EVICT) === 'true'
  const safeNames = new Set((known.get(SAFE_VOLUMES) ?? '').split(',').map((name) => name.trim()))
  const pins: Pin[] = []
  const local = (volumes ?? []).filter((volume) => isLocal(volume) && !safeNames.has(volume.name ?? ''))
  if (localStorage === 'pin' && !isSafe && local.length > 0) {
    const reason = `its data on the node would be lost: volume ${local.map(({ name }) => name ?? '?').join(', ')}`
    const remedy = `localStorage "move" (--local-storage move), or the annotation ${SAFE_TO_EVICT}: "true" or ${SAFE_VOLUMES}`
    pins.push({ code: 'local-storage', reason, remedy })
  }
  const bound = (volumes ?? []).filter(isBound)
  if (persistentVolumes === 'pin' && bound.length > 0) {
    const reason = `where its volume ${bound.map(({ name }) => name ?? '?').join(', ')} can be used is not known`
    pins.push({
      code: 'persistent-volume',
      reason,
      remedy: 'persistentVolumes "move" (--persistent-volumes move)',
      blocksStarts: true
    })
  }
  if ((resourceClaims ?? []).length > 0) {
    const reason = 'it claims devices through resource claims, which only the scheduler can grant'
    pins.push({ code: 'resource-claims', reason, blocksStarts: true })
  }
  return pins
}

/** A hostPath, or an emptyDir on disk: as the cluster autoscaler sees it. */
function isLocal({ hostPath, emptyDir }: Volume): boolean {
  return isGiven(hostPath) || (isGiven(emptyDir) && emptyDir.medium !== 'Memory')
}

/** Kinds of volumes that are attached to one node at a time, or kept in one zone. */
const ATTACHED = [
  'persistentVolumeClaim',
  'ephemeral',
  'awsElasticBlockStore',
  'gcePersistentDisk',
  'azureDisk',
  'cinder',
  'vsphereVolume',
  'portworxVolume',
  'photonPersistentDisk',
  'scaleIO',
  'storageos',
  'iscsi',
  'fc',
  'rbd'
]

function isBound(volume: Volume): boolean {
  return ATTACHED.some((kind) => isGiven(volume[kind]))
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined
}

/** A pod that should be ready and is not, and one on a node that does not answer: nobody knows what a move would do to them. */
function healthPins(entry: PodEntry): Pin[] {
  const { node, isTerminating } = entry
  if (node === null || isTerminating) return []
  if (!isNodeReady(node.object)) {
    return [{ code: 'node-not-ready', reason: `its node ${node.name} is not ready` }]
  }
  const trouble = describeTrouble(entry)
  return trouble === null ? [] : [{ code: 'not-ready', reason: `it is not ready: ${trouble}` }]
}

/** Whether a pod is on its way to become ready for the first time. */
export function isStarting(entry: PodEntry): boolean {
  return saysReadiness(entry) && !isPodReady(entry.pod) && describeTrouble(entry) === null
}

/** Snapshots that are written by hand say nothing of conditions: their pods run. */
function saysReadiness({ pod }: PodEntry): boolean {
  return pod.status?.phase === 'Pending' || conditionOf(pod, 'Ready') !== undefined
}

/** Why a pod that is not ready is not just about to become so; null where it is, or where it is ready. */
function describeTrouble(entry: PodEntry): string | null {
  const { pod } = entry
  if (!saysReadiness(entry) || isPodReady(pod)) return null
  const { containerStatuses, initContainerStatuses, startTime } = pod.status ?? {}
  for (const { state, restartCount } of [...(containerStatuses ?? []), ...(initContainerStatuses ?? [])]) {
    const reason = state?.waiting?.reason
    if (typeof reason === 'string' && !STARTING_REASONS.has(reason)) return reason
    if ((restartCount ?? 0) > 0) return 'its containers were restarted'
  }
  const ready = conditionOf(pod, 'Ready')
  const lost = Date.parse(ready?.lastTransitionTime ?? '') - Date.parse(startTime ?? '')
  // Not ready from its start on has the time of the start.
  return Number.isFinite(lost) && lost > 5000 ? 'it was ready before' : null
}

const STARTING_REASONS: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing'])

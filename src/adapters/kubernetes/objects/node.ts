import * as z from 'zod'
import { metadata } from './metadata.js'
import { amounts } from './pod.js'

/** A taint of a node. */
export const taint = z.object({
  key: z.string().min(1),
  value: z.string().nullish(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
})
export type Taint = z.infer<typeof taint>

/** The parts of a node that planning needs. */
export const node = z.object({
  metadata,
  spec: z
    .object({
      unschedulable: z.boolean().nullish(),
      taints: z.array(taint).nullish(),
      providerID: z.string().nullish()
    })
    .nullish(),
  status: z
    .object({
      allocatable: amounts.nullish(),
      capacity: amounts.nullish(),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish()
    })
    .nullish()
})
export type Node = z.infer<typeof node>

/** Labels that say what machine a node is, the one in use today first. */
const TYPE_LABELS = ['node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type'] as const

/** The instance type of a node, as its labels say; undefined where they do not. */
export function instanceTypeOf({ metadata: { labels } }: Node): string | undefined {
  for (const label of TYPE_LABELS) {
    const type = labels !== null && labels !== undefined && Object.hasOwn(labels, label) ? labels[label] : undefined
    if (type !== undefined && type !== '') return type
  }
  return undefined
}

/** Whether the kubelet reports the node ready; true where nothing is said of it. */
export function isNodeReady({ status }: Node): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')
  return ready === undefined || ready.status === 'True'
}

/** The last two are of distributions that have nodes for etcd alone. */
const CONTROL_PLANE_LABELS = [
  'node-role.kubernetes.io/control-plane',
  'node-role.kubernetes.io/master',
  'node-role.kubernetes.io/controlplane',
  'node-role.kubernetes.io/etcd'
] as const

/** Whether a node is part of the control plane. */
export function isControlPlane({ metadata: { labels } }: Node): boolean {
  return CONTROL_PLANE_LABELS.some((label) => Object.hasOwn(labels ?? {}, label))
}

const VIRTUAL_TAINT = 'virtual-kubelet.io/provider'

/** Whether a node is no machine but a door to a service that runs pods elsewhere and charges for each of them. */
export function isVirtual({ metadata: { labels }, spec }: Node): boolean {
  const type = Object.hasOwn(labels ?? {}, 'type') ? labels?.type : undefined
  return type === 'virtual-kubelet' || (spec?.taints ?? []).some(({ key }) => key === VIRTUAL_TAINT)
}

/** Taints by which autoscalers say that they are about to delete a node. */
const LEAVING_TAINTS: ReadonlySet<string> = new Set([
  'ToBeDeletedByClusterAutoscaler',
  'karpenter.sh/disrupted',
  'karpenter.sh/disruption'
])

/** The taint by which an autoscaler says that it is about to delete a node; undefined where none does. */
export function leavingTaintOf({ spec }: Node): Taint | undefined {
  return spec?.taints?.find(({ key, effect }) => effect !== 'PreferNoSchedule' && LEAVING_TAINTS.has(key))
}

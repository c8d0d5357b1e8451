/** What every object has. */
export interface Metadata {
  name: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: OwnerReference[]
}

export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
}

export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: Metadata
  spec?: object
  status?: object
}

export interface Condition {
  type: string
  status: 'True' | 'False' | 'Unknown'
  reason?: string
  message?: string
  lastTransitionTime?: string
}

export interface Taint {
  key: string
  value?: string
  effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'
}

export interface Node extends KubeObject {
  spec: { unschedulable?: boolean; taints?: Taint[] }
  status: { allocatable: Record<string, string>; capacity: Record<string, string>; conditions: Condition[] }
}

export interface LabelSelector {
  matchLabels?: Record<string, string>
  matchExpressions?: { key: string; operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'; values?: string[] }[]
}

export interface Container {
  name: string
  image?: string
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> }
}

export interface PodSpec {
  nodeName?: string
  nodeSelector?: Record<string, string>
  containers: Container[]
  terminationGracePeriodSeconds?: number
  tolerations?: { key?: string; operator?: string; value?: string; effect?: string }[]
  affinity?: {
    podAntiAffinity?: {
      requiredDuringSchedulingIgnoredDuringExecution?: { labelSelector: LabelSelector; topologyKey: string }[]
    }
  }
}

export interface ContainerStatus {
  name: string
  ready: boolean
  restartCount: number
  state: Record<string, object>
}

export interface Pod extends KubeObject {
  spec: PodSpec
  status: {
    phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'
    conditions?: Condition[]
    containerStatuses?: ContainerStatus[]
    startTime?: string
    reason?: string
  }
}

export interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }
  spec: PodSpec
}

/** Deployment, ReplicaSet, StatefulSet, DaemonSet. */
export interface Workload extends KubeObject {
  spec: {
    replicas?: number
    selector: LabelSelector
    template: PodTemplate
    minReadySeconds?: number
    paused?: boolean
  }
  status: {
    replicas?: number
    readyReplicas?: number
    availableReplicas?: number
    updatedReplicas?: number
    observedGeneration?: number
  }
}

export interface DisruptionBudget extends KubeObject {
  spec: {
    selector: LabelSelector
    minAvailable?: number | string
    maxUnavailable?: number | string
    unhealthyPodEvictionPolicy?: 'IfHealthyBudget' | 'AlwaysAllow'
  }
  status: {
    currentHealthy: number
    desiredHealthy: number
    disruptionsAllowed: number
    expectedPods: number
    observedGeneration?: number
    disruptedPods?: Record<string, string>
  }
}

/** Whether a pod counts for its controller: neither ended nor ending. */
export function isActive({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp === undefined && status.phase !== 'Succeeded' && status.phase !== 'Failed'
}

export function isReady({ status }: Pod): boolean {
  return status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false
}

export function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true)
}

/** Sets a condition; the time of the transition is that of the change. */
export function setCondition(conditions: Condition[], next: Condition, now: string): Condition[] {
  const former = conditions.find(({ type }) => type === next.type)
  const at = former?.status === next.status ? former.lastTransitionTime : now
  return [...conditions.filter(({ type }) => type !== next.type), { ...next, lastTransitionTime: at ?? now }]
}

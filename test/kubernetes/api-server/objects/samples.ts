import type { DisruptionBudget, LabelSelector, Node, OwnerReference, Pod, PodTemplate, Workload } from './objects.js'

/** A node that is ready. */
export function sampleNode(
  name: string,
  more: { labels?: Record<string, string>; cpu?: number; memory?: number; gpu?: number } = {}
): Node {
  const { cpu = 8, memory = 32, gpu = 0, labels = {} } = more
  const amounts = {
    cpu: String(cpu),
    memory: `${memory}Gi`,
    pods: '110',
    ...(gpu > 0 ? { 'nvidia.com/gpu': String(gpu) } : {})
  }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: {},
    status: {
      allocatable: amounts,
      capacity: amounts,
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-03-01T00:00:00Z' }]
    }
  }
}

export interface WorkloadSample {
  readonly kind?: 'Deployment' | 'ReplicaSet' | 'ReplicationController' | 'StatefulSet' | 'DaemonSet'
  readonly namespace?: string
  readonly replicas?: number
  readonly cpu?: number
  readonly memory?: number
  readonly gpu?: number
  readonly annotations?: Record<string, string>
  readonly owner?: OwnerReference
  readonly spec?: Partial<PodTemplate['spec']>
}

export function sampleWorkload(name: string, sample: WorkloadSample = {}): Workload {
  const { kind = 'Deployment', namespace = 'default', replicas = 1, annotations = {}, owner } = sample
  const isCore = kind === 'ReplicationController'
  return {
    apiVersion: isCore ? 'v1' : 'apps/v1',
    kind,
    metadata: {
      name,
      namespace,
      labels: { app: name },
      ...(owner === undefined ? {} : { ownerReferences: [owner] })
    },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas }),
      selector: isCore ? ({ app: name } as LabelSelector) : { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name }, annotations }, spec: podSpec(sample) }
    },
    status: {}
  }
}

function podSpec({ cpu = 1, memory = 1, gpu = 0, spec = {} }: WorkloadSample): PodTemplate['spec'] {
  const requests = {
    cpu: String(cpu),
    memory: `${memory}Gi`,
    ...(gpu > 0 ? { 'nvidia.com/gpu': String(gpu) } : {})
  }
  return {
    containers: [{ name: 'main', image: 'registry.example/main:1', resources: { requests } }],
    terminationGracePeriodSeconds: 30,
    ...spec
  }
}

/** A pod that nobody controls. */
export function samplePod(name: string, sample: WorkloadSample = {}): Pod {
  const { namespace = 'default', annotations = {} } = sample
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: name }, annotations },
    spec: podSpec(sample),
    status: { phase: 'Pending' }
  }
}

export function sampleBudget(
  name: string,
  app: string,
  limit: Pick<DisruptionBudget['spec'], 'minAvailable' | 'maxUnavailable'>
): DisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: { app } }, ...limit },
    status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 }
  }
}

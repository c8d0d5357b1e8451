/** Snapshots of Kubernetes of any size: what `kubectl get -o json` prints of a cluster of Deployments, in the form and with the ballast of real ones. */

/** Nodes for so many pods. */
const PODS_PER_NODE = 14
const PODS_PER_WORKLOAD = 40

/**
 * The text of a `List`, indented by four as kubectl does it, of about so many bytes.
 *
 * @type {(bytes: number) => { text: string, nodes: number, pods: number, workloads: number }}
 */
export function makeSnapshot(bytes) {
  // A pod decides the size; everything else is a few percent.
  const size = JSON.stringify(podOf(0, 0), null, 4).length * 1.35
  const pods = Math.max(1, Math.round(bytes / size))
  const nodes = Math.ceil(pods / PODS_PER_NODE)
  const workloads = Math.ceil(pods / PODS_PER_WORKLOAD)
  const items = [
    ...Array.from({ length: nodes }, (_, node) => nodeOf(node)),
    ...Array.from({ length: workloads }, (_, workload) => [
      deploymentOf(workload, Math.min(PODS_PER_WORKLOAD, pods - workload * PODS_PER_WORKLOAD)),
      replicaSetOf(workload, Math.min(PODS_PER_WORKLOAD, pods - workload * PODS_PER_WORKLOAD))
    ]).flat(),
    ...Array.from({ length: pods }, (_, pod) => podOf(pod, nodes))
  ]
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items }, null, 4)
  return { text, nodes, pods, workloads }
}

const namespaceOf = (/** @type {number} */ workload) => `team-${workload % 20}`

/** @type {(node: number) => object} */
function nodeOf(node) {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `node-${node}`,
      labels: {
        'kubernetes.io/hostname': `node-${node}`,
        'node.kubernetes.io/instance-type': 'm5.4xlarge',
        'topology.kubernetes.io/region': 'us-east-1',
        'topology.kubernetes.io/zone': `us-east-1${'abc'[node % 3]}`
      },
      managedFields: managedFields(node)
    },
    spec: {},
    status: {
      allocatable: { cpu: '15890m', memory: '62000000Ki', pods: '234', 'ephemeral-storage': '95551679124' },
      conditions: [{ type: 'Ready', status: 'True' }]
    }
  }
}

/** @type {(workload: number, replicas: number) => object} */
function deploymentOf(workload, replicas) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `web-${workload}`,
      namespace: namespaceOf(workload),
      generation: 1,
      managedFields: managedFields(workload)
    },
    spec: { replicas, selector: { matchLabels: { app: `web-${workload}` } }, template: templateOf(workload) },
    status: { observedGeneration: 1, replicas, readyReplicas: replicas, updatedReplicas: replicas }
  }
}

/** @type {(workload: number, replicas: number) => object} */
function replicaSetOf(workload, replicas) {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `web-${workload}-5d4f8`,
      namespace: namespaceOf(workload),
      labels: { app: `web-${workload}`, 'pod-template-hash': '5d4f8' },
      ownerReferences: [ownedBy('Deployment', `web-${workload}`)]
    },
    spec: {
      replicas,
      selector: { matchLabels: { app: `web-${workload}`, 'pod-template-hash': '5d4f8' } },
      template: templateOf(workload)
    },
    status: { replicas, readyReplicas: replicas }
  }
}

/** @type {(pod: number, nodes: number) => object} */
function podOf(pod, nodes) {
  const workload = Math.floor(pod / PODS_PER_WORKLOAD)
  const since = '2026-11-08T01:47:21Z'
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `web-${workload}-5d4f8-${pod}`,
      namespace: namespaceOf(workload),
      uid: `00000000-0000-4000-8000-${String(pod).padStart(12, '0')}`,
      labels: { app: `web-${workload}`, 'pod-template-hash': '5d4f8' },
      annotations: { 'example.com/checksum': 'c'.repeat(64) },
      creationTimestamp: since,
      managedFields: managedFields(pod),
      ownerReferences: [ownedBy('ReplicaSet', `web-${workload}-5d4f8`)]
    },
    spec: {
      nodeName: `node-${nodes === 0 ? 0 : pod % nodes}`,
      ...specOf(workload)
    },
    status: {
      phase: 'Running',
      startTime: since,
      conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => ({
        type,
        status: 'True',
        lastTransitionTime: since
      }))
    }
  }
}

/** @type {(workload: number) => object} */
function templateOf(workload) {
  return { metadata: { labels: { app: `web-${workload}` } }, spec: specOf(workload) }
}

/** @type {(workload: number) => object} */
function specOf(workload) {
  return {
    priority: 0,
    terminationGracePeriodSeconds: 30,
    containers: [
      {
        name: 'main',
        image: 'registry.example.com/web:1.2.3',
        env: Array.from({ length: 12 }, (_, index) => ({ name: `SETTING_${index}`, value: 'v'.repeat(40) })),
        resources: { requests: { cpu: `${100 + (workload % 9) * 100}m`, memory: `${256 + (workload % 7) * 128}Mi` } }
      }
    ]
  }
}

/** @type {(kind: string, name: string) => object} */
function ownedBy(kind, name) {
  return { apiVersion: 'apps/v1', kind, name, uid: `uid-of-${name}`, controller: true, blockOwnerDeletion: true }
}

/** Who has set which field: half of a real snapshot, and of no use here. @type {(seed: number) => object[]} */
function managedFields(seed) {
  return ['kube-controller-manager', 'kubelet'].map((manager) => ({
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time: '2026-11-08T01:47:21Z',
    fieldsType: 'FieldsV1',
    fieldsV1: Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [
        `f:field-${(seed + index) % 40}`,
        { '.': {}, 'f:value': {}, 'f:source': {} }
      ])
    )
  }))
}

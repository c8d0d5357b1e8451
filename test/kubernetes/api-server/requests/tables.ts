import { isReady, type KubeObject, type Node, type Pod, type Workload } from '../objects/objects.js'

type Column = readonly [name: string, cell: (object: KubeObject) => unknown, isWide?: boolean]

const NAME: Column = ['Name', ({ metadata }) => metadata.name]
const AGE: Column = ['Age', ({ metadata }) => metadata.creationTimestamp ?? '<unknown>']
const count = (name: string, of: (status: Workload['status']) => number | undefined): Column => {
  return [name, (object) => of((object as Workload).status ?? {}) ?? 0]
}

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  nodes: [
    NAME,
    [
      'Status',
      (object) => {
        const { spec, status } = object as Node
        const isUp = status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True')
        return `${isUp ? 'Ready' : 'NotReady'}${spec.unschedulable === true ? ',SchedulingDisabled' : ''}`
      }
    ],
    ['Roles', () => '<none>'],
    AGE,
    ['Version', () => 'v1.30.0'],
    ['Internal-IP', () => '<none>', true]
  ],
  pods: [
    NAME,
    ['Ready', (object) => `${isReady(object as Pod) ? 1 : 0}/1`],
    [
      'Status',
      (object) => (object.metadata.deletionTimestamp === undefined ? (object as Pod).status.phase : 'Terminating')
    ],
    ['Restarts', (object) => String((object as Pod).status.containerStatuses?.[0]?.restartCount ?? 0)],
    AGE,
    ['IP', () => '<none>', true],
    ['Node', (object) => (object as Pod).spec.nodeName ?? '<none>', true],
    ['Nominated Node', () => '<none>', true],
    ['Readiness Gates', () => '<none>', true]
  ],
  deployments: [
    NAME,
    ['Ready', (object) => `${(object as Workload).status?.readyReplicas ?? 0}/${(object as Workload).spec.replicas}`],
    count('Up-to-date', ({ updatedReplicas }) => updatedReplicas),
    count('Available', ({ availableReplicas }) => availableReplicas),
    AGE
  ],
  replicasets: [
    NAME,
    ['Desired', (object) => (object as Workload).spec.replicas ?? 0],
    count('Current', ({ replicas }) => replicas),
    count('Ready', ({ readyReplicas }) => readyReplicas),
    AGE
  ]
}

/** Objects as a table, as `kubectl get` asks for. */
export function toTable(plural: string, objects: readonly KubeObject[], metadata: object): object {
  const columns = COLUMNS[plural] ?? [NAME, AGE]
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(([name, , isWide = false]) => ({
      name,
      type: 'string',
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority: isWide ? 1 : 0
    })),
    rows: objects.map((object) => ({
      cells: columns.map(([, cell]) => cell(object)),
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata }
    }))
  }
}

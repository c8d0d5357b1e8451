/** A kind of object that an import looks at, as the API server lists it. */
export interface SnapshotResource {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  readonly plural: string
}

/** Everything that an import looks at. */
export const SNAPSHOT_RESOURCES: readonly SnapshotResource[] = [
  { group: '', version: 'v1', plural: 'nodes' },
  { group: '', version: 'v1', plural: 'pods' },
  { group: 'apps', version: 'v1', plural: 'deployments' },
  { group: 'apps', version: 'v1', plural: 'replicasets' },
  { group: '', version: 'v1', plural: 'replicationcontrollers' },
  { group: 'apps', version: 'v1', plural: 'statefulsets' },
  { group: 'apps', version: 'v1', plural: 'daemonsets' },
  { group: 'batch', version: 'v1', plural: 'jobs' },
  { group: 'policy', version: 'v1', plural: 'poddisruptionbudgets' },
  { group: 'autoscaling', version: 'v2', plural: 'horizontalpodautoscalers' },
  { group: '', version: 'v1', plural: 'namespaces' }
]

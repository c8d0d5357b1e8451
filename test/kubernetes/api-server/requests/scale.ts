import type { Workload } from '../objects/objects.js'

export interface Scale {
  readonly metadata?: { readonly resourceVersion?: string }
  readonly spec?: { readonly replicas?: number }
}

export function scaleOf({ kind, metadata, spec, status }: Workload): Scale & object {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata
  // A ReplicationController's selector is a mapping of labels.
  const labels = Object.entries(kind === 'ReplicationController' ? spec.selector : (spec.selector.matchLabels ?? {}))
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas ?? 1 },
    status: { replicas: status?.replicas ?? 0, selector: labels.map(([key, value]) => `${key}=${value}`).join(',') }
  } as Scale & object
}

/** The workload as a scale asks for. */
export function rescaled(workload: Workload, { metadata, spec }: Scale): Workload {
  const { resourceVersion } = metadata ?? {}
  return {
    ...workload,
    metadata: { ...workload.metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
    spec: { ...workload.spec, replicas: spec?.replicas ?? 0 }
  }
}

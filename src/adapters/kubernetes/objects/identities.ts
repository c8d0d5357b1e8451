/** The deployment of a Problem for a workload: `default/deployment/web`, `ml/statefulset/db`, `default/pod/solo`. */
export function workloadId(namespace: string, kind: string, name: string): string {
  return `${namespace}/${kind.toLowerCase()}/${name}`
}

/** The replica of a Problem for a pod: `default/web-5d4f9-x7k2p`. */
export function podId(namespace: string, name: string): string {
  return `${namespace}/${name}`
}

/** Workload ids taken apart again. The part after `@`, where there is one, names a revision of the workload or a form of its pods. */
export interface WorkloadIdentity {
  readonly namespace: string
  /** In lower case: `deployment`, `replicaset`, `statefulset`, `pod`, … */
  readonly kind: string
  readonly name: string
  readonly revision?: string
}

/** What a workload id says; null for an id of another form. */
export function parseWorkloadId(id: string): WorkloadIdentity | null {
  const found = /^([^/@]+)\/([^/@]+)\/([^/@]+)(?:@(.+))?$/.exec(id)
  if (found === null) return null
  const [, namespace = '', kind = '', name = '', revision] = found
  return { namespace, kind, name, ...(revision === undefined ? {} : { revision }) }
}

/** What a pod id says; null for an id of another form. */
export function parsePodId(id: string): { readonly namespace: string; readonly name: string } | null {
  const [namespace, name, ...rest] = id.split('/')
  return namespace === undefined || name === undefined || rest.length > 0 ? null : { namespace, name }
}

/** Objects of a small cluster as kubectl prints them: what a test is not about is as usual. */

type Json = Readonly<Record<string, unknown>>

export const node = (name: string, allocatable: Json = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'node.kubernetes.io/instance-type': 'm5.large' } },
  status: { allocatable: { cpu: '2', memory: '8Gi', pods: '29', ...allocatable } }
})

export const pod = (name: string, nodeName: string, requests: Json = { cpu: '500m', memory: '1Gi' }): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'default',
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d4f', uid: 'u', controller: true }]
  },
  spec: { nodeName, containers: [{ name: 'main', resources: { requests } }] },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
})

/** What `kubectl get -o json` prints, indented as it does. */
export const printed = (...items: readonly Json[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items }, null, 4)

/** Two nodes half empty: one of them is enough. */
export const cluster = [node('a'), node('b'), pod('web-5d4f-1', 'a'), pod('web-5d4f-2', 'b')]

import { InputError } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'
import { importKubernetes, type KubernetesImport } from '../../../src/adapters/kubernetes/import/import-kubernetes.js'
import type { KubernetesImportOptions } from '../../../src/adapters/kubernetes/import/options.js'

/** Any object of a cluster, as kubectl prints it. */
export type Json = Record<string, unknown>

type Parts = {
  labels?: Record<string, string>
  annotations?: Record<string, string>
  spec?: Json
  status?: Json
  metadata?: Json
}

/** A node with 4 cores, 16 GiB and room for 110 pods, whose hostname is its name. */
export function makeNode(
  name: string,
  { labels = {}, annotations, spec = {}, status = {}, metadata = {} }: Parts = {}
): Json {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, ...labels },
      ...(annotations && { annotations }),
      ...metadata
    },
    spec,
    status: { allocatable: { cpu: '4', memory: '16Gi', pods: '110' }, ...status }
  }
}

/** The spec of a pod with one container. */
export function makeSpec(requests: Json = { cpu: '500m', memory: '1Gi' }, more: Json = {}): Json {
  return { containers: [{ name: 'main', resources: { requests } }], ...more }
}

type PodParts = Parts & {
  namespace?: string
  node?: string
  owner?: { kind: string; name: string; apiVersion?: string }
}

/** A pod that runs and is ready, on a node where one is named; bare unless it has an owner. */
export function makePod(name: string, parts: PodParts = {}): Json {
  const {
    namespace = 'default',
    node,
    owner,
    labels = {},
    annotations,
    spec = makeSpec(),
    status,
    metadata = {}
  } = parts
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels,
      ...(annotations && { annotations }),
      ...(owner && { ownerReferences: [{ apiVersion: 'apps/v1', uid: 'u', controller: true, ...owner }] }),
      ...metadata
    },
    spec: { ...spec, ...(node && { nodeName: node }) },
    status: status ?? {
      phase: node === undefined ? 'Pending' : 'Running',
      ...(node && { conditions: [{ type: 'Ready', status: 'True' }] })
    }
  }
}

/** A workload and its template. */
export function makeWorkload(
  kind: string,
  name: string,
  { labels = {}, namespace = 'default', spec = makeSpec(), metadata = {}, status }: PodParts = {},
  more: Json = {}
): Json {
  return {
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name, namespace, ...metadata },
    spec: { template: { metadata: { labels }, spec }, ...more },
    ...(status && { status })
  }
}

/** A Deployment with its ReplicaSet and a pod on each of the named nodes; null is a pod that waits. */
export function makeDeployment(
  name: string,
  nodes: readonly (string | null)[],
  parts: PodParts = {},
  replicas = nodes.length
): Json[] {
  const { namespace = 'default', metadata = {} } = parts
  const labels = { app: name, ...parts.labels, 'pod-template-hash': 'abc12' }
  const shared = { ...parts, labels, namespace }
  const set = `${name}-abc12`
  return [
    makeWorkload('Deployment', name, { ...shared, metadata: {} }, { replicas }),
    makeWorkload(
      'ReplicaSet',
      set,
      {
        ...shared,
        metadata: { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, uid: 'u', controller: true }] }
      },
      { replicas }
    ),
    ...nodes.map((node, index) =>
      makePod(`${set}-${index}`, {
        ...shared,
        metadata,
        owner: { kind: 'ReplicaSet', name: set },
        ...(node === null ? {} : { node })
      })
    )
  ]
}

/** A pod of a DaemonSet on a node. */
export function makeDaemonPod(name: string, node: string, parts: PodParts = {}): Json {
  return makePod(`${name}-${node}`, { ...parts, node, owner: { kind: 'DaemonSet', name } })
}

/** Imports objects as one list; nodes cost 1 an hour unless the options say otherwise. */
export function importObjects(objects: readonly unknown[], options: KubernetesImportOptions = {}): KubernetesImport {
  const value = { kind: 'List', apiVersion: 'v1', items: objects }
  return importKubernetes([{ name: 'cluster.json', value }], { unknownPrice: 1, ...options })
}

/** What is wrong with objects, as `path: found`. */
export function faultsOf(run: () => unknown): string[] {
  try {
    run()
  } catch (error) {
    if (error instanceof InputError) return error.issues.map(({ path, found }) => `${path}: ${found}`)
    throw error
  }
  return []
}

/** A deployment of a Problem. */
export function deploymentOf({ problem }: KubernetesImport, id: string): Problem['deployments'][number] {
  const found = problem.deployments.find((deployment) => deployment.id === id)
  if (found === undefined)
    throw new Error(`no deployment ${id} among ${problem.deployments.map((each) => each.id).join(', ')}`)
  return found
}

/** A node of a Problem. */
export function nodeOf({ problem }: KubernetesImport, id: string): Problem['nodes'][number] {
  const found = problem.nodes.find((node) => node.id === id)
  if (found === undefined) throw new Error(`no node ${id}`)
  return found
}

/** Codes of remarks about a thing. */
export function codesOf(remarks: readonly { readonly id: string; readonly code: string }[], id: string): string[] {
  return remarks.flatMap((remark) => (remark.id === id ? [remark.code] : []))
}

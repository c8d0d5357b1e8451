import type { NamedDocument } from '../../named-document.js'
import { isFault, toStepError } from '../driver/api/api-fault.js'
import { Connection } from '../driver/api/connection.js'
import type { ClusterConfig } from '../driver/cluster-config.js'
import { SNAPSHOT_RESOURCES, type SnapshotResource } from '../objects/snapshot-resources.js'

/** How a cluster is read. Everything may be left out. */
export interface ReadKubernetesOptions {
  /** Which cluster, and as whom: a `KubeConfig` of `@kubernetes/client-node`. Default: as kubectl does, by `KUBECONFIG`, `~/.kube/config` or the service account of the pod. */
  readonly kubeConfig?: ClusterConfig
  /** Gives up when it is aborted. */
  readonly signal?: AbortSignal
  /** Milliseconds until a request without an answer has failed. Default 30,000. */
  readonly requestTimeoutMs?: number
  /** Objects on one page of a list. Default 500. */
  readonly pageSize?: number
}

/** A page of a list, as far as the next one is concerned. */
interface Page {
  readonly metadata?: { readonly continue?: unknown } | null
}

/**
 * Lists everything that `importKubernetes` looks at through the API, and gives it as that takes it: a document for each page of a list.
 * Needs `@kubernetes/client-node`. Rejects with KubernetesUnavailableError where that or a cluster is missing, and with an error that
 * names the permission where one is.
 */
export async function readKubernetes(options: ReadKubernetesOptions = {}): Promise<NamedDocument[]> {
  const { kubeConfig, signal = new AbortController().signal, requestTimeoutMs = 30_000, pageSize = 500 } = options
  const connection = new Connection(kubeConfig, requestTimeoutMs)
  const list = (resource: SnapshotResource) => listPages(connection, resource, pageSize, signal)
  try {
    // Pods first: one that comes later, on a node that comes later, would be on an unknown one.
    const pods = await Promise.all(SNAPSHOT_RESOURCES.filter(isPods).map(list))
    const others = await Promise.all(SNAPSHOT_RESOURCES.filter((resource) => !isPods(resource)).map(list))
    return [...pods, ...others].flat()
  } catch (error) {
    signal.throwIfAborted()
    throw toStepError(error)
  }
}

function isPods({ plural }: SnapshotResource): boolean {
  return plural === 'pods'
}

/** A list, page by page. Where the server no longer knows how it stood when it began, all of it at once. */
async function listPages(
  connection: Connection,
  resource: SnapshotResource,
  pageSize: number,
  signal: AbortSignal
): Promise<NamedDocument[]> {
  const { group, version, plural } = resource
  const asked = { verb: 'list', resource: plural, group } as const
  const path = group === '' ? `/api/${version}/${plural}` : `/apis/${group}/${version}/${plural}`
  const documents: NamedDocument[] = []
  let query = `?limit=${pageSize}`
  try {
    for (;;) {
      const value = await connection.send({ asked, path: `${path}${query}`, signal })
      documents.push({ name: `${path}${documents.length === 0 ? '' : `, page ${documents.length + 1}`}`, value })
      const token = (value as Page | null)?.metadata?.continue
      if (typeof token !== 'string' || token === '') return documents
      query = `?limit=${pageSize}&continue=${encodeURIComponent(token)}`
    }
  } catch (error) {
    if (isFault(error, 410)) return [{ name: path, value: await connection.send({ asked, path, signal }) }]
    // A cluster of before autoscaling/v2; the import says that it does not know what is scaled.
    if (isFault(error, 404) && group === 'autoscaling') return []
    throw error
  }
}

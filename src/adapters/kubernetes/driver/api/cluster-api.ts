import * as z from 'zod'
import { describeValue } from '../../../../../models/contract/describe-input.js'
import { toInputIssues } from '../../../../../models/contract/input-issues.js'
import { horizontalAutoscaler } from '../../objects/horizontal-autoscaler.js'
import type { LabelSelector } from '../../objects/label-selector.js'
import { ApiFault, type Asked, isFault } from './api-fault.js'
import type { Connection } from './connection.js'
import { type SeenPod, seenNode, seenPod, seenWorkload } from './seen-objects.js'

/** A part of a merge patch: null removes. `resourceVersion` makes the server refuse where the object was changed since. */
export interface Patch {
  readonly metadata?: {
    readonly resourceVersion?: string
    readonly annotations?: Readonly<Record<string, string | null>>
  }
  readonly spec?: Readonly<Record<string, unknown>>
}

/** Kinds of workloads that are scaled or waited for, with their plurals. */
export const PLURALS = { deployment: 'deployments', replicaset: 'replicasets', statefulset: 'statefulsets' } as const
export type ScaledKind = keyof typeof PLURALS

/** Objects on one page of a list. */
const PAGE = 500

/** The requests that a driver makes, each with what RBAC calls it. Methods reject with ApiFault. */
export class ClusterApi {
  constructor(private readonly connection: Connection) {}

  async node(name: string, signal: AbortSignal) {
    const asked = { verb: 'get', resource: 'nodes', group: '' } as const
    return read(seenNode, asked, await this.connection.send({ asked, path: `/api/v1/nodes/${encode(name)}`, signal }))
  }

  nodes(signal: AbortSignal) {
    return this.#list(seenNode, { verb: 'list', resource: 'nodes', group: '' }, '/api/v1/nodes', '', signal)
  }

  patchNode(name: string, patch: Patch, signal: AbortSignal): Promise<unknown> {
    const asked = { verb: 'patch', resource: 'nodes', group: '' } as const
    return this.connection.send({ asked, path: `/api/v1/nodes/${encode(name)}`, body: patch, signal })
  }

  /** null: there is none of that name. */
  async pod(namespace: string, name: string, signal: AbortSignal): Promise<SeenPod | null> {
    const asked = { verb: 'get', resource: 'pods', group: '' } as const
    try {
      return read(seenPod, asked, await this.connection.send({ asked, path: podPath(namespace, name), signal }))
    } catch (error) {
      if (isFault(error, 404)) return null
      throw error
    }
  }

  /** A dry run only asks whether it would be allowed. */
  patchPod(
    namespace: string,
    name: string,
    patch: Patch,
    signal: AbortSignal,
    { isDryRun = false } = {}
  ): Promise<unknown> {
    const asked = { verb: 'patch', resource: 'pods', group: '' } as const
    const path = `${podPath(namespace, name)}${isDryRun ? '?dryRun=All' : ''}`
    return this.connection.send({ asked, path, body: patch, signal })
  }

  podsOnNode(node: string, signal: AbortSignal) {
    const asked = { verb: 'list', resource: 'pods', group: '' } as const
    return this.#list(seenPod, asked, '/api/v1/pods', `fieldSelector=${encode(`spec.nodeName=${node}`)}`, signal)
  }

  podsOf(namespace: string, selector: LabelSelector, signal: AbortSignal) {
    const asked = { verb: 'list', resource: 'pods', group: '' } as const
    const path = `/api/v1/namespaces/${encode(namespace)}/pods`
    return this.#list(seenPod, asked, path, `labelSelector=${encode(selectorText(selector))}`, signal)
  }

  /** Asks for the eviction of exactly this pod; a dry run only asks whether it would be allowed. */
  evict(
    namespace: string,
    { name, uid }: SeenPod['metadata'],
    isDryRun: boolean,
    signal: AbortSignal
  ): Promise<unknown> {
    const asked = { verb: 'create', resource: 'pods/eviction', group: '' } as const
    const deleteOptions = { preconditions: { uid }, ...(isDryRun ? { dryRun: ['All'] } : {}) }
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions }
    return this.connection.send({ asked, path: `${podPath(namespace, name)}/eviction`, body, signal })
  }

  async workload(kind: ScaledKind, namespace: string, name: string, signal: AbortSignal) {
    const asked = { verb: 'get', resource: PLURALS[kind], group: 'apps' } as const
    return read(
      seenWorkload,
      asked,
      await this.connection.send({ asked, path: appsPath(kind, namespace, name), signal })
    )
  }

  patchWorkload(
    kind: ScaledKind,
    namespace: string,
    name: string,
    patch: Patch,
    signal: AbortSignal
  ): Promise<unknown> {
    const asked = { verb: 'patch', resource: PLURALS[kind], group: 'apps' } as const
    return this.connection.send({ asked, path: appsPath(kind, namespace, name), body: patch, signal })
  }

  replicaSetsOf(namespace: string, selector: LabelSelector, signal: AbortSignal) {
    const asked = { verb: 'list', resource: 'replicasets', group: 'apps' } as const
    const path = `/apis/apps/v1/namespaces/${encode(namespace)}/replicasets`
    return this.#list(seenWorkload, asked, path, `labelSelector=${encode(selectorText(selector))}`, signal)
  }

  /** None where the cluster does not know autoscaling/v2. */
  async autoscalers(namespace: string, signal: AbortSignal) {
    const asked = { verb: 'list', resource: 'horizontalpodautoscalers', group: 'autoscaling' } as const
    const path = `/apis/autoscaling/v2/namespaces/${encode(namespace)}/horizontalpodautoscalers`
    try {
      return await this.#list(horizontalAutoscaler, asked, path, '', signal)
    } catch (error) {
      if (isFault(error, 404)) return []
      throw error
    }
  }

  async #list<Item>(
    item: z.ZodType<Item>,
    asked: Asked,
    path: string,
    query: string,
    signal: AbortSignal
  ): Promise<Item[]> {
    const page = z.object({
      metadata: z.object({ continue: z.string().nullish() }).nullish(),
      items: z.array(item).nullish()
    })
    const all: Item[] = []
    let token = ''
    do {
      const more = token === '' ? '' : `&continue=${encode(token)}`
      const separator = query === '' ? '' : '&'
      const answer = await this.connection.send({
        asked,
        path: `${path}?${query}${separator}limit=${PAGE}${more}`,
        signal
      })
      const { metadata, items } = read(page, asked, answer)
      all.push(...(items ?? []))
      token = metadata?.continue ?? ''
    } while (token !== '')
    return all
  }
}

function podPath(namespace: string, name: string): string {
  return `/api/v1/namespaces/${encode(namespace)}/pods/${encode(name)}`
}

function appsPath(kind: ScaledKind, namespace: string, name: string): string {
  return `/apis/apps/v1/namespaces/${encode(namespace)}/${PLURALS[kind]}/${encode(name)}`
}

const encode = encodeURIComponent

function read<Value>(schema: z.ZodType<Value>, asked: Asked, value: unknown): Value {
  const found = schema.safeParse(value)
  if (found.success) return found.data
  const issues = found.error.issues.flatMap((issue) => toInputIssues(issue, value, schema))
  const [first] = issues
  const what =
    first === undefined ? describeValue(value) : `${first.path}: found ${first.found}, expected ${first.expected}`
  throw new ApiFault(502, `what the server answers cannot be read: ${what}`, asked)
}

/** A label selector as the query of a list has it. */
function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const expressions = (matchExpressions ?? []).map(({ key, operator, values }) => {
    if (operator === 'Exists') return key
    if (operator === 'DoesNotExist') return `!${key}`
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${(values ?? []).join(',')})`
  })
  return [...Object.entries(matchLabels ?? {}).map(([key, value]) => `${key}=${value}`), ...expressions].join(',')
}

import * as z from 'zod'
import { describeValue } from '../../../../../models/contract/describe-input.js'
import { toInputIssues } from '../../../../../models/contract/input-issues.js'
import { horizontalAutoscaler } from '../../objects/horizontal-autoscaler.js'
import type { LabelSelector } from '../../objects/label-selector.js'
import { SCALED_KINDS, type ScaledKind } from '../../objects/movable-kinds.js'
import { ApiFault, type Asked, isFault } from './api-fault.js'
import type { Connection } from './connection.js'
import {
  type SeenPod,
  type SeenWorkload,
  seenNode,
  seenPod,
  seenReplicationController,
  seenWorkload
} from './seen-objects.js'

/** A part of a merge patch: null removes. `resourceVersion` makes the server refuse where the object was changed since. */
export interface Patch {
  readonly metadata?: {
    readonly resourceVersion?: string
    readonly annotations?: Readonly<Record<string, string | null>>
  }
  readonly spec?: Readonly<Record<string, unknown>>
}

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
    const { plural, group } = SCALED_KINDS[kind]
    const asked = { verb: 'get', resource: plural, group } as const
    const path = `${workloadsPath(kind, namespace)}/${encode(name)}`
    return read(schemaOf(kind), asked, await this.connection.send({ asked, path, signal }))
  }

  patchWorkload(
    kind: ScaledKind,
    namespace: string,
    name: string,
    patch: Patch,
    signal: AbortSignal
  ): Promise<unknown> {
    const { plural, group } = SCALED_KINDS[kind]
    const asked = { verb: 'patch', resource: plural, group } as const
    const path = `${workloadsPath(kind, namespace)}/${encode(name)}`
    return this.connection.send({ asked, path, body: patch, signal })
  }

  workloads(kind: ScaledKind, namespace: string, selector: LabelSelector, signal: AbortSignal) {
    const { plural, group } = SCALED_KINDS[kind]
    const asked = { verb: 'list', resource: plural, group } as const
    const query = `labelSelector=${encode(selectorText(selector))}`
    return this.#list(schemaOf(kind), asked, workloadsPath(kind, namespace), query, signal)
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

function workloadsPath(kind: ScaledKind, namespace: string): string {
  const { plural, group } = SCALED_KINDS[kind]
  return `${group === '' ? '/api/v1' : `/apis/${group}/v1`}/namespaces/${encode(namespace)}/${plural}`
}

function schemaOf(kind: ScaledKind): z.ZodType<SeenWorkload> {
  return kind === 'replicationcontroller' ? seenReplicationController : seenWorkload
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

import type { IncomingMessage, ServerResponse } from 'node:http'
import { deletePod, PODS, type World } from '../control/world.js'
import type { KubeObject, Pod, Workload } from '../objects/objects.js'
import { apiVersionOf, type Resource } from '../objects/resources.js'
import { readFieldSelector, readLabelSelector } from '../objects/selectors.js'
import { ApiError } from '../objects/status.js'
import { answerDiscovery } from './discovery.js'
import { type EvictionBody, evict } from './eviction.js'
import { applyPatch } from './patches.js'
import { checkPermission, type Permissions } from './permissions.js'
import { rescaled, type Scale, scaleOf } from './scale.js'
import { toTable } from './tables.js'
import { readTarget, type Target } from './target.js'
import { watch } from './watch.js'

export interface HandlerOptions {
  /** The minor version that the server claims. */
  readonly minor: number
  readonly permissions: Permissions
}

const VERB_OF: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete'
}

/** Answers one request, whose body has been read. */
export class Handler {
  constructor(
    private readonly world: World,
    private readonly options: HandlerOptions
  ) {}

  answer(request: IncomingMessage, text: string, response: ServerResponse): void {
    try {
      const url = new URL(request.url ?? '/', 'http://server')
      const accept = request.headers.accept ?? ''
      const found = answerDiscovery(url.pathname, accept, this.options.minor)
      if (found !== null) {
        send(response, 200, found.body, found.type)
        return
      }
      const target = readTarget(url.pathname)
      if (target === null) throw new ApiError(404, { reason: 'NotFound', message: 'there is nothing at this path' })
      this.#check(request, target, url)
      if (request.method === 'GET') {
        const read = this.#read(target, url, accept, response)
        if (read !== 'watching') send(response, 200, read)
      } else {
        const { code, body } = this.#write(request, target, url, text === '' ? {} : JSON.parse(text))
        send(response, code, body)
      }
    } catch (error) {
      const answer =
        error instanceof ApiError ? error : new ApiError(500, { reason: 'InternalError', message: String(error) })
      for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
      send(response, answer.code, answer.toStatus())
    }
  }

  #check({ method = 'GET', headers }: IncomingMessage, { resource, name, subresource }: Target, url: URL): void {
    const isWatch = url.searchParams.get('watch') === 'true' || url.searchParams.get('watch') === '1'
    const reading = isWatch ? 'watch' : name === undefined ? 'list' : 'get'
    checkPermission(this.options.permissions, headers.authorization, {
      group: resource.group,
      resource: subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`,
      verb: VERB_OF[method] ?? reading
    })
  }

  #read({ resource, namespace, name, subresource }: Target, url: URL, accept: string, response: ServerResponse) {
    const { store } = this.world
    const { searchParams } = url
    const isTable = accept.includes('as=Table')
    const show = (objects: readonly KubeObject[], metadata: object, plain: object) =>
      isTable ? toTable(resource.plural, objects, metadata) : plain
    if (name !== undefined) {
      const object = store.get(resource, namespace, name)
      if (subresource === 'scale') return scaleOf(object as Workload)
      return show([object], { resourceVersion: object.metadata.resourceVersion }, object)
    }
    const ofLabels = readLabelSelector(searchParams.get('labelSelector') ?? '')
    const ofFields = readFieldSelector(searchParams.get('fieldSelector') ?? '')
    const matches = (object: KubeObject) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      ofLabels(object.metadata.labels) &&
      ofFields(object)
    if (['true', '1'].includes(searchParams.get('watch') ?? '')) {
      const from = searchParams.get('resourceVersion') ?? ''
      const since = from === '' || from === '0' ? undefined : Number(from)
      watch(store, response, { resource, matches, since, isTable })
      return 'watching'
    }
    const all = store.list(resource, namespace).filter(matches)
    const begin = Number(searchParams.get('continue') ?? 0)
    const limit = Number(searchParams.get('limit') ?? 0) || all.length
    const items = all.slice(begin, begin + limit)
    const left = all.length - begin - items.length
    const metadata = {
      resourceVersion: String(store.revision),
      ...(left > 0 ? { continue: String(begin + limit), remainingItemCount: left } : {})
    }
    return show(items, metadata, { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items })
  }

  #write(request: IncomingMessage, target: Target, url: URL, body: unknown): { code: number; body: object } {
    const { store } = this.world
    const { resource, namespace, name, subresource } = target
    const isDry = url.searchParams.getAll('dryRun').includes('All')
    if (request.method === 'POST' && subresource === 'eviction') {
      return { code: 201, body: evict(this.world, namespace ?? '', name ?? '', body as EvictionBody, isDry) }
    }
    if (request.method === 'POST') {
      const given = body as KubeObject
      const object = { ...given, apiVersion: apiVersionOf(resource), kind: resource.kind }
      if (namespace !== undefined) object.metadata.namespace = namespace
      return { code: 201, body: isDry ? object : store.create(resource, object) }
    }
    const former = store.get(resource, namespace, name ?? '')
    if (request.method === 'DELETE') {
      const options = body as { gracePeriodSeconds?: number; dryRun?: string[] }
      if (!isDry && options.dryRun?.includes('All') !== true) this.#remove(resource, former, options.gracePeriodSeconds)
      return { code: 200, body: former }
    }
    const type = (request.headers['content-type'] ?? '').split(';')[0] ?? ''
    const isPatch = request.method === 'PATCH'
    if (subresource === 'scale') {
      const scale = isPatch ? applyPatch(scaleOf(former as Workload), body, type) : (body as Scale)
      const next = rescaled(former as Workload, scale)
      return { code: 200, body: scaleOf(isDry ? next : store.replace(resource, next)) }
    }
    const next = isPatch ? applyPatch(former, body, type) : (body as KubeObject)
    return { code: 200, body: isDry ? next : store.replace(resource, next) }
  }

  #remove(resource: Resource, object: KubeObject, graceSeconds: number | undefined): void {
    if (resource.plural === PODS.plural) deletePod(this.world, object as Pod, graceSeconds)
    else this.world.store.remove(resource, object)
  }
}

function send(response: ServerResponse, code: number, body: object, type = 'application/json'): void {
  response.writeHead(code, { 'Content-Type': type })
  response.end(JSON.stringify(body))
}

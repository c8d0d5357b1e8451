import type { KubeConfig } from '@kubernetes/client-node'
import type { ClusterConfig } from '../cluster-config.js'
import { loadClient } from '../load-client.js'
import { KubernetesUnavailableError } from '../unavailable-error.js'
import { ApiFault, type Asked, isPassing } from './api-fault.js'

/** One request. */
export interface ApiRequest {
  readonly asked: Asked
  /** From the root of the server, with the query, each part encoded. */
  readonly path: string
  /** Sent as JSON; a `patch` as a merge patch. */
  readonly body?: unknown
  /** Reads are given up when it is aborted. What changes something is waited for once it is sent, so that it is known what became of it. */
  readonly signal: AbortSignal
}

/** Sends requests as the kubeconfig says: where to, as whom, through which proxy. Answers are JSON of any form. */
export class Connection {
  #client: Promise<typeof import('@kubernetes/client-node')> | undefined
  #config: Promise<KubeConfig> | undefined

  constructor(
    private readonly given: ClusterConfig | undefined,
    /** After how many milliseconds an answer is not waited for any more. */
    private readonly timeoutMs: number
  ) {}

  /** Rejects with ApiFault for an answer that is a refusal, and with whatever the network says. A read is tried twice. */
  async send(request: ApiRequest): Promise<unknown> {
    try {
      return await this.#sendOnce(request)
    } catch (error) {
      request.signal.throwIfAborted()
      if (!isRead(request.asked) || !isPassing(error)) throw error
      return this.#sendOnce(request)
    }
  }

  async #sendOnce({ asked, path, body, signal }: ApiRequest): Promise<unknown> {
    signal.throwIfAborted()
    const { RequestContext, HttpMethod, IsomorphicFetchHttpLibrary } = await this.#load()
    const config = await this.#configure()
    const server = config.getCurrentCluster()?.server
    if (server === undefined) {
      throw new KubernetesUnavailableError(
        'the kubeconfig names no cluster: set its current-context, or give another kubeConfig'
      )
    }
    const method = isRead(asked) ? HttpMethod.GET : asked.verb === 'patch' ? HttpMethod.PATCH : HttpMethod.POST
    const context = new RequestContext(`${server.replace(/\/+$/, '')}${path}`, method)
    context.setHeaderParam('Accept', 'application/json')
    if (body !== undefined) {
      context.setHeaderParam(
        'Content-Type',
        asked.verb === 'patch' ? 'application/merge-patch+json' : 'application/json'
      )
      context.setBody(JSON.stringify(body))
    }
    await config.applySecurityAuthentication(context)
    signal.throwIfAborted()
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), this.timeoutMs)
    const giveUp = () => patience.abort()
    if (isRead(asked)) signal.addEventListener('abort', giveUp, { once: true })
    try {
      context.setSignal(patience.signal)
      const answer = await new IsomorphicFetchHttpLibrary().send(context).toPromise()
      return readAnswer(asked, answer.httpStatusCode, answer.headers, await answer.body.text())
    } catch (error) {
      if (isRead(asked)) signal.throwIfAborted()
      if (patience.signal.aborted) throw new Error(`no answer from ${server} within ${this.timeoutMs / 1000} s`)
      throw error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
    }
  }

  #load() {
    this.#client ??= loadClient()
    return this.#client
  }

  #configure(): Promise<KubeConfig> {
    this.#config ??= (async () => {
      if (this.given !== undefined) return this.given as KubeConfig
      const config = new (await this.#load()).KubeConfig()
      config.loadFromDefault()
      return config
    })()
    return this.#config
  }
}

function isRead({ verb }: Asked): boolean {
  return verb === 'get' || verb === 'list'
}

function readAnswer(asked: Asked, code: number, headers: Readonly<Record<string, string>>, text: string): unknown {
  const body = parseJson(text)
  if (code >= 200 && code < 300) {
    if (body === undefined) throw new ApiFault(502, 'found an answer that is no JSON', asked)
    return body
  }
  const { message, details } = (typeof body === 'object' && body !== null ? body : {}) as {
    message?: unknown
    details?: { causes?: unknown; retryAfterSeconds?: unknown } | null
  }
  const causes = Array.isArray(details?.causes) ? details.causes : []
  const reasons = causes.flatMap((cause: { message?: unknown } | null) =>
    typeof cause?.message === 'string' ? [cause.message] : []
  )
  const said = typeof message === 'string' && message !== '' ? message : `an answer of ${text.length} characters`
  const seconds = Number(headers['retry-after'] ?? details?.retryAfterSeconds)
  throw new ApiFault(
    code,
    [said, ...reasons].join(' '),
    asked,
    Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

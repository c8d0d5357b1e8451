import type { InputIssue } from '../../../../models/contract/input-issues.js'
import { describeIssues } from '../../../../models/contract/parse.js'
import type { Clock } from '../../../execution/clock.js'
import { readNodes } from '../import/payloads/node-payload.js'
import { readPayload } from '../import/payloads/read-payload.js'
import { servePayload } from '../import/payloads/serve-payload.js'
import { type ClusterView, viewOf } from './cluster-view.js'

/** Asks for a URL, as the `fetch` of the platform does. */
export type Fetch = (url: string, options: { readonly signal: AbortSignal }) => Promise<Response>

const SERVE_PATH = '/api/serve/applications/'
const NODES_PATH = '/api/v0/nodes?detail=1&limit=10000'

/** The dashboard of a cluster, read over REST. */
export class Dashboard {
  #current: Promise<ClusterView> | null = null
  #next: Promise<ClusterView> | null = null

  constructor(
    private readonly url: string,
    private readonly fetch: Fetch,
    private readonly timeoutMs: number,
    private readonly clock: Clock
  ) {}

  /**
   * The cluster as it is now, and not as it was before the call. Whoever asks while it is being read shares the next reading. Rejects
   * where the dashboard does not answer, or something else than it should.
   */
  read(): Promise<ClusterView> {
    if (this.#current === null) {
      this.#current = this.#readNow().finally(() => {
        this.#current = null
      })
      return this.#current
    }
    this.#next ??= this.#current
      .catch(() => {})
      .then(() => {
        this.#next = null
        return this.read()
      })
    return this.#next
  }

  async #readNow(): Promise<ClusterView> {
    const [serve, nodes] = await Promise.all([this.#get(SERVE_PATH), this.#get(NODES_PATH)])
    const issues: InputIssue[] = []
    const document = { name: SERVE_PATH, value: serve }
    const read = readPayload(document, servePayload, 'ServeInstanceDetails', issues)
    const states = readNodes({ name: NODES_PATH, value: nodes, kind: 'nodes' }, issues)
    if (read === null || issues.length > 0) throw new Error(describeIssues('the dashboard', issues))
    // While Serve's controller or the GCS restart, the dashboard answers as if there was nothing. A plan has something to move.
    if (Object.keys(read.applications).length === 0) throw new Error(`${SERVE_PATH} shows no application`)
    if (!states.some(({ isAlive }) => isAlive)) throw new Error(`${NODES_PATH} shows no node that is alive`)
    return viewOf(read.applications, states)
  }

  async #get(path: string): Promise<unknown> {
    const end = new AbortController()
    const timer = new AbortController()
    const place = `${this.url}${path}`
    const late = this.clock.sleep(this.timeoutMs, timer.signal).then(() => {
      end.abort()
      throw new Error(`${place} did not answer within ${this.timeoutMs} ms`)
    })
    // Whoever wins the race ends the other one.
    late.catch(() => {})
    try {
      return await Promise.race([this.#ask(place, end.signal), late])
    } finally {
      timer.abort()
    }
  }

  async #ask(place: string, signal: AbortSignal): Promise<unknown> {
    const response = await this.fetch(place, { signal })
    if (!response.ok) throw new Error(`${place} answered ${response.status} ${response.statusText}`.trimEnd())
    return response.json()
  }
}

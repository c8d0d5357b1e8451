import type { Problem, Replica } from '../../models/contract/problem.js'
import { groupBy } from '../../models/grouping.js'
import { canonicalJson } from '../hash.js'

/** Why a deployment is not settled: it has changed lately, copies of it come or go, or replicas of it have no node. */
export type Unrest = 'changed' | 'in-flight' | 'pending'

/** A deployment that is not settled, since when, and until when it is to be waited for at least; Infinity: nobody knows. */
export interface Unsettled {
  readonly id: string
  readonly unrest: Unrest
  readonly since: number
  readonly until: number
}

/** What is under way may take so many times as long as the Problem says before it counts as stuck, and is planned with. */
const PATIENCE = 3

interface Seen {
  readonly sign: string
  readonly since: number
}

/** Since when everything in a cluster is as it is: from one reading to the next. Times in milliseconds. */
export class Stability {
  #deployments = new Map<string, Seen>()
  /** By replica that starts, drains or waits for a node. */
  #inFlight = new Map<string, Seen>()
  #nodes: Seen | null = null
  #latest: Problem | null = null

  /** Takes a reading. Gives the nodes that are new in it; of the first reading none is. */
  take(problem: Problem, now: number): string[] {
    const before = this.#latest
    const byDeployment = groupBy(problem.replicas, ({ deployment }) => deployment)
    this.#deployments = update(
      this.#deployments,
      problem.deployments.map(({ id, replicas: desired = null, demand, startupDemand = {} }) => {
        const replicas = byDeployment.get(id) ?? []
        const live = replicas.filter(({ state }) => state !== 'draining')
        return [id, canonicalJson([desired ?? live.length, demand, startupDemand, describeCopies(replicas)])]
      }),
      now
    )
    const inFlight = problem.replicas.filter((replica) => isInFlight(replica) || replica.node === null)
    this.#inFlight = update(
      this.#inFlight,
      inFlight.map(({ id, state, node }) => [id, `${state} ${node === null ? 'nowhere' : node}`]),
      now
    )
    const sign = canonicalJson(problem.nodes.map(({ id }) => id).sort())
    if (this.#nodes?.sign !== sign) this.#nodes = { sign, since: now }
    this.#latest = problem
    const known = new Set(before?.nodes.map(({ id }) => id))
    return before === null ? [] : problem.nodes.map(({ id }) => id).filter((id) => !known.has(id))
  }

  /** Since when the nodes are the same; null before the first reading. */
  get nodesSince(): number | null {
    return this.#nodes?.since ?? null
  }

  /** Since when nothing at all has changed; null before the first reading. */
  get since(): number | null {
    if (this.#nodes === null) return null
    let since = this.#nodes.since
    for (const seen of this.#deployments.values()) since = Math.max(since, seen.since)
    return since
  }

  /**
   * The deployments that are not settled at the moment. `place`: replicas that have waited for a node long enough do not count.
   */
  unsettled(now: number, delayMs: number, place: boolean): Unsettled[] {
    const { deployments = [], replicas = [] } = this.#latest ?? {}
    const byDeployment = groupBy(replicas, ({ deployment }) => deployment)
    return deployments.flatMap(({ id, replicas: desired = 0, startupSeconds, drainSeconds }): Unsettled[] => {
      const since = this.#deployments.get(id)?.since ?? now
      const own = byDeployment.get(id) ?? []
      const live = own.filter(({ node, state }) => state !== 'draining' && node !== null).length
      const waits = own.some(({ node, state }) => node === null && state !== 'draining') || live < desired
      if (waits && !(place && now - since >= delayMs)) {
        return [{ id, unrest: 'pending', since, until: place ? since + delayMs : Number.POSITIVE_INFINITY }]
      }
      const until = Math.max(
        0,
        ...own.map((replica) => this.#stuckAt(replica, delayMs, { startupSeconds, drainSeconds }))
      )
      if (until > now) return [{ id, unrest: 'in-flight', since, until }]
      return now - since < delayMs ? [{ id, unrest: 'changed', since, until: since + delayMs }] : []
    })
  }

  /** When a copy that is under way counts as stuck; 0: it is not under way. */
  #stuckAt(
    replica: Replica,
    delayMs: number,
    { startupSeconds, drainSeconds }: { readonly startupSeconds: number; readonly drainSeconds: number }
  ): number {
    if (!isInFlight(replica)) return 0
    const planned = (replica.state === 'starting' ? startupSeconds : drainSeconds) * 1000
    return (this.#inFlight.get(replica.id)?.since ?? 0) + Math.max(delayMs, PATIENCE * planned)
  }
}

function isInFlight({ node, state }: Replica): boolean {
  return node !== null && state !== 'running'
}

/** Where the copies of a deployment are; which is which does not matter. */
function describeCopies(replicas: readonly Replica[]): string[] {
  return replicas.map(({ node, state }) => `${state} ${node ?? ''}`).sort()
}

function update(
  before: ReadonlyMap<string, Seen>,
  signs: readonly (readonly [id: string, sign: string])[],
  now: number
): Map<string, Seen> {
  const after = new Map<string, Seen>()
  for (const [id, sign] of signs) {
    const seen = before.get(id)
    after.set(id, seen?.sign === sign ? seen : { sign, since: now })
  }
  return after
}

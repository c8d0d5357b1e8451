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
  /** Which deployments there are: one that has vanished has no entry of its own that could say so. */
  #roster: Seen | null = null
  #latest: Problem | null = null

  /**
   * Takes a reading. Gives the nodes that are new in it, and those from which a deployment has vanished; of the first reading there
   * are none.
   */
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
    this.#nodes = see(this.#nodes, describeIds(problem.nodes), now)
    this.#roster = see(this.#roster, describeIds(problem.deployments), now)
    this.#latest = problem
    if (before === null) return []
    const known = new Set(before.nodes.map(({ id }) => id))
    const left = new Set(
      before.replicas.flatMap(({ deployment, node }) => (this.#deployments.has(deployment) ? [] : (node ?? [])))
    )
    return problem.nodes.map(({ id }) => id).filter((id) => !known.has(id) || left.has(id))
  }

  /** Since when the nodes are the same; null before the first reading. */
  get nodesSince(): number | null {
    return this.#nodes?.since ?? null
  }

  /** Since when the deployments are the same ones; null before the first reading. */
  get rosterSince(): number | null {
    return this.#roster?.since ?? null
  }

  /** Since when nothing at all has changed; null before the first reading. */
  get since(): number | null {
    if (this.#nodes === null || this.#roster === null) return null
    let since = Math.max(this.#nodes.since, this.#roster.since)
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

function describeIds(items: readonly { readonly id: string }[]): string {
  return canonicalJson(items.map(({ id }) => id).sort())
}

function see(before: Seen | null, sign: string, now: number): Seen {
  return before?.sign === sign ? before : { sign, since: now }
}

function update(
  before: ReadonlyMap<string, Seen>,
  signs: readonly (readonly [id: string, sign: string])[],
  now: number
): Map<string, Seen> {
  const after = new Map<string, Seen>()
  for (const [id, sign] of signs) {
    after.set(id, see(before.get(id) ?? null, sign, now))
  }
  return after
}

import type { Cluster } from '../../models/checker/cluster.js'
import { exceeds } from '../../models/checker/tolerance.js'
import type { ReportExcess } from './levels.js'
import type { WatchedCopy } from './watched-copies.js'

/**
 * Ready copies by deployment. An executor must leave as many as are desired, or were ready at the outset, less those that may be
 * missing. Of a replica whose ready copy died and that has no other, one less is asked for until it has one again; so, too, where the
 * executor gives up the other one before it can know.
 */
export class Availability {
  readonly #ready = new Map<string, number>()
  readonly #least = new Map<string, number>()
  /** By deployment, the replicas that died. */
  readonly #lost = new Map<string, Set<string>>()
  /** By node that died unknown to the executor, the replicas of which a ready copy was there. */
  readonly #unknown = new Map<string, Set<string>>()

  constructor(
    cluster: Cluster,
    private readonly copiesOf: (replica: string) => readonly WatchedCopy[]
  ) {
    for (const { id, desired, options } of cluster.deployments.values()) {
      const replicas = [...cluster.replicas.values()].filter(({ deployment }) => deployment === id)
      const ready = replicas.filter(({ node, state }) => node !== null && state === 'running').length
      this.#ready.set(id, ready)
      this.#least.set(id, Math.min(desired, ready) - options.maxUnavailable)
      this.#lost.set(id, new Set())
    }
  }

  gained({ deployment, replica }: WatchedCopy): void {
    this.#ready.set(deployment, this.#readyOf(deployment) + 1)
    this.#lost.get(deployment)?.delete(replica)
  }

  /** A ready copy drains or goes by an action of the executor. */
  givenUp({ deployment, replica, node }: WatchedCopy, report: ReportExcess): void {
    const ready = this.#readyOf(deployment) - 1
    this.#ready.set(deployment, ready)
    const isUnknown = [...this.#unknown.values()].some((replicas) => replicas.has(replica))
    if (isUnknown && !this.#hasReady(replica)) this.#lost.get(deployment)?.add(replica)
    const least = (this.#least.get(deployment) ?? 0) - (this.#lost.get(deployment)?.size ?? 0)
    if (!exceeds(least, ready)) return
    const message = `${deployment}: ${ready} ready when ${replica} leaves ${node.id}, at least ${least} must be`
    report('availability', deployment, message, least - ready)
  }

  /** A copy died with its node, and is off the node's and the replica's books already. */
  lost({ deployment, replica, node, state }: WatchedCopy): void {
    if (state !== 'ready') return
    this.#ready.set(deployment, this.#readyOf(deployment) - 1)
    if (!this.#hasReady(replica)) this.#lost.get(deployment)?.add(replica)
    const unknown = this.#unknown.get(node.id) ?? new Set()
    this.#unknown.set(node.id, unknown.add(replica))
  }

  /** The executor knows that a node died. */
  noted(node: string): void {
    this.#unknown.delete(node)
  }

  #hasReady(replica: string): boolean {
    return this.copiesOf(replica).some((copy) => copy.state === 'ready')
  }

  #readyOf(deployment: string): number {
    return this.#ready.get(deployment) ?? 0
  }
}

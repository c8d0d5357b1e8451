/**
 * Ray Serve's compaction as the live system paces it: one node at a time, and only while every deployment has been stable for a while;
 * given up when a new replica lands on the node, or after half an hour, and then nothing is tried for 2, 4, 8 … seconds.
 */

import { parseProblem } from 'replica-compactor'
import { compileInstance } from '../../../dist/models/instance/compile.js'
import { PackingState } from '../../../dist/src/search/packing-state.js'
import { rayCompaction } from '../../policies/ray/ray-compaction.mjs'
import { describeCluster } from '../snapshot.mjs'

/** @import { ServingCluster } from '../serving-cluster.mjs' */
/** @import { ServingNode } from '../serving-node.mjs' */
/** @import { Copy, Replica } from '../serving-parts.mjs' */

/** A node that is being emptied, and who was there when it began. @typedef {{ node: ServingNode, replicas: ReadonlySet<Replica>, since: number }} Session */

const TIMEOUT_MS = 1_800_000
const MOST_BACKOFF_MS = 3_600_000

export class RayCompaction {
  /** @type {Session | null} */
  #session = null
  #failures = 0
  #nextAllowed = 0
  #stableSince = 0
  /** As of which version of the cluster it was looked at, and whether it is stable. */
  #seen = { version: -1, isStable: false }
  /** As of which version there was nothing to do. */
  #fruitless = -1
  #cluster
  #delayMs

  /** @param {ServingCluster} cluster @param {number} delaySeconds */
  constructor(cluster, delaySeconds) {
    this.#cluster = cluster
    this.#delayMs = delaySeconds * 1000
  }

  tick() {
    if (this.#session !== null) this.#goOn(this.#session)
    else this.#begin()
  }

  /** @param {Session} session */
  #goOn({ node, replicas, since }) {
    if (node.copies.size === 0) {
      node.isCompacting = false
      node.isEmptiedByMoves = true
      this.#session = null
      this.#failures = 0
      return
    }
    const isForeign = (/** @type {Copy} */ { replica, startedAt }) => !replicas.has(replica) || startedAt > since
    if ([...node.copies].some(isForeign) || this.#cluster.clock.now() - since >= TIMEOUT_MS) {
      this.#cancel()
      return
    }
    for (const copy of node.copies) {
      const isReplaced = [...copy.replica.copies].some((other) => other !== copy && other.seat.isOpen)
      if (copy.state === 'ready' && isReplaced) this.#cluster.drain(copy, 'move', true)
    }
  }

  /** What has been replaced goes, the rest stays. */
  #cancel() {
    const session = this.#session
    if (session === null) return
    const cluster = this.#cluster
    session.node.isCompacting = false
    for (const pending of cluster.pending) if (pending.cause === 'move') cluster.settle(pending, false)
    for (const { copies } of session.replicas) {
      for (const copy of [...copies]) {
        if (copy.cause === 'move' && copy.state === 'starting') cluster.remove(copy, 'move')
      }
    }
    this.#failures++
    this.#nextAllowed = cluster.clock.now() + Math.min(2 ** this.#failures * 1000, MOST_BACKOFF_MS)
    this.#session = null
  }

  #begin() {
    const cluster = this.#cluster
    const now = cluster.clock.now()
    const { version } = cluster
    if (this.#seen.version !== version) {
      const isStable = isSteady(cluster)
      if (!isStable || !this.#seen.isStable) this.#stableSince = now
      this.#seen = { version, isStable }
    }
    const isAllowed = this.#seen.isStable && now - this.#stableSince >= this.#delayMs && now >= this.#nextAllowed
    if (!isAllowed || this.#fruitless === version) return
    const node = findNodeToEmpty(cluster)
    if (node === null) {
      this.#fruitless = version
      return
    }
    const replicas = new Set([...node.copies].map(({ replica }) => replica))
    node.isCompacting = true
    for (const replica of replicas) cluster.request(replica, 'move')
    this.#session = { node, replicas, since: now }
  }
}

/** Whether every deployment has what it wants, and nothing else. @type {(cluster: ServingCluster) => boolean} */
function isSteady({ deployments, pending, replicas }) {
  if (pending.size > 0) return false
  for (const { isRetired, copies } of replicas.values()) {
    if (isRetired || copies.size !== 1) return false
    for (const { state } of copies) if (state !== 'ready') return false
  }
  for (const { target, replicas: own } of deployments.values()) if (own.size !== target) return false
  return true
}

/** The first node that Ray's rule would empty. @type {(cluster: ServingCluster) => ServingNode | null} */
function findNodeToEmpty(cluster) {
  const instance = compileInstance(parseProblem(describeCluster(cluster)))
  const state = new PackingState(instance)
  const before = [...state.population]
  const isEmptied = (/** @type {number} */ node) => (before[node] ?? 0) > 0 && state.population[node] === 0
  const { cost } = state
  rayCompaction.run(state, { maxMoves: Infinity, isLate: () => state.cost !== cost })
  const emptied = instance.nodes.find(({ index }) => isEmptied(index))
  return (emptied && cluster.nodes.get(emptied.id)) ?? null
}

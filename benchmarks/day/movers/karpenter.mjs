/**
 * Karpenter's consolidation at its own pace: it looks every 10 s at the nodes on which nothing has changed for 5 minutes, looks again 15 s
 * after a decision, and disrupts a tenth of the nodes at a time. Nodes are closed, a new one is awaited, then pods are evicted as far as
 * disruption budgets of one replica per deployment allow: a replica stops taking requests before its replacement starts, as eviction
 * has it.
 */

import { parseProblem } from 'replica-compactor'
import { compileInstance } from '../../../dist/models/instance/compile.js'
import { PackingState } from '../../../dist/src/search/packing-state.js'
import { Consolidation } from '../../policies/karpenter/consolidation.mjs'
import { chooseAction } from '../../policies/karpenter/karpenter.mjs'
import { Ranking } from '../../policies/karpenter/ranking.mjs'
import { describeCluster } from '../snapshot.mjs'

/** @import { isBalanced } from '../../policies/karpenter/disruption.mjs' */
/** @import { ServingCluster } from '../serving-cluster.mjs' */
/** @import { ServingNode } from '../serving-node.mjs' */
/** @import { Copy } from '../serving-parts.mjs' */

/** type: of the node that is bought first; null: none is. @typedef {{ nodes: readonly ServingNode[], type: string | null }} Decision */
/** @typedef {{ nodes: readonly ServingNode[], bought: ServingNode | null }} Command */

const INTERVAL_SECONDS = 10
const VALIDATION_MS = 15_000
/** `consolidateAfter`. */
const SETTLED_MS = 300_000
/** `budgets`. */
const MOST_SHARE = 0.1

export class KarpenterConsolidation {
  /** @type {Set<Command>} */
  #commands = new Set()
  /** @type {(Decision & { dueAt: number }) | null} */
  #decision = null
  /** When nothing was found to do, as of which version: something changes when a node has settled, too. */
  #fruitless = { version: -1, at: 0 }
  #cluster
  #accepts

  /** @param {ServingCluster} cluster @param {typeof isBalanced} accepts Whether something is worth it. */
  constructor(cluster, accepts) {
    this.#cluster = cluster
    this.#accepts = accepts
  }

  /** @param {number} second */
  tick(second) {
    for (const command of this.#commands) this.#goOn(command)
    const now = this.#cluster.clock.now()
    if (this.#decision !== null && now >= this.#decision.dueAt) {
      const { nodes } = this.#decision
      this.#decision = null
      const validated = this.#decide(nodes)
      if (validated !== null) this.#begin(validated)
    } else if (this.#decision === null && second % INTERVAL_SECONDS === 0 && this.#mayHaveChanged(now)) {
      const decision = this.#decide(null)
      if (decision === null) this.#fruitless = { version: this.#cluster.version, at: now }
      else this.#decision = { ...decision, dueAt: now + VALIDATION_MS }
    }
  }

  /** @param {number} now */
  #mayHaveChanged(now) {
    const { version, at } = this.#fruitless
    if (version !== this.#cluster.version) return true
    const settles = (/** @type {ServingNode} */ { changedAt }) => changedAt + SETTLED_MS
    return [...this.#cluster.nodes.values()].some((node) => settles(node) > at && settles(node) <= now)
  }

  /** What to do; about these nodes, if some are given. @param {readonly ServingNode[] | null} only @returns {Decision | null} */
  #decide(only) {
    const cluster = this.#cluster
    const disrupted = [...this.#commands].reduce((sum, { nodes }) => sum + nodes.length, 0)
    const most = Math.ceil(cluster.nodes.size * MOST_SHARE) - disrupted
    if (most < 1) return null
    const problem = parseProblem(describeCluster(cluster, { settledMs: SETTLED_MS }))
    if (problem.replicas.length === 0) return null
    const instance = compileInstance(problem)
    const state = new PackingState(instance)
    const consolidation = new Consolidation(state)
    const ranking = new Ranking(state)
    const all = ranking.weighAll()
    const attempt = (/** @type {readonly number[]} */ nodes) => {
      const mark = state.mark()
      const action = consolidation.tryEmptying(nodes, Infinity)
      if (action === null) return null
      state.rollBack(mark)
      const disruption = nodes.reduce((sum, node) => sum + ranking.disruptionOf(node), 0)
      return this.#accepts({ savings: action.savings, disruption }, all) ? action : null
    }
    const isOpen = (/** @type {number} */ index) => instance.nodes[index]?.open === true
    const candidates = ranking.candidates.filter(isOpen)
    const wanted = only?.map(({ id }) => instance.nodes.findIndex((node) => node.id === id))
    if (wanted?.some((index) => !candidates.includes(index))) return null
    const action = wanted === undefined ? chooseAction(candidates, attempt, most) : attempt(wanted)
    if (action === null) return null
    const nodes = action.nodes.flatMap((index) => cluster.nodes.get(instance.nodes[index]?.id ?? '') ?? [])
    const purchase = instance.nodes[action.bought]?.purchase ?? -1
    return { nodes, type: problem.nodeTypes[purchase]?.type ?? null }
  }

  /** @param {Decision} decision */
  #begin({ nodes, type }) {
    const machine = this.#cluster.machines.find((candidate) => candidate.type === type)
    for (const node of nodes) node.isClosed = true
    this.#commands.add({
      nodes,
      bought: machine === undefined ? null : this.#cluster.pool.buy(machine, { cause: 'move' })
    })
  }

  /** @param {Command} command */
  #goOn(command) {
    const { nodes, bought } = command
    if (bought?.state === 'coming') return
    for (const node of nodes) {
      for (const copy of [...node.copies]) if (copy.state === 'ready' && this.#mayEvict(copy)) this.#evict(copy)
      if (node.copies.size === 0 && node.state === 'there') this.#cluster.pool.release(node, 'move')
    }
    if (nodes.every(({ state }) => state === 'gone')) this.#commands.delete(command)
  }

  /** A budget for each deployment: at most one replica is missing. @param {Copy} copy */
  #mayEvict({ replica }) {
    const { target, replicas } = replica.deployment
    const served = [...replicas].filter(({ copies }) => [...copies].some(({ seat }) => seat.isOpen))
    return served.length >= target
  }

  /** @param {Copy} copy */
  #evict(copy) {
    this.#cluster.drain(copy, 'move', true)
    this.#cluster.request(copy.replica, 'move')
  }
}

/**
 * The compaction of Ray Serve. It empties one node after the other: the largest one, by GPUs, then cores, then memory, of those whose
 * replicas all have room on the other nodes that host some, each where least is left. Idle nodes are never used again.
 *
 * Ray adds GPUs up when it plans; which devices are free turns out when a replica is started. One that finds none hangs until Ray
 * gives up, and nothing of that round is kept. More generous than the original: Ray would choose the same node again and again, for
 * as long as that is the largest one. Here it is left alone until something came to the node where the replica hung, or the plan
 * sends other replicas there.
 */
import { at } from '../../families/crowd.mjs'
import { listCandidates } from '../cluster/candidates.mjs'
import { evacuate, replicasOn } from '../cluster/evacuation.mjs'
import { compareSizes, rankBySize, resourcesInOrder, sizeOf } from '../cluster/lexicographic.mjs'
import { refuseOtherCounts, refuseRules } from '../cluster/refusals.mjs'
import { FittingNodes } from './fitting-nodes.mjs'
import { isHopeless, planMoves } from './ray-plan.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */
/** @import { Replica } from '../cluster/evacuation.mjs' */
/** @import { Account, Limits, Policy } from '../policies.mjs' */

/** What is to be started where, one after the other. @typedef {{ deployments: readonly number[], targets: readonly number[] }} Plan */

/** Where a replica hung: what was started on that node, the replica last, and what had come to it before. @typedef {{ target: number, started: readonly number[], arrivals: number }} Hang */

/** What is compared first. */
const IMPORTANT = ['gpu', 'cpu', 'memory']

/** @type {Policy} */
export const rayCompaction = {
  name: 'ray-compaction',
  description:
    'Ray Serve, compaction: empties the largest node whose replicas fit on the other active ones, one at a time; adds up shares of GPUs.',
  refuses: (instance) => refuseOtherCounts(instance) ?? refuseRules(instance),
  run: (state, limits) => new Compaction(state).run(limits)
}

class Compaction {
  #state
  #fitting
  /** Nodes that may be emptied some day. */
  #candidates
  /** By node. @type {Float64Array[]} */
  #sizes
  /** By deployment: its place in the order in which replicas are planned, the largest first. */
  #rank
  /** By node: how often something came to it. */
  #arrivals
  /** By the node that was to be emptied. @type {Map<number, Hang>} */
  #hangs = new Map()

  /** @param {PackingState} state */
  constructor(state) {
    const { instance } = state
    const order = resourcesInOrder(instance, IMPORTANT)
    this.#state = state
    this.#fitting = new FittingNodes(state)
    this.#candidates = listCandidates(state)
    this.#sizes = instance.nodes.map(({ capacity }) => sizeOf(capacity, order))
    this.#rank = rankBySize(instance, IMPORTANT)
    this.#arrivals = new Int32Array(instance.nodes.length)
  }

  /** @param {Limits} limits @returns {Account} */
  run({ maxMoves, isLate }) {
    const account = { starts: 0, rounds: 0, hangs: 0, isFixedPoint: false }
    for (let isDone = true; isDone; ) {
      isDone = false
      for (const node of this.#inOrder()) {
        if (isLate()) return account
        const starts = this.#state.population[node] ?? 0
        const plan = starts > maxMoves - account.starts ? null : this.#plan(node)
        if (plan === null) continue
        account.rounds++
        isDone = this.#carryOut(node, plan)
        if (isDone) {
          account.starts += starts
          break
        }
        // Nothing has changed: the next one is what would be chosen now.
        account.hangs++
      }
    }
    return { ...account, isFixedPoint: true }
  }

  /** The largest first, of several the one with fewest replicas, the first of those. */
  #inOrder() {
    const { population } = this.#state
    const compare = (/** @type {number} */ one, /** @type {number} */ other) =>
      compareSizes(at(this.#sizes, other), at(this.#sizes, one)) ||
      (population[one] ?? 0) - (population[other] ?? 0) ||
      one - other
    return this.#candidates.sort(compare).slice()
  }

  /** What would be started where to empty a node; null where there is no room, or it is known to hang. @param {number} node @returns {Plan | null} */
  #plan(node) {
    const deployments = this.#replicasOn(node).map(({ deployment }) => deployment)
    if (isHopeless(this.#fitting, node, deployments)) {
      // Room on active nodes only shrinks, and no node becomes active: so it is for ever.
      this.#forget(node)
      return null
    }
    const targets = planMoves(this.#fitting, node, deployments)
    return targets === null || this.#isKnownToHang(node, { deployments, targets }) ? null : { deployments, targets }
  }

  /** @param {number} node @param {Plan} plan */
  #isKnownToHang(node, plan) {
    const hang = this.#hangs.get(node)
    if (hang === undefined || this.#arrivals[hang.target] !== hang.arrivals) return false
    const there = startedOn(plan, hang.target)
    return hang.started.every((deployment, place) => there[place] === deployment)
  }

  /** Starts everything where it is planned. False, and everything as it was, where one hangs. @param {number} node @param {Plan} plan */
  #carryOut(node, { deployments, targets }) {
    let started = 0
    const isDone = evacuate(this.#state, this.#replicasOn(node), ({ deployment }) => {
      const target = at(targets, started++)
      return this.#state.admits(deployment, target) ? target : -1
    })
    if (!isDone) {
      const target = at(targets, started - 1)
      const until = { deployments: deployments.slice(0, started), targets: targets.slice(0, started) }
      this.#hangs.set(node, { target, started: startedOn(until, target), arrivals: this.#arrivals[target] ?? 0 })
      return false
    }
    this.#forget(node)
    this.#fitting.remove(node)
    for (const target of new Set(targets)) {
      this.#arrivals[target] = (this.#arrivals[target] ?? 0) + 1
      this.#fitting.refresh(target)
    }
    return true
  }

  /** @param {number} node */
  #replicasOn(node) {
    const place = (/** @type {Replica} */ { deployment }) => this.#rank[deployment] ?? 0
    return replicasOn(this.#state, node).sort((one, other) => place(one) - place(other))
  }

  /** @param {number} node */
  #forget(node) {
    this.#candidates = this.#candidates.filter((other) => other !== node)
  }
}

/** @type {(plan: Plan, node: number) => number[]} */
function startedOn({ deployments, targets }, node) {
  return deployments.filter((_, place) => targets[place] === node)
}

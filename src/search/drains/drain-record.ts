import type { Producer } from '../../../models/contract/placement.js'
import type { Instance } from '../../../models/instance/instance.js'
import type { Target } from '../../../models/instance/packing.js'
import type { Incumbents } from '../incumbents.js'
import { compareWorth, type Worth } from '../worth.js'
import { type DrainPlan, describeDrains, drainMoveCosts, drainValues } from './drain-plan.js'
import type { DrainState } from './drain-state.js'
import type { SettledStart } from './settled-start.js'

/** Differences of sums that are rounding. */
const ROUNDING = 1e-9

/** What was found by searches over sequences of drains: each better plan is offered, with the names that Serve's rule gives. */
export class DrainRecord {
  /** By node: by how much the primary objective falls when it is drained. */
  readonly values: Float64Array
  /** By node: the move cost of what runs there at rest. */
  readonly #moveCosts: Float64Array
  readonly #plans = new Map<Target, DrainPlan>()
  readonly #instance: Instance
  /** Names and places of everything before anything is drained. */
  readonly settled: Target
  readonly #isAllowed: (worth: Worth) => boolean
  /** Where something is broken or waits at rest, cost does not come first, and every state is looked at. */
  readonly #costComesFirst: boolean
  /** Worth as much as the best, with fewest replicas that move twice. */
  #leanest: DrainPlan | null = null
  #fewestStarts = Infinity
  #gated: Worth | null = null
  #mostSaved = -Infinity
  #leastMoved = Infinity
  /** Of allowed plans, the one that saves most; null before there is one. */
  #best: DrainPlan | null = null
  /** The best of those that a Result cannot tell; null while there is none. */
  #untold: Worth | null = null

  constructor(settled: SettledStart, atRest: Worth, isAllowed: (worth: Worth) => boolean) {
    this.#moveCosts = drainMoveCosts(settled.state)
    this.values = drainValues(settled.state.instance, this.#moveCosts)
    this.#instance = settled.state.instance
    this.settled = settled.target
    this.#isAllowed = isAllowed
    this.#costComesFirst = atRest.broken === 0 && atRest.missing === 0 && atRest.unplaced.every((count) => count === 0)
  }

  get best(): DrainPlan | null {
    return this.#best
  }

  /** Whether nothing is broken and nobody waits at rest: then the cost alone decides. */
  get costComesFirst(): boolean {
    return this.#costComesFirst
  }

  /** The best plan, or one worth as much in which fewer replicas move twice. */
  get leanest(): DrainPlan | null {
    return this.#leanest
  }

  /** The plan of least cost that the gate forbids; null where it forbids none. */
  get gated(): Worth | null {
    return this.#gated
  }

  /**
   * Whether some plan is better than the best and no Result can tell it: where surplus stops, replicas are named so that fewest move, and
   * Serve may stop others than those.
   */
  get hasBetterUntold(): boolean {
    return this.#untold !== null && (this.#best === null || compareWorth(this.#untold, this.#best.worth) < 0)
  }

  /** Whether the gate lets a plan pass. */
  allows(worth: Worth): boolean {
    return this.#isAllowed(worth)
  }

  /** Whether of a sequence and its beginnings the whole is always the best: no rule, gate or price speaks against one more drain. */
  get moreIsBetter(): boolean {
    const { problem, finalRules } = this.#instance
    const { paybackHours, minSavingPerMove } = problem.gate
    const isGated = paybackHours !== null || minSavingPerMove > 0
    const isFree = finalRules.length === 0 && problem.headroom.length === 0 && problem.objective.horizonHours === null
    return this.#costComesFirst && isFree && !isGated
  }

  /** Saved by the best plan; −Infinity before there is one. */
  get mostSaved(): number {
    return this.#mostSaved
  }

  /** The drains that lead to a target that was offered. */
  planOf(target: Target): DrainPlan | undefined {
    return this.#plans.get(target)
  }

  saved(drained: DrainState): number {
    return drained.drains.reduce((sum, { node }) => sum + (this.values[node] as number), 0)
  }

  /** The move cost of what no longer runs where it ran at rest: second moves do not count. */
  moved(drained: DrainState): number {
    return drained.drains.reduce((sum, { node }) => sum + (this.#moveCosts[node] as number), 0)
  }

  /** Offers what a state has come to, if it may be better than all before. */
  consider(drained: DrainState, own: Incumbents, producer: Producer): void {
    const saved = this.saved(drained)
    const moved = this.moved(drained)
    if (this.#costComesFirst) {
      if (saved < this.#mostSaved - ROUNDING) return
      if (saved < this.#mostSaved + ROUNDING && moved >= this.#leastMoved - ROUNDING) {
        if (moved <= this.#leastMoved + ROUNDING && drained.starts < this.#fewestStarts) this.#keepLeaner(drained)
        return
      }
    }
    describeDrains(drained, this.settled, (plan) => {
      if (!this.#isAllowed(plan.worth)) {
        if (this.#gated === null || plan.worth.costPerHour < this.#gated.costPerHour) this.#gated = plan.worth
        return
      }
      this.#plans.set(plan.target, plan)
      if (!own.offer(drained.state, producer, plan.target)) {
        if (this.#untold === null || compareWorth(plan.worth, this.#untold) < 0) this.#untold = plan.worth
        return
      }
      this.#best = plan
      this.#leanest = plan
      this.#fewestStarts = drained.starts
      this.#mostSaved = saved
      this.#leastMoved = moved
    })
  }

  #keepLeaner(drained: DrainState): void {
    describeDrains(drained, this.settled, (plan) => {
      if (this.#best === null || !this.#isAllowed(plan.worth) || compareWorth(plan.worth, this.#best.worth) !== 0)
        return
      this.#leanest = plan
      this.#fewestStarts = drained.starts
    })
  }
}

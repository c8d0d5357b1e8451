import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { CompletionTable, type TableMemory } from './completion-table.js'
import { KnapsackModel } from './knapsack-model.js'
import { NodeRoom } from './node-room.js'
import type { Pattern } from './pattern.js'

/** The most profitable contents of one node, as far as they were found. */
export interface Priced {
  /** Contents worth more than the threshold, the best last. */
  readonly patterns: readonly Pattern[]
  /** No contents are worth more than this. */
  readonly bound: number
}

/** What copies are worth. */
export interface Profits {
  /** [deployment]: of a copy on the kind that is priced. */
  readonly copy: Float64Array
  /** [resident]: what one is worth more where it stays. */
  readonly stay: Float64Array
}

/** Copies that stay, before others arrive beside them. */
interface StayChoice {
  readonly stays: Int32Array
  readonly value: number
  /** No contents with these stays are worth more. */
  readonly bound: number
}

const EPSILON = 1e-9
const PATTERNS_KEPT = 4
const STEPS_BETWEEN_LOOKS = 256

/**
 * Prices the patterns of one kind of node: max Σ profit · x over contents x that fit, a bounded knapsack with several dimensions
 * and shares that live on single devices. On nodes with contents, what stays is chosen first, as a copy that stays is worth more; all
 * groups of the kind share the table that says what the best arrivals could add beside it.
 *
 * Depth first by profit per surrogate weight, cut by the completion table and by dominance. When the search is cut short, `bound`
 * is that of the table.
 */
export class KindPricing {
  /** Search steps by now, of all calls. */
  steps = 0
  readonly #items: readonly number[]
  readonly #model: KnapsackModel
  readonly #room: NodeRoom
  #profits: Profits = { copy: new Float64Array(0), stay: new Float64Array(0) }
  #order = new Int32Array(0)
  #profit = new Float64Array(0)
  #most = new Int32Array(0)
  #dominators: readonly (readonly number[])[] = []
  #table: CompletionTable | null = null

  constructor(
    highs: Highs,
    readonly problem: PatternProblem,
    readonly kind: number,
    readonly stopped: () => boolean
  ) {
    const { deployments, most } = problem
    this.#items = Array.from({ length: deployments }, (_, item) => item).filter(
      (item) => (most[kind * deployments + item] as number) > 0
    )
    this.#room = new NodeRoom(problem, kind)
    this.#model = new KnapsackModel(highs, problem, this.#items, this.#room.capacity, kind)
  }

  /** Sets the profits of the next calls of `price`, which share the memory until the next kind takes it. */
  prepare(profits: Profits, memory: TableMemory): void {
    const { deployments, most } = this.problem
    this.#profits = profits
    this.#table = null
    const items = this.#items.filter((item) => (profits.copy[item] as number) > EPSILON)
    const multipliers = items.length === 0 ? new Float64Array(0) : this.#model.relax(profits.copy)
    const ratio = new Map(
      items.map((item) => [item, (profits.copy[item] as number) / (this.#surrogate(item, multipliers) + 1e-9)])
    )
    items.sort((left, right) => (ratio.get(right) as number) - (ratio.get(left) as number) || left - right)
    this.#order = Int32Array.from(items)
    this.#profit = Float64Array.from(items, (item) => profits.copy[item] as number)
    this.#most = Int32Array.from(items, (item) => most[this.kind * deployments + item] as number)
    this.#dominators = this.#findDominators()
    if (items.length === 0) return
    this.#table = new CompletionTable(this.problem, this.#room.capacity, this.#order, multipliers)
    this.#table.fill(this.#order, this.#profit, this.#most, memory)
  }

  /**
   * Contents worth more than `threshold` on a node of a group, −1 for nodes of which nothing stays; or the proof that there are none, as
   * far as so many search steps go.
   */
  price(group: number, threshold: number, searchSteps: number): Priced {
    const room = this.#room
    room.clear()
    const search = { best: threshold + EPSILON, left: searchSteps, patterns: [] as Pattern[] }
    let open = -Infinity
    const choices = this.#stayChoices(group, search.best)
    for (const { stays, value, bound } of choices) {
      if (bound <= search.best) break
      this.#moveStays(group, stays, 1)
      if (search.left > 0) this.#descend(0, value, group, stays, search)
      this.#moveStays(group, stays, -1)
      if (search.left <= 0) open = Math.max(open, bound)
    }
    this.steps += searchSteps - search.left
    return { patterns: search.patterns.slice(-PATTERNS_KEPT), bound: Math.max(search.best, open) }
  }

  dispose(): void {
    this.#model.dispose()
  }

  /** Every choice of what stays that could be worth more than `best`, the most promising first. */
  #stayChoices(group: number, best: number): StayChoice[] {
    const { residentStart, residentDeployment, residentHeld, residentCopies } = this.problem
    const first = group < 0 ? 0 : (residentStart[group] as number)
    const last = group < 0 ? 0 : (residentStart[group + 1] as number)
    const stays = new Int32Array(last - first)
    const choices: StayChoice[] = []
    const choose = (resident: number, value: number): void => {
      if (resident === last) {
        const bound = value + this.#complete(0)
        if (bound > best) choices.push({ stays: stays.slice(), value, bound })
        return
      }
      const deployment = residentDeployment[resident] as number
      const worth = (this.#profits.copy[deployment] as number) + (this.#profits.stay[resident] as number)
      const held = residentHeld[resident] as number
      let taken = 0
      while (taken < (residentCopies[resident] as number) && this.#room.take(deployment, 1)) taken++
      for (; taken >= 0; taken--) {
        if (taken >= held) {
          stays[resident - first] = taken
          choose(resident + 1, value + taken * worth)
        }
        if (taken > 0) this.#room.give(deployment, 1)
      }
      stays[resident - first] = 0
    }
    choose(first, 0)
    return choices.sort((left, right) => right.bound - left.bound)
  }

  #moveStays(group: number, stays: Int32Array, sign: 1 | -1): void {
    for (let index = 0; index < stays.length; index++) {
      const resident = (this.problem.residentStart[group] as number) + index
      const deployment = this.problem.residentDeployment[resident] as number
      if (sign > 0) this.#room.take(deployment, stays[index] as number)
      else this.#room.give(deployment, stays[index] as number)
    }
  }

  /** Adds items from a position on in every way that the bounds do not cut off. */
  #descend(
    from: number,
    value: number,
    group: number,
    stays: Int32Array,
    search: { best: number; left: number; readonly patterns: Pattern[] }
  ): void {
    const room = this.#room
    if (value > search.best) {
      search.best = value + EPSILON
      if (room.isSeatable) search.patterns.push({ kind: this.kind, group, counts: room.counts.slice(), stays })
    }
    for (let position = from; position < this.#order.length; position++) {
      if (value + this.#complete(position) <= search.best) return
      const item = this.#order[position] as number
      let copies = room.fitting(item, this.#most[position] as number)
      if (copies === 0 || this.#isDominated(position)) continue
      if (--search.left <= 0) return
      // A search that is stopped is one cut short.
      if (search.left % STEPS_BETWEEN_LOOKS === 0 && this.stopped()) search.left = 0
      if (!room.take(item, copies)) copies = room.takeFewer(item, copies)
      for (; copies > 0; copies--) {
        if (search.left > 0) {
          this.#descend(position + 1, value + copies * (this.#profit[position] as number), group, stays, search)
        }
        room.give(item, 1)
      }
    }
  }

  #complete(position: number): number {
    return this.#table === null ? 0 : this.#table.complete(position, this.#room.left)
  }

  #surrogate(item: number, multipliers: Float64Array): number {
    const { dimensions, weight } = this.problem
    let sum = 0
    for (let dimension = 0; dimension < dimensions; dimension++) {
      sum += (multipliers[dimension] as number) * (weight[item * dimensions + dimension] as number)
    }
    return sum
  }

  /** While an item that dominates this one could still be added, this one is never needed. */
  #isDominated(position: number): boolean {
    const { counts } = this.#room
    for (const other of this.#dominators[position] as readonly number[]) {
      if ((counts[this.#order[other] as number] as number) < (this.#most[other] as number)) return true
    }
    return false
  }

  /** For each item those before it that are worth no less, weigh no more in any dimension and have no conflict of their own. */
  #findDominators(): number[][] {
    const { dimensions, weight, conflictSide, deployments } = this.problem
    return Array.from(this.#order, (item, position) => {
      const dominators: number[] = []
      for (let before = 0; before < position; before++) {
        const other = this.#order[before] as number
        let dominates = (this.#profit[before] as number) >= (this.#profit[position] as number)
        for (let dimension = 0; dominates && dimension < dimensions; dimension++) {
          const lighter = weight[other * dimensions + dimension] as number
          dominates = lighter <= (weight[item * dimensions + dimension] as number)
        }
        for (let at = 0; dominates && at < conflictSide.length; at += deployments) {
          const side = conflictSide[at + other] as number
          dominates = side === 0 || side === conflictSide[at + item]
        }
        if (dominates) dominators.push(before)
      }
      return dominators
    })
  }
}

import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { CompletionTable, type TableMemory } from './completion-table.js'
import { findDominators } from './dominance.js'
import { NodeRoom } from './node-room.js'
import type { Pattern } from './pattern.js'
import type { ShareBins } from './share-packing.js'
import { stayExtras } from './stay-extras.js'

/** The most profitable contents of one node, as far as they were found. */
export interface Priced {
  /** Contents worth more than the threshold, the best last. */
  readonly patterns: readonly Pattern[]
  /** What the best of them are worth more than the threshold; 0 where there are none. */
  readonly gain: number
  /** No contents are worth more than this. */
  readonly bound: number
  /** Whether the search was cut short, so that the bound may be too high and better contents may exist. */
  readonly isCutShort: boolean
}

/** How hard a pricing tries. */
export interface PricingEffort {
  /** Search steps for each group. */
  readonly steps: number
  /** Cells of the completion table for one position: more of them are slower to fill and tell more. */
  readonly cells: number
}

/** What contents of one kind of node are worth, and how many copies may come. */
export interface KindPrices {
  /** [deployment]: what a copy is worth. */
  readonly copy: Float64Array
  /** [resident]: what one is worth more where it stays. */
  readonly stay: Float64Array
  /** [deployment]: most copies on one node that may come. */
  readonly most: Int32Array
  /** [dimension]: about what its room is worth, at least 0. Any numbers give a bound; a good choice is a tight one. */
  readonly room: Float64Array
}

/** One search under way. */
interface Search {
  readonly group: number
  /** Its residents: from `first` up to `last`. */
  readonly first: number
  readonly last: number
  /** How many of each stay. */
  readonly stays: Int32Array
  /** Steps that are left. */
  left: number
  /** Deployments of which copies were chosen. */
  depth: number
  best: number
  /** The highest bound of what there was no time for. */
  open: number
  readonly patterns: Pattern[]
}

const EPSILON = 1e-9
const PATTERNS_KEPT = 8
const NO_EXTRAS = new Float64Array(1)
const STEPS_BETWEEN_LOOKS = 256
/** Deployments on one node after which a search is cut short: the stack is not endless. */
const DEEPEST = 1_500

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
  readonly #room: NodeRoom
  #prices: KindPrices = {
    copy: new Float64Array(0),
    stay: new Float64Array(0),
    most: new Int32Array(0),
    room: new Float64Array(0)
  }
  #order = new Int32Array(0)
  #profit = new Float64Array(0)
  #most = new Int32Array(0)
  #dominators: readonly (readonly number[])[] = []
  #table: CompletionTable | null = null
  /** A stack: for each open choice of copies what the rest can come to with so many of them. */
  #bounds = new Float64Array(256)
  #top = 0

  constructor(
    readonly problem: PatternProblem,
    readonly kind: number,
    bins: readonly ShareBins[],
    readonly stopped: () => boolean
  ) {
    this.#room = new NodeRoom(problem, kind, bins)
  }

  /** Sets the prices of the next calls of `price`, which share the memory until another kind takes it. */
  prepare(prices: KindPrices, memory: TableMemory, { cells }: PricingEffort): void {
    const { copy, most, room } = prices
    this.#prices = prices
    this.#table = null
    const items = [...copy.keys()].filter((item) => (most[item] as number) > 0 && (copy[item] as number) > EPSILON)
    const ratio = new Map(items.map((item) => [item, (copy[item] as number) / (this.#weigh(item, room) + 1e-9)]))
    items.sort((left, right) => (ratio.get(right) as number) - (ratio.get(left) as number) || left - right)
    this.#order = Int32Array.from(items)
    this.#profit = Float64Array.from(items, (item) => copy[item] as number)
    this.#most = Int32Array.from(items, (item) => most[item] as number)
    this.#dominators = findDominators(this.problem, this.#order, this.#profit)
    if (items.length === 0) return
    this.#table = new CompletionTable(this.problem, this.#room.capacity, this.#order, room, cells)
    this.#table.fill(this.#order, this.#profit, this.#most, memory)
  }

  /**
   * Contents worth more than `threshold` on a node of a group, −1 for nodes of which nothing stays; or the proof that there are none, as
   * far as so many search steps go.
   */
  price(group: number, threshold: number, { steps }: PricingEffort): Priced {
    const { residentStart } = this.problem
    const first = group < 0 ? 0 : (residentStart[group] as number)
    const last = group < 0 ? 0 : (residentStart[group + 1] as number)
    const stays = new Int32Array(last - first)
    const search: Search = {
      group,
      first,
      last,
      stays,
      left: steps,
      depth: 0,
      best: threshold + EPSILON,
      open: -Infinity,
      patterns: []
    }
    this.#room.clear()
    this.#chooseStays(first, 0, Infinity, group < 0 ? NO_EXTRAS : stayExtras(this.problem, group, this.#prices), search)
    this.steps += steps - search.left
    return {
      patterns: search.patterns.slice(-PATTERNS_KEPT),
      gain: search.patterns.length === 0 ? 0 : search.best - threshold,
      bound: Math.max(search.best, search.open),
      isCutShort: search.left <= 0
    }
  }

  /** Chooses how many copies stay, resident by resident, the most promising number first; then what arrives beside them. */
  #chooseStays(resident: number, value: number, bound: number, extra: Float64Array, search: Search): void {
    if (resident === search.last) {
      this.#descend(0, value, Math.min(bound, value + this.#complete(0)), search)
      return
    }
    if (!this.#mayGoOn(bound, search)) return
    const { residentDeployment, residentHeld, residentCopies } = this.problem
    const room = this.#room
    const deployment = residentDeployment[resident] as number
    const worth = (this.#prices.copy[deployment] as number) + (this.#prices.stay[resident] as number)
    const held = residentHeld[resident] as number
    const copies = residentCopies[resident] as number
    const base = this.#reserve(copies + 1)
    const others = extra[resident - search.first + 1] as number
    this.#bounds.fill(-Infinity, base, base + copies + 1)
    let seated = 0
    for (let taken = 0; taken <= copies; taken++) {
      if (taken > 0 && !room.take(deployment, 1)) break
      seated = taken
      if (taken >= held) this.#bounds[base + taken] = value + taken * worth + this.#complete(0) + others
    }
    room.give(deployment, seated)
    for (;;) {
      const choice = this.#mostPromising(base, copies, search)
      if (choice < 0) break
      const next = this.#bounds[base + choice] as number
      this.#bounds[base + choice] = -Infinity
      room.take(deployment, choice)
      search.stays[resident - search.first] = choice
      this.#chooseStays(resident + 1, value + choice * worth, next, extra, search)
      room.give(deployment, choice)
    }
    this.#top = base
  }

  /** Adds items from a position on in every way that the bounds do not cut off, the most promising number of copies first. */
  #descend(from: number, value: number, bound: number, search: Search): void {
    const room = this.#room
    if (value > search.best) this.#record(value, search)
    let position = from
    let copies = 0
    for (; position < this.#order.length; position++) {
      copies = room.fitting(this.#order[position] as number, this.#most[position] as number)
      if (copies > 0 && !this.#isDominated(position)) break
    }
    if (position === this.#order.length) return
    if (search.depth >= DEEPEST) search.left = 0
    if (!this.#mayGoOn(bound, search)) return
    search.depth++
    const item = this.#order[position] as number
    const profit = this.#profit[position] as number
    const table = this.#table as CompletionTable
    const base = this.#reserve(copies + 1)
    for (let taken = 0; taken <= copies; taken++) {
      this.#bounds[base + taken] = value + taken * profit + table.completeAfter(position + 1, room.left, item, taken)
    }
    for (;;) {
      const choice = this.#mostPromising(base, copies, search)
      if (choice < 0) break
      const next = this.#bounds[base + choice] as number
      this.#bounds[base + choice] = -Infinity
      if (!room.take(item, choice)) continue
      this.#descend(position + 1, value + choice * profit, next, search)
      room.give(item, choice)
    }
    search.depth--
    this.#top = base
  }

  #record(value: number, search: Search): void {
    search.best = value + EPSILON
    if (!this.#room.isSeatable) return
    const { group, stays } = search
    search.patterns.push({ kind: this.kind, group, counts: this.#room.counts.slice(), stays: stays.slice() })
  }

  /** Counts a step. False where there are none left: what is not looked at may be worth as much as its bound. */
  #mayGoOn(bound: number, search: Search): boolean {
    // A search that is stopped is one cut short.
    if (search.left % STEPS_BETWEEN_LOOKS === 0 && this.stopped()) search.left = 0
    if (search.left > 0) {
      search.left--
      return true
    }
    search.open = Math.max(search.open, bound)
    return false
  }

  /** The choice of highest bound, from 0 up to `most`; −1 when none is above the best. What there is no time for stays open. */
  #mostPromising(base: number, most: number, search: Search): number {
    let choice = -1
    let highest = search.best
    for (let taken = most; taken >= 0; taken--) {
      const bound = this.#bounds[base + taken] as number
      if (bound <= highest) continue
      highest = bound
      choice = taken
    }
    if (choice < 0 || search.left > 0) return choice
    search.open = Math.max(search.open, highest)
    return -1
  }

  #reserve(bounds: number): number {
    const base = this.#top
    this.#top += bounds
    if (this.#bounds.length < this.#top) this.#growBounds()
    return base
  }

  #growBounds(): void {
    const grown = new Float64Array(2 * this.#top)
    grown.set(this.#bounds)
    this.#bounds = grown
  }

  #complete(position: number): number {
    return this.#table === null ? 0 : this.#table.complete(position, this.#room.left)
  }

  #weigh(item: number, prices: Float64Array): number {
    const { dimensions, weight } = this.problem
    let sum = 0
    for (let dimension = 0; dimension < dimensions; dimension++) {
      sum += (prices[dimension] as number) * (weight[item * dimensions + dimension] as number)
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
}

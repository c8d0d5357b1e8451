import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { KnapsackModel } from './knapsack-model.js'
import { ShareBins } from './share-packing.js'

/** The most profitable contents of one node, as far as they were found. */
export interface Priced {
  /** Contents worth more than the threshold, the best last; copies of each deployment. */
  readonly patterns: readonly Int32Array[]
  /** No contents are worth more than this. */
  readonly bound: number
}

/** How hard a pricing tries. */
export interface Effort {
  /** Steps of the depth-first search. */
  readonly searchSteps: number
  /** Time for HiGHS on the same knapsack when the search proves nothing; 0 for none. */
  readonly solverSeconds: number
}

const EPSILON = 1e-9
/** Of sums of weights. */
const ROUNDING = 1e-9
const PATTERNS_KEPT = 4
const STEPS_BETWEEN_LOOKS = 64

/**
 * Prices the patterns of one kind of node: max Σ profit · x over contents x that fit, a bounded knapsack with several
 * dimensions and shares that live on single devices.
 *
 * The relaxed knapsack comes first: its bound refutes most kinds at once, and its prices u of the dimensions steer the search: depth
 * first by profit per surrogate weight, cut by the Lagrangian bound value + u · room + Σ max(0, profit − u · weight) · most and by
 * dominance. When the search is cut short, `bound` is that of the relaxation, or of HiGHS on the whole knapsack where asked for.
 */
export class Pricing {
  readonly #items: number[]
  readonly #room: Float64Array
  readonly #model: KnapsackModel
  #multipliers: Float64Array
  readonly #bins: readonly ShareBins[]
  /** [dimension][deployment]: index of its share among the distinct shares; −1 for whole ones and none. */
  readonly #shareOf: readonly Int32Array[]

  constructor(
    highs: Highs,
    readonly problem: PatternProblem,
    readonly kind: number,
    readonly stopped: () => boolean = () => false
  ) {
    const { deployments, dimensions, most, capacity, deviceDimensions, weight } = problem
    this.#items = Array.from({ length: deployments }, (_, item) => item).filter(
      (item) => (most[kind * deployments + item] as number) > 0
    )
    this.#room = capacity
      .slice(kind * dimensions, (kind + 1) * dimensions)
      .map((limit) => limit + ROUNDING * Math.max(1, limit))
    this.#multipliers = new Float64Array(dimensions)
    this.#model = new KnapsackModel(highs, problem, this.#items, this.#room, kind)
    const weightsOn = (dimension: number) => this.#items.map((item) => weight[item * dimensions + dimension] as number)
    this.#bins = [...deviceDimensions].map(
      (dimension) =>
        new ShareBins(
          [...new Set(weightsOn(dimension).filter((share) => share > 0 && share < 1))].sort((a, b) => b - a)
        )
    )
    this.#shareOf = [...deviceDimensions].map((dimension, position) => {
      const { shares } = this.#bins[position] as ShareBins
      return Int32Array.from({ length: deployments }, (_, item) =>
        shares.indexOf(weight[item * dimensions + dimension] as number)
      )
    })
  }

  /** Contents worth more than `threshold`, or the proof that there are none, as far as the effort goes. */
  price(profit: Float64Array, threshold: number, effort: Effort): Priced {
    const { dimensions, weight } = this.problem
    if (this.#items.length === 0) return { patterns: [], bound: 0 }
    const { bound: rootBound, multipliers } = this.#model.relax(profit)
    if (rootBound <= threshold + EPSILON) return { patterns: [], bound: rootBound }
    this.#multipliers = multipliers
    const surrogate = (item: number) => {
      let sum = 0
      for (let dimension = 0; dimension < dimensions; dimension++) {
        sum += (this.#multipliers[dimension] as number) * (weight[item * dimensions + dimension] as number)
      }
      return sum
    }
    const items = this.#items
      .filter((item) => (profit[item] as number) > EPSILON)
      .map((item) => ({
        item,
        surplus: (profit[item] as number) - surrogate(item),
        ratio: (profit[item] as number) / (surrogate(item) + 1e-9)
      }))
      .sort((left, right) => right.ratio - left.ratio || left.item - right.item)
    const searched = this.#search(profit, items, threshold, rootBound, effort.searchSteps)
    if (searched.patterns.length > 0 || searched.bound < rootBound || effort.solverSeconds === 0 || this.stopped())
      return searched
    const { bound, counts } = this.#model.solve(profit, effort.solverSeconds)
    const isPattern = counts !== null && this.#fitsDevices(counts) && worth(counts, profit) > threshold + EPSILON
    return { patterns: isPattern ? [counts] : [], bound: Math.min(rootBound, bound) }
  }

  dispose(): void {
    this.#model.dispose()
  }

  /** Whether the shares of some contents fit on single devices beside the whole ones. */
  #fitsDevices(counts: Int32Array): boolean {
    const { dimensions, deviceDimensions, weight } = this.problem
    return [...deviceDimensions].every((dimension, position) => {
      const bins = this.#bins[position] as ShareBins
      const shares = new Int32Array(bins.shares.length)
      let wholes = 0
      for (const [item, copies] of counts.entries()) {
        const share = (this.#shareOf[position] as Int32Array)[item] as number
        if (share >= 0) shares[share] = (shares[share] as number) + copies
        else wholes += copies * (weight[item * dimensions + dimension] as number)
      }
      return wholes + bins.needed(shares).enough <= (this.#room[dimension] as number) + 1e-3
    })
  }

  /**
   * For each item those before it that are worth no less and weigh no more in every dimension: while one of them could still be
   * added, the item itself is never needed.
   */
  #dominators(profit: Float64Array, items: readonly { readonly item: number }[]): readonly (readonly number[])[] {
    const { dimensions, weight } = this.problem
    return items.map(({ item }, position) =>
      items.slice(0, position).flatMap(({ item: other }) => {
        if ((profit[other] as number) < (profit[item] as number)) return []
        for (let dimension = 0; dimension < dimensions; dimension++) {
          if ((weight[other * dimensions + dimension] as number) > (weight[item * dimensions + dimension] as number))
            return []
        }
        return [other]
      })
    )
  }

  #search(
    profit: Float64Array,
    items: readonly { readonly item: number; readonly surplus: number }[],
    threshold: number,
    rootBound: number,
    nodeLimit: number
  ): Priced {
    const { kind, problem } = this
    const { dimensions, deployments, weight, most, deviceDimensions } = problem
    const room = Float64Array.from(this.#room)
    const multipliers = this.#multipliers
    const tail = new Float64Array(items.length + 1)
    for (let position = items.length - 1; position >= 0; position--) {
      const { item, surplus } = items[position] as (typeof items)[number]
      tail[position] =
        (tail[position + 1] as number) + Math.max(0, surplus) * (most[kind * deployments + item] as number)
    }
    const dominators = this.#dominators(profit, items)
    const counts = new Int32Array(deployments)
    const shares = this.#bins.map((bins) => new Int32Array(bins.shares.length))
    const wholes = new Int32Array(deviceDimensions.length)
    const patterns: Int32Array[] = []
    let best = threshold + EPSILON
    let steps = 0
    const devicesFit = () => {
      for (let position = 0; position < deviceDimensions.length; position++) {
        const devices = this.#room[deviceDimensions[position] as number] as number
        const needed = (this.#bins[position] as ShareBins).needed(shares[position] as Int32Array).atLeast
        if ((wholes[position] as number) + needed > devices + 1e-3) return false
      }
      return true
    }
    const take = (item: number, copies: number) => {
      counts[item] = (counts[item] as number) + copies
      for (let dimension = 0; dimension < dimensions; dimension++) {
        room[dimension] = (room[dimension] as number) - copies * (weight[item * dimensions + dimension] as number)
      }
      for (let position = 0; position < deviceDimensions.length; position++) {
        const amount = weight[item * dimensions + (deviceDimensions[position] as number)] as number
        const share = (this.#shareOf[position] as Int32Array)[item] as number
        const held = shares[position] as Int32Array
        if (share >= 0) held[share] = (held[share] as number) + copies
        else wholes[position] = (wholes[position] as number) + copies * amount
      }
    }
    const usesDevices = (item: number) =>
      deviceDimensions.some((dimension) => (weight[item * dimensions + dimension] as number) > 0)
    const descend = (position: number, value: number): void => {
      if (value > best) {
        best = value + EPSILON
        patterns.push(counts.slice())
      }
      if (position === items.length || ++steps > nodeLimit) return
      // A search that is stopped is one cut short.
      if (steps % STEPS_BETWEEN_LOOKS === 0 && this.stopped()) steps = nodeLimit + 1
      let bound = value + (tail[position] as number)
      for (let dimension = 0; dimension < dimensions; dimension++) {
        bound += (multipliers[dimension] as number) * Math.max(0, room[dimension] as number)
      }
      if (bound <= best) return
      const { item } = items[position] as (typeof items)[number]
      let fitting = most[kind * deployments + item] as number
      for (let dimension = 0; dimension < dimensions; dimension++) {
        const amount = weight[item * dimensions + dimension] as number
        if (amount > 0) fitting = Math.min(fitting, Math.floor((room[dimension] as number) / amount))
      }
      for (const other of dominators[position] as readonly number[]) {
        if ((counts[other] as number) < (most[kind * deployments + other] as number)) fitting = 0
      }
      const checks = usesDevices(item)
      for (let copies = Math.max(0, fitting); copies >= 0 && steps <= nodeLimit; copies--) {
        take(item, copies)
        if (copies === 0 || !checks || devicesFit()) descend(position + 1, value + copies * (profit[item] as number))
        take(item, -copies)
      }
    }
    descend(0, 0)
    const isComplete = steps <= nodeLimit
    const seatable = patterns.slice(-PATTERNS_KEPT).filter((pattern) => this.#fitsDevices(pattern))
    return { patterns: seatable, bound: isComplete ? Math.min(rootBound, best) : rootBound }
  }
}

function worth(counts: Int32Array, profit: Float64Array): number {
  return counts.reduce((sum, copies, item) => sum + copies * (profit[item] as number), 0)
}

import type { Highs, Model } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'

/** Optimum of the relaxed knapsack: an upper bound on what contents are worth, and the price of each dimension. */
export interface RelaxedKnapsack {
  readonly bound: number
  readonly multipliers: Float64Array
}

/** What HiGHS says of the knapsack with whole copies. */
export interface SolvedKnapsack {
  readonly bound: number
  /** Copies of each deployment; null when none were found. Shares may not fit on single devices. */
  readonly counts: Int32Array | null
}

/** The contents of one kind of node as a program in HiGHS, of which only the profits change. */
export class KnapsackModel {
  readonly #model: Model
  readonly #whole: Int32Array
  readonly #continuous: Int32Array
  readonly #all: { readonly kind: 'range'; readonly from: number; readonly to: number }

  constructor(
    highs: Highs,
    readonly problem: PatternProblem,
    readonly items: readonly number[],
    readonly room: Float64Array,
    readonly kind: number
  ) {
    const { dimensions, deployments, weight, most } = problem
    const starts = [0]
    const indices: number[] = []
    const values: number[] = []
    for (let dimension = 0; dimension < dimensions; dimension++) {
      for (const [column, item] of items.entries()) {
        const amount = weight[item * dimensions + dimension] as number
        if (amount === 0) continue
        indices.push(column)
        values.push(amount)
      }
      starts.push(indices.length)
    }
    this.#model = highs.createModel()
    this.#model.options.set({ output_flag: false, mip_detect_symmetry: false })
    this.#model.passModel({
      numCols: items.length,
      numRows: dimensions,
      offset: 0,
      colCost: new Float64Array(items.length),
      colLower: new Float64Array(items.length),
      colUpper: Float64Array.from(items, (item) => most[kind * deployments + item] as number),
      rowLower: new Float64Array(dimensions).fill(-Infinity),
      rowUpper: room,
      matrix: {
        format: 'csr',
        numRows: dimensions,
        numCols: items.length,
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values)
      }
    })
    this.#whole = new Int32Array(items.length).fill(1)
    this.#continuous = new Int32Array(items.length)
    this.#all = { kind: 'range', from: 0, to: items.length - 1 }
  }

  relax(profit: Float64Array): RelaxedKnapsack {
    this.#setProfit(profit)
    this.#model.run()
    const { rowDual } = this.#model.getSolution()
    const multipliers = Float64Array.from(rowDual, (dual) => Math.max(0, -dual))
    return { bound: this.#lagrangianBound(profit, multipliers), multipliers }
  }

  /** Σ u · room + Σ max(0, profit − u · weight) · most: a bound for any u ≥ 0, whatever the solver says of them. */
  #lagrangianBound(profit: Float64Array, multipliers: Float64Array): number {
    const { dimensions, deployments, weight, most } = this.problem
    let bound = 0
    for (let dimension = 0; dimension < dimensions; dimension++) {
      bound += (multipliers[dimension] as number) * (this.room[dimension] as number)
    }
    for (const item of this.items) {
      let surplus = profit[item] as number
      for (let dimension = 0; dimension < dimensions; dimension++) {
        surplus -= (multipliers[dimension] as number) * (weight[item * dimensions + dimension] as number)
      }
      if (surplus > 0) bound += surplus * (most[this.kind * deployments + item] as number)
    }
    return bound
  }

  /** Solves the knapsack with whole copies, for at most so many seconds. */
  solve(profit: Float64Array, seconds: number): SolvedKnapsack {
    this.#setProfit(profit)
    this.#model.changeColsIntegrality(this.#all, this.#whole)
    this.#model.options.set({ time_limit: seconds, mip_rel_gap: 1e-7, mip_abs_gap: 1e-9 })
    this.#model.zeroAllClocks()
    this.#model.run()
    const bound = -Number(this.#model.info.get('mip_dual_bound'))
    const found = this.#model.info.get('primal_solution_status') === 2
    const counts = found ? this.#countsOf(this.#model.getSolution().colValue) : null
    this.#model.changeColsIntegrality(this.#all, this.#continuous)
    this.#model.options.set('time_limit', 3600)
    return { bound: Number.isFinite(bound) ? bound : Infinity, counts }
  }

  dispose(): void {
    this.#model.dispose()
  }

  #setProfit(profit: Float64Array): void {
    this.#model.changeColsCost(
      this.#all,
      Float64Array.from(this.items, (item) => -(profit[item] as number))
    )
  }

  #countsOf(values: Float64Array): Int32Array {
    const counts = new Int32Array(this.problem.deployments)
    for (const [column, item] of this.items.entries()) counts[item] = Math.round(values[column] as number)
    return counts
  }
}

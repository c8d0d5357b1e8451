import type { Highs, Model } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'

/** The relaxed contents of one kind of node as a program in HiGHS, of which only the profits change. */
export class KnapsackModel {
  readonly #model: Model
  readonly #all: { readonly kind: 'range'; readonly from: number; readonly to: number }

  constructor(
    highs: Highs,
    problem: PatternProblem,
    readonly items: readonly number[],
    room: Float64Array,
    kind: number
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
    this.#model.options.set({ output_flag: false })
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
    this.#all = { kind: 'range', from: 0, to: items.length - 1 }
  }

  /** The prices of the dimensions at some profits, at least 0. Any would do for a bound; these make it tight. */
  relax(profit: Float64Array): Float64Array {
    this.#model.changeColsCost(
      this.#all,
      Float64Array.from(this.items, (item) => -(profit[item] as number))
    )
    this.#model.run()
    return Float64Array.from(this.#model.getSolution().rowDual, (dual) => (dual < 0 ? -dual : 0))
  }

  dispose(): void {
    this.#model.dispose()
  }
}

import type { Highs, Model } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'

/** The relaxed contents of one kind of node as a program in HiGHS, of which only profits and most copies change. */
export class KnapsackModel {
  readonly #model: Model
  readonly #all: { readonly kind: 'range'; readonly from: number; readonly to: number }

  constructor(highs: Highs, problem: PatternProblem, kind: number) {
    const { dimensions, deployments, weight, capacity } = problem
    const starts = [0]
    const indices: number[] = []
    const values: number[] = []
    for (let dimension = 0; dimension < dimensions; dimension++) {
      for (let item = 0; item < deployments; item++) {
        const amount = weight[item * dimensions + dimension] as number
        if (amount === 0) continue
        indices.push(item)
        values.push(amount)
      }
      starts.push(indices.length)
    }
    this.#model = highs.createModel()
    this.#model.options.set({ output_flag: false })
    this.#model.passModel({
      numCols: deployments,
      numRows: dimensions,
      offset: 0,
      colCost: new Float64Array(deployments),
      colLower: new Float64Array(deployments),
      colUpper: new Float64Array(deployments),
      rowLower: new Float64Array(dimensions).fill(-Infinity),
      rowUpper: capacity.slice(kind * dimensions, (kind + 1) * dimensions),
      matrix: {
        format: 'csr',
        numRows: dimensions,
        numCols: deployments,
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values)
      }
    })
    this.#all = { kind: 'range', from: 0, to: deployments - 1 }
  }

  /** Most copies that may come of each deployment. */
  limit(most: Int32Array): void {
    this.#model.changeColsBounds(this.#all, new Float64Array(most.length), Float64Array.from(most))
  }

  /** The prices of the dimensions at some profits, at least 0. Any would do for a bound; these make it tight. */
  relax(profit: Float64Array): Float64Array {
    this.#model.changeColsCost(
      this.#all,
      profit.map((one) => -one)
    )
    this.#model.run()
    return Float64Array.from(this.#model.getSolution().rowDual, (dual) => (dual < 0 ? -dual : 0))
  }

  dispose(): void {
    this.#model.dispose()
  }
}

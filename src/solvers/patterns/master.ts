import type { Highs, Model } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'

/** One node's contents: so many copies of each deployment on a node of a kind. */
export interface Pattern {
  readonly kind: number
  readonly counts: Int32Array
}

/** Optimum of the master and its prices. */
export interface MasterSolution {
  readonly objective: number
  /** Nodes that get each pattern. */
  readonly nodes: Float64Array
  /** Price of one copy of each deployment, at least 0. */
  readonly profit: Float64Array
  /** What one more node of each kind would save, at least 0. */
  readonly rent: Float64Array
  /** Copies that only artificial columns supply. */
  readonly missing: number
}

/**
 * The master program: min Σ cost · λ with Σ copies · λ ≥ wanted per deployment and Σ λ ≤ available per kind. A linear program
 * in HiGHS that gains columns and keeps its basis. Artificial columns keep it feasible.
 */
export class Master {
  readonly #model: Model
  readonly patterns: Pattern[] = []
  readonly #known = new Set<string>()

  constructor(
    highs: Highs,
    readonly problem: PatternProblem
  ) {
    const { deployments, kinds, wanted, available, cost } = problem
    const rows = deployments + kinds
    const dearest = Math.max(1, ...cost)
    this.#model = highs.createModel()
    this.#model.options.set({ output_flag: false, presolve: 'off' })
    this.#model.passModel({
      numCols: deployments,
      numRows: rows,
      offset: 0,
      colCost: new Float64Array(deployments).fill(dearest * 20),
      colLower: new Float64Array(deployments),
      colUpper: new Float64Array(deployments).fill(Infinity),
      rowLower: Float64Array.from({ length: rows }, (_, row) =>
        row < deployments ? (wanted[row] as number) : -Infinity
      ),
      rowUpper: Float64Array.from({ length: rows }, (_, row) =>
        row < deployments ? Infinity : (available[row - deployments] as number)
      ),
      matrix: {
        format: 'csr',
        numRows: rows,
        numCols: deployments,
        starts: Int32Array.from({ length: rows + 1 }, (_, row) => Math.min(row, deployments)),
        indices: Int32Array.from({ length: deployments }, (_, column) => column),
        values: new Float64Array(deployments).fill(1)
      }
    })
  }

  /** Adds the patterns that are new. Returns how many were. */
  add(patterns: readonly Pattern[]): number {
    let added = 0
    const { deployments, cost } = this.problem
    for (const pattern of patterns) {
      const key = `${pattern.kind}:${pattern.counts.join()}`
      if (this.#known.has(key)) continue
      this.#known.add(key)
      this.patterns.push(pattern)
      const indices: number[] = []
      const values: number[] = []
      for (let deployment = 0; deployment < deployments; deployment++) {
        const copies = pattern.counts[deployment] as number
        if (copies === 0) continue
        indices.push(deployment)
        values.push(copies)
      }
      indices.push(deployments + pattern.kind)
      values.push(1)
      this.#model.addCol(cost[pattern.kind] as number, 0, Infinity, {
        indices: Int32Array.from(indices),
        values: Float64Array.from(values)
      })
      added++
    }
    return added
  }

  solve(): MasterSolution {
    this.#model.run()
    const { colValue, rowDual } = this.#model.getSolution()
    const { deployments, kinds } = this.problem
    let missing = 0
    for (let column = 0; column < deployments; column++) missing += colValue[column] as number
    return {
      objective: this.#model.getObjectiveValue(),
      nodes: colValue.slice(deployments),
      profit: Float64Array.from({ length: deployments }, (_, row) => Math.max(0, rowDual[row] as number)),
      rent: Float64Array.from({ length: kinds }, (_, kind) => Math.max(0, -(rowDual[deployments + kind] as number))),
      missing
    }
  }

  /** At least so many nodes get a pattern. */
  fix(pattern: number, nodes: number): void {
    this.#model.changeColBounds(this.problem.deployments + pattern, nodes, Infinity)
  }

  /** Forgets everything that was fixed. */
  unfix(): void {
    for (const pattern of this.patterns.keys()) this.fix(pattern, 0)
  }

  dispose(): void {
    this.#model.dispose()
  }
}

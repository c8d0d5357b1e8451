import type { Highs, Model } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { keyOf, linkOf, type Pattern } from '../patterns/pattern.js'
import type { PeriodBatch } from './period-batch.js'

/** A solution of a period's program. */
export interface PeriodSolution {
  /** Money for nodes beyond the base, and what is missing at the price of missing copies. */
  readonly value: number
  /** Of one copy of each deployment, and of one unit of each linking row; at least 0. None of an integer program. */
  readonly copyPrice: Float64Array
  readonly linkPrice: Float64Array
  /** What only artificial columns supply: copies and units of linking rows. */
  readonly missing: number
  /** Nodes of each column. */
  readonly nodes: Float64Array
}

/** A pattern on nodes beyond the base, or on nodes of the base. */
export interface PeriodColumn {
  readonly pattern: number
  readonly ofBase: boolean
}

/** What a period's program knows of the one before. */
export interface Before {
  /** [pattern]: what a node beyond the base costs more with these contents. */
  readonly extra: Float64Array
  /** [kind]: nodes beyond the base in the period before; Infinity where orders cost nothing. */
  readonly nodes: Float64Array
}

/** How a program over whole nodes is solved. */
export interface WholeOptions {
  /** By how much money the solution may miss the optimum. */
  readonly slack: number
  readonly seconds: number
  readonly seed: number
}

export interface ModelOptions {
  /** Whether it is solved over whole nodes. Default false. */
  readonly isWhole?: boolean
  /** [kind]: money for each node beyond the base that the period before did not have. Default: none counts. */
  readonly orderPrice?: Float64Array
}

/** Cost of what is missing, in nodes of the dearest kind. */
const MISSING = 50

/**
 * The program of a period: min Σ price · x with Σ copies · (x + y) ≥ wanted for each deployment, Σ links ≥ least, x within the nodes on
 * offer, y within the base, where x counts nodes beyond the base and y those of the base that get a pattern; what x has more than the
 * period before is ordered, at a price. A program in HiGHS that gains columns and goes from period to period by its bounds and costs: as
 * a linear program with a warm basis, or over whole nodes.
 */
export class PeriodModel {
  readonly patterns: Pattern[] = []
  readonly columns: PeriodColumn[] = []
  readonly #model: Model
  readonly #known = new Set<string>()
  /** Columns for what is missing; with those for orders, all that are no pattern's. */
  readonly #missing: number
  readonly #own: number
  readonly #orderPrice: Float64Array
  readonly #rows: number
  readonly #problem: PatternProblem
  #period = -1
  #extra: Float64Array | null = null
  #missingPrice = 0

  constructor(
    highs: Highs,
    readonly batch: PeriodBatch,
    { isWhole = false, orderPrice = new Float64Array(0) }: ModelOptions = {}
  ) {
    const { deployments, kinds, linkLeast } = batch.problem
    this.#problem = batch.problem
    this.#orderPrice = orderPrice
    this.#missing = deployments + linkLeast.length
    this.#own = this.#missing + orderPrice.length
    this.#rows = this.#missing + 2 * kinds + orderPrice.length
    const lower = new Float64Array(this.#rows).fill(-Infinity)
    const upper = new Float64Array(this.#rows).fill(Infinity)
    for (let kind = 0; kind < kinds; kind++) {
      upper[this.#beyondRow(kind)] = batch.problem.available[kind] as number
      upper[this.#baseRow(kind)] = batch.base[kind] as number
    }
    this.#model = highs.createModel()
    this.#model.options.set({ output_flag: false, mip_detect_symmetry: false, ...(!isWhole && { presolve: 'off' }) })
    this.#model.passModel({
      numCols: this.#own,
      numRows: this.#rows,
      offset: 0,
      colCost: new Float64Array(this.#own),
      colLower: new Float64Array(this.#own),
      colUpper: new Float64Array(this.#own).fill(Infinity),
      rowLower: lower,
      rowUpper: upper,
      matrix: {
        format: 'csc',
        numRows: this.#rows,
        numCols: this.#own,
        starts: Int32Array.from({ length: this.#own + 1 }, (_, column) => column),
        indices: Int32Array.from({ length: this.#own }, (_, column) =>
          column < this.#missing ? column : this.#orderRow(column - this.#missing)
        ),
        values: Float64Array.from({ length: this.#own }, (_, column) => (column < this.#missing ? 1 : -1))
      }
    })
    this.add(batch.patterns)
  }

  /** Adds the patterns that are new. Returns how many were. */
  add(patterns: readonly Pattern[]): number {
    const fresh = patterns.filter((pattern) => !this.#known.has(keyOf(pattern)) && this.#known.add(keyOf(pattern)))
    const starts = [0]
    const indices: number[] = []
    const values: number[] = []
    const enter = (row: number, value: number) => {
      if (value === 0) return
      indices.push(row)
      values.push(value)
    }
    const from = this.columns.length
    for (const pattern of fresh) {
      const { kind, counts } = pattern
      const index = this.patterns.push(pattern) - 1
      for (const ofBase of this.batch.mayBase[kind] === 1 ? [false, true] : [false]) {
        this.columns.push({ pattern: index, ofBase })
        for (const [deployment, copies] of counts.entries()) enter(deployment, copies)
        for (let row = 0; row < this.#problem.linkLeast.length; row++)
          enter(this.#linkRow(row), this.#link(row, pattern, ofBase))
        enter(ofBase ? this.#baseRow(kind) : this.#beyondRow(kind), 1)
        if (!ofBase && kind < this.#orderPrice.length) enter(this.#orderRow(kind), 1)
        starts.push(indices.length)
      }
    }
    const added = this.columns.length - from
    if (added === 0) return 0
    this.#model.addCols({
      cost: Float64Array.from({ length: added }, (_, index) =>
        this.#costOf(this.columns[from + index] as PeriodColumn)
      ),
      lower: new Float64Array(added),
      upper: new Float64Array(added).fill(Infinity),
      matrix: {
        format: 'csc',
        numRows: this.#rows,
        numCols: added,
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values)
      }
    })
    return fresh.length
  }

  /** Sets bounds and costs to those of a period. */
  goTo(period: number, before: Before | null = null): void {
    const { deployments, kinds, linkLeast, linkNode } = this.#problem
    const { wanted, least, base, price } = this.batch
    const samePrices = this.#period >= 0 && before === null && this.#pricesAre(this.#period, period)
    this.#period = period
    this.#extra = before?.extra ?? null
    const lower = new Float64Array(this.#missing)
    lower.set(wanted.subarray(period * deployments, (period + 1) * deployments))
    for (let row = 0; row < linkLeast.length; row++) {
      let ofBase = 0
      for (let kind = 0; kind < kinds; kind++)
        ofBase += (linkNode[row * kinds + kind] as number) * (base[kind] as number)
      lower[this.#linkRow(row)] = (least[period * linkLeast.length + row] as number) - ofBase
    }
    for (const [row, amount] of lower.entries()) this.#model.changeRowBounds(row, amount, Infinity)
    for (const kind of this.#orderPrice.keys()) {
      this.#model.changeRowBounds(this.#orderRow(kind), -Infinity, before?.nodes[kind] ?? Infinity)
    }
    if (samePrices) return
    let dearest = 0
    for (let kind = 0; kind < kinds; kind++) dearest = Math.max(dearest, price[period * kinds + kind] as number)
    this.#missingPrice = MISSING * Math.max(dearest, 1e-6)
    const costs = new Float64Array(this.#own + this.columns.length).fill(this.#missingPrice)
    costs.set(this.#orderPrice, this.#missing)
    for (const [index, column] of this.columns.entries()) costs[this.#own + index] = this.#costOf(column)
    this.#model.changeColsCost({ kind: 'range', from: 0, to: costs.length - 1 }, costs)
  }

  /** Solves it; as an integer program as `whole` says. */
  solve(whole?: WholeOptions): PeriodSolution {
    if (whole !== undefined) {
      const { slack, seconds, seed } = whole
      this.#model.options.set({
        mip_rel_gap: 0,
        mip_abs_gap: slack,
        time_limit: seconds,
        random_seed: seed & 0x7fffffff
      })
      this.#model.changeColsIntegrality(
        { kind: 'range', from: this.#own, to: this.#own + this.columns.length - 1 },
        new Int32Array(this.columns.length).fill(1)
      )
    }
    this.#model.run()
    const { colValue, rowDual } = this.#model.getSolution()
    const { deployments, linkLeast } = this.#problem
    // 2: a feasible point. Without one everything is missing.
    let missing = this.#model.info.get('primal_solution_status') === 2 ? 0 : Infinity
    for (let column = 0; column < this.#missing; column++) missing += colValue[column] ?? 0
    const duals = (first: number, length: number) =>
      Float64Array.from({ length }, (_, row) => Math.max(0, rowDual[first + row] ?? 0))
    return {
      value: this.#model.getObjectiveValue(),
      copyPrice: duals(0, deployments),
      linkPrice: duals(deployments, linkLeast.length),
      missing,
      nodes: colValue.slice(this.#own)
    }
  }

  dispose(): void {
    this.#model.dispose()
  }

  #costOf({ pattern, ofBase }: PeriodColumn): number {
    if (ofBase || this.#period < 0) return 0
    const { kind } = this.patterns[pattern] as Pattern
    const price = this.batch.price[this.#period * this.#problem.kinds + kind] as number
    return price + (this.#extra === null ? 0 : (this.#extra[pattern] as number))
  }

  #link(row: number, pattern: Pattern, ofBase: boolean): number {
    const { kinds, linkNode } = this.#problem
    // Nodes of the base count in the row whether or not they are used.
    return linkOf(this.#problem, row, pattern) - (ofBase ? (linkNode[row * kinds + pattern.kind] as number) : 0)
  }

  #pricesAre(one: number, other: number): boolean {
    const { kinds } = this.#problem
    const { price } = this.batch
    for (let kind = 0; kind < kinds; kind++) if (price[one * kinds + kind] !== price[other * kinds + kind]) return false
    return true
  }

  #linkRow(row: number): number {
    return this.#problem.deployments + row
  }

  #beyondRow(kind: number): number {
    return this.#missing + kind
  }

  #baseRow(kind: number): number {
    return this.#missing + this.#problem.kinds + kind
  }

  #orderRow(kind: number): number {
    return this.#missing + 2 * this.#problem.kinds + kind
  }
}

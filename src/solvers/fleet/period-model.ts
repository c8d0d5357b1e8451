import type { Highs, Model } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { SparseColumns } from '../highs/sparse-columns.js'
import { keyOf, type Pattern } from '../patterns/pattern.js'
import type { PeriodBatch } from './period-batch.js'
import { PeriodRows } from './period-rows.js'

/** A solution of a period's program. */
export interface PeriodSolution {
  /** Money for nodes beyond the base, and what is missing at the price of missing copies. */
  readonly value: number
  /**
   * Of one copy of each deployment, and of one unit of each linking row; at least 0, but for copies of which exactly so many are
   * wanted. None of an integer program.
   */
  readonly copyPrice: Float64Array
  readonly linkPrice: Float64Array
  /** What only artificial columns supply: copies and units of linking rows. */
  readonly missing: number
  /** Nodes of each column. */
  readonly nodes: Float64Array
  /** Copies that are placed, of each class. */
  readonly placed: Float64Array
  /** Of an integer program: no solution over these columns has a lower value. */
  readonly bound: number
}

/** A pattern on nodes beyond the base, or on nodes of the base. */
export interface PeriodColumn {
  readonly pattern: number
  readonly ofBase: boolean
  /** Nodes that had these contents in the period before. */
  readonly isKept: boolean
}

/** What a period's program knows of those beside it. */
export interface Beside {
  /** [column]: how many nodes may keep contents, for the columns of those that do. */
  readonly kept: (column: PeriodColumn) => number
  /** [pattern]: what a node costs more whose contents are new. */
  readonly extra: Float64Array
  /** [kind]: nodes beyond the base in the period before, and in the next; null where nobody knows. */
  readonly before: Float64Array | null
  readonly next: Float64Array | null
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
  /**
   * [kind]: money for each node beyond the base that the period before did not have. Default: none counts, and it is all the same whether
   * contents are new.
   */
  readonly orderPrice?: Float64Array
  /** [kind]: money for each node beyond the base that the next period has more. Default: none counts. */
  readonly nextPrice?: Float64Array
}

/** Cost of what is missing, in nodes of the dearest kind; and that of what would be missing even so. */
const MISSING = 50
const DEARLY_MISSING = 5e4

/**
 * The program of a period: min Σ price · x with Σ copies · (x + y) ≥ wanted for each deployment, Σ links ≥ least, x within the nodes on
 * offer, y within the base, where x counts nodes beyond the base and y those of the base that get a pattern; what x has more than the
 * period before, or less than the next, is ordered, at a price. With classes of copies, e ≤ Σ copies · (x + y) counts those that are
 * placed, and Σ e = wanted, Σ links of e ≥ least. A program in HiGHS that gains columns and goes from period to period by its bounds and
 * costs: as a linear program with a warm basis, or over whole nodes.
 */
export class PeriodModel {
  readonly patterns: Pattern[] = []
  readonly columns: PeriodColumn[] = []
  readonly isWhole: boolean
  readonly #model: Model
  readonly #known = new Set<string>()
  readonly #orderPrice: Float64Array
  readonly #nextPrice: Float64Array
  readonly #rows: PeriodRows
  readonly #problem: PatternProblem
  #period = -1
  #extra: Float64Array | null = null
  #isDear = false

  constructor(
    highs: Highs,
    readonly batch: PeriodBatch,
    { isWhole = false, orderPrice = new Float64Array(0), nextPrice = new Float64Array(0) }: ModelOptions = {}
  ) {
    this.#problem = batch.problem
    this.isWhole = isWhole
    this.#orderPrice = orderPrice
    this.#nextPrice = nextPrice
    this.#rows = new PeriodRows(batch, { before: orderPrice.length, next: nextPrice.length })
    const { own, count } = this.#rows
    const { lower, upper } = this.#rows.bounds()
    this.#model = highs.createModel()
    this.#model.options.set({ output_flag: false, mip_detect_symmetry: false, ...(!isWhole && { presolve: 'off' }) })
    this.#model.passModel({
      numCols: own,
      numRows: count,
      offset: 0,
      colCost: new Float64Array(own),
      colLower: new Float64Array(own),
      colUpper: new Float64Array(own).fill(Infinity),
      rowLower: lower,
      rowUpper: upper,
      matrix: this.#rows.ownColumns()
    })
    this.add(batch.patterns)
  }

  /** Adds the patterns that are new. Returns how many were. */
  add(patterns: readonly Pattern[]): number {
    const fresh = patterns.filter((pattern) => !this.#known.has(keyOf(pattern)) && this.#known.add(keyOf(pattern)))
    const columns = new SparseColumns()
    const from = this.columns.length
    for (const pattern of fresh) {
      const index = this.patterns.push(pattern) - 1
      for (const { ofBase, isKept } of this.#waysFor(pattern.kind)) {
        this.columns.push({ pattern: index, ofBase, isKept })
        this.#rows.enterNode(columns, pattern, ofBase)
      }
    }
    const added = this.columns.length - from
    if (added === 0) return 0
    this.#model.addCols({
      cost: Float64Array.from({ length: added }, (_, index) =>
        this.#costOf(this.columns[from + index] as PeriodColumn)
      ),
      lower: new Float64Array(added),
      upper: Float64Array.from({ length: added }, (_, index) =>
        this.columns[from + index]?.isKept === true ? 0 : Infinity
      ),
      matrix: columns.matrix(this.#rows.count)
    })
    return fresh.length
  }

  /** Sets bounds and costs to those of a period. */
  goTo(period: number, beside: Beside | null = null): void {
    const { deployments, kinds, linkLeast, linkNode } = this.#problem
    const { wanted, least, base } = this.batch
    const samePrices =
      this.#period >= 0 &&
      beside === null &&
      this.#extra === null &&
      !this.#isDear &&
      this.#pricesAre(this.#period, period)
    this.#period = period
    this.#extra = beside?.extra ?? null
    const lower = new Float64Array(this.#rows.missing)
    lower.set(wanted.subarray(period * deployments, (period + 1) * deployments))
    for (let row = 0; row < linkLeast.length; row++) {
      let ofBase = 0
      for (let kind = 0; kind < kinds; kind++)
        ofBase += (linkNode[row * kinds + kind] as number) * (base[kind] as number)
      lower[this.#rows.link(row)] = (least[period * linkLeast.length + row] as number) - ofBase
    }
    for (const [row, amount] of lower.entries()) {
      this.#model.changeRowBounds(row, amount, this.#rows.isExact && row < deployments ? amount : Infinity)
    }
    for (const kind of this.#orderPrice.keys()) {
      this.#model.changeRowBounds(this.#rows.order(kind), -Infinity, beside?.before?.[kind] ?? Infinity)
    }
    for (const kind of this.#nextPrice.keys()) {
      this.#model.changeRowBounds(this.#rows.next(kind), beside?.next?.[kind] ?? -Infinity, Infinity)
    }
    for (const [index, column] of this.columns.entries()) {
      if (column.isKept) this.#model.changeColBounds(this.#rows.own + index, 0, beside?.kept(column) ?? 0)
    }
    if (samePrices) return
    this.#isDear = false
    const costs = new Float64Array(this.#rows.own + this.columns.length).fill(MISSING * this.#dearest())
    costs.set(this.#orderPrice, this.#rows.missing)
    costs.set(this.#nextPrice, this.#rows.missing + this.#orderPrice.length)
    costs.fill(0, this.#rows.placed, this.#rows.own)
    for (const [index, column] of this.columns.entries()) costs[this.#rows.own + index] = this.#costOf(column)
    this.#model.changeColsCost({ kind: 'range', from: 0, to: costs.length - 1 }, costs)
  }

  /** Makes what is missing so dear that nothing is missing which could be had; until it goes to another period. */
  deterMissing(): void {
    this.#isDear = true
    const costs = new Float64Array(this.#rows.missing).fill(DEARLY_MISSING * this.#dearest())
    this.#model.changeColsCost({ kind: 'range', from: 0, to: this.#rows.missing - 1 }, costs)
  }

  #dearest(): number {
    const { kinds } = this.#problem
    const prices = this.batch.price.subarray(this.#period * kinds, (this.#period + 1) * kinds)
    return prices.reduce((dearest, price) => Math.max(dearest, price), 1e-6)
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
      const last = this.#rows.own + this.columns.length - 1
      this.#model.changeColsIntegrality(
        { kind: 'range', from: this.#rows.placed, to: last },
        new Int32Array(last - this.#rows.placed + 1).fill(1)
      )
    }
    this.#model.run()
    const { colValue, rowDual } = this.#model.getSolution()
    const { deployments, linkLeast } = this.#problem
    // 2: a feasible point. Without one everything is missing.
    let missing = this.#model.info.get('primal_solution_status') === 2 ? 0 : Infinity
    for (let column = 0; column < this.#rows.missing; column++) missing += colValue[column] ?? 0
    const duals = (first: number, length: number, least: number) =>
      Float64Array.from({ length }, (_, row) => Math.max(least, rowDual[first + row] ?? 0))
    return {
      value: this.#model.getObjectiveValue(),
      copyPrice: duals(0, deployments, this.#rows.isExact ? -Infinity : 0),
      linkPrice: duals(deployments, linkLeast.length, 0),
      missing,
      nodes: colValue.slice(this.#rows.own),
      placed: colValue.slice(this.#rows.placed, this.#rows.own),
      bound: this.isWhole ? Number(this.#model.info.get('mip_dual_bound')) : -Infinity
    }
  }

  dispose(): void {
    this.#model.dispose()
  }

  /** In the base or beyond it; where the period before counts, with new contents or those that were there. */
  #waysFor(kind: number): Pick<PeriodColumn, 'ofBase' | 'isKept'>[] {
    const places = this.batch.mayBase[kind] === 1 ? [false, true] : [false]
    return places.flatMap((ofBase) => {
      const fresh = { ofBase, isKept: false }
      return this.#orderPrice.length === 0 ? [fresh] : [fresh, { ofBase, isKept: true }]
    })
  }

  #costOf({ pattern, ofBase, isKept }: PeriodColumn): number {
    if (this.#period < 0) return 0
    const { kind } = this.patterns[pattern] as Pattern
    const price = ofBase ? 0 : (this.batch.price[this.#period * this.#problem.kinds + kind] as number)
    return price + (isKept ? 0 : (this.#extra?.[pattern] ?? 0))
  }

  #pricesAre(one: number, other: number): boolean {
    const { kinds } = this.#problem
    const { price } = this.batch
    for (let kind = 0; kind < kinds; kind++) if (price[one * kinds + kind] !== price[other * kinds + kind]) return false
    return true
  }
}

import type { Highs } from 'highs'
import { SparseColumns } from '../highs/sparse-columns.js'
import { linkOf, type Pattern } from '../patterns/pattern.js'
import type { PeriodBatch } from './period-batch.js'

/** What orders between periods come to. */
export interface OrderedPeriods {
  /** Whether there is an optimum; else nothing else says anything. */
  readonly isSolved: boolean
  /** [period × kinds + kind]: what a node costs more there than in the period before, for its order: from 0 up to the price of one. */
  readonly worth: Float64Array
  /** [period × kinds + kind]: nodes beyond the base, orders counted. */
  readonly beyond: Float64Array
}

/**
 * Solves the linear programs of a few periods as one, with what nodes cost that the period before did not have: min Σ price · x +
 * Σ order price · (x_p − x_{p−1})⁺ over known patterns, the base given; the nodes of the first period are taken to be there. The duals
 * of what is ordered are prices of orders.
 *
 * @param orderPrice [kind].
 */
export function orderPeriods(highs: Highs, batch: PeriodBatch, orderPrice: Float64Array): OrderedPeriods {
  return new OrderProgram(batch, orderPrice).solve(highs)
}

/** A column or row of a period's part. */
interface Entry {
  readonly row: number
  readonly value: number
}

class OrderProgram {
  readonly #kinds: readonly number[]
  /** Position of each kind among those of the patterns; −1 for others. */
  readonly #place: Int32Array
  /** Rows of one period: copies, links, and of each kind: beyond the base, in it, ordered. */
  readonly #rowsEach: number
  readonly #cost: number[] = []
  readonly #columns = new SparseColumns()
  /** [column]: where its nodes count among those beyond the base; −1 where they do not. */
  readonly #counts: number[] = []

  constructor(
    readonly batch: PeriodBatch,
    readonly orderPrice: Float64Array
  ) {
    const { kinds, deployments, linkLeast } = batch.problem
    this.#kinds = [...new Set(batch.patterns.map(({ kind }) => kind))].sort((left, right) => left - right)
    this.#place = new Int32Array(kinds).fill(-1)
    for (const [place, kind] of this.#kinds.entries()) this.#place[kind] = place
    this.#rowsEach = deployments + linkLeast.length + 3 * this.#kinds.length
    for (let period = 0; period < batch.periods; period++) this.#addPeriod(period)
  }

  solve(highs: Highs): OrderedPeriods {
    const { periods, problem } = this.batch
    const { kinds } = problem
    const rows = periods * this.#rowsEach
    const columns = this.#cost.length
    const model = highs.createModel()
    try {
      model.options.set({ output_flag: false })
      model.passModel({
        numCols: columns,
        numRows: rows,
        offset: 0,
        colCost: Float64Array.from(this.#cost),
        colLower: new Float64Array(columns),
        colUpper: new Float64Array(columns).fill(Infinity),
        ...this.#rowBounds(rows),
        matrix: this.#columns.matrix(rows)
      })
      model.run()
      // 2: feasible points, of both the program and its dual.
      const isSolved = model.info.get('primal_solution_status') === 2 && model.info.get('dual_solution_status') === 2
      const worth = new Float64Array(periods * kinds)
      const beyond = new Float64Array(periods * kinds)
      if (!isSolved) return { isSolved, worth, beyond }
      const { colValue, rowDual } = model.getSolution()
      for (const [column, at] of this.#counts.entries()) {
        if (at >= 0) beyond[at] = (beyond[at] as number) + (colValue[column] as number)
      }
      for (let period = 1; period < periods; period++) {
        for (const [place, kind] of this.#kinds.entries()) {
          const dual = -(rowDual[this.#orderRow(period, place)] as number)
          worth[period * kinds + kind] = Math.max(0, Math.min(this.orderPrice[kind] as number, dual))
        }
      }
      return { isSolved, worth, beyond }
    } finally {
      model.dispose()
    }
  }

  #addPeriod(period: number): void {
    const { batch, orderPrice } = this
    const { kinds } = batch.problem
    for (const pattern of batch.patterns) {
      const place = this.#place[pattern.kind] as number
      const orders: Entry[] = [{ row: this.#orderRow(period, place), value: 1 }]
      if (period + 1 < batch.periods) orders.push({ row: this.#orderRow(period + 1, place), value: -1 })
      const price = batch.price[period * kinds + pattern.kind] as number
      this.#addColumn(price, period * kinds + pattern.kind, [
        ...this.#contentsOf(pattern, period, false),
        { row: this.#orderRow(period, place) - 2, value: 1 },
        ...orders
      ])
      if ((batch.base[pattern.kind] as number) === 0) continue
      this.#addColumn(0, -1, [
        ...this.#contentsOf(pattern, period, true),
        { row: this.#orderRow(period, place) - 1, value: 1 }
      ])
    }
    if (period === 0) return
    for (const [place, kind] of this.#kinds.entries()) {
      this.#addColumn(orderPrice[kind] as number, -1, [{ row: this.#orderRow(period, place), value: -1 }])
    }
  }

  #addColumn(cost: number, counts: number, entries: readonly Entry[]): void {
    this.#cost.push(cost)
    this.#counts.push(counts)
    for (const { row, value } of entries) this.#columns.enter(row, value)
    this.#columns.end()
  }

  /** Copies, and what linking rows count; nodes of the base count in them whether or not they are used. */
  #contentsOf(pattern: Pattern, period: number, ofBase: boolean): Entry[] {
    const { deployments, kinds, linkLeast, linkNode } = this.batch.problem
    const first = period * this.#rowsEach
    const copies = Array.from(pattern.counts, (value, deployment) => ({ row: first + deployment, value }))
    const links = Array.from(linkLeast, (_, row) => {
      const node = ofBase ? (linkNode[row * kinds + pattern.kind] as number) : 0
      return { row: first + deployments + row, value: linkOf(this.batch.problem, row, pattern) - node }
    })
    return [...copies, ...links]
  }

  #rowBounds(rows: number): { rowLower: Float64Array; rowUpper: Float64Array } {
    const { wanted, least, base, problem } = this.batch
    const { deployments, kinds, linkLeast, linkNode, available } = problem
    const rowLower = new Float64Array(rows).fill(-Infinity)
    const rowUpper = new Float64Array(rows).fill(Infinity)
    for (let period = 0; period < this.batch.periods; period++) {
      const first = period * this.#rowsEach
      rowLower.set(wanted.subarray(period * deployments, (period + 1) * deployments), first)
      for (let row = 0; row < linkLeast.length; row++) {
        let amount = least[period * linkLeast.length + row] as number
        for (let kind = 0; kind < kinds; kind++)
          amount -= (linkNode[row * kinds + kind] as number) * (base[kind] as number)
        rowLower[first + deployments + row] = amount
      }
      for (const [place, kind] of this.#kinds.entries()) {
        const order = this.#orderRow(period, place)
        rowUpper[order - 2] = available[kind] as number
        rowUpper[order - 1] = base[kind] as number
        if (period > 0) rowUpper[order] = 0
      }
    }
    return { rowLower, rowUpper }
  }

  #orderRow(period: number, place: number): number {
    const { deployments, linkLeast } = this.batch.problem
    return period * this.#rowsEach + deployments + linkLeast.length + 3 * place + 2
  }
}

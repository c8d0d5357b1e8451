import type { SparseMatrix } from 'highs'
import { SparseColumns } from '../highs/sparse-columns.js'
import { linkOf, type Pattern } from '../patterns/pattern.js'
import type { PeriodBatch } from './period-batch.js'

/** Orders that a period's program counts, by the lengths of their prices: a number of kinds each, or none. */
export interface OrderedKinds {
  readonly before: number
  readonly next: number
}

/**
 * The rows of a period's program, in their order: copies of each deployment, linking rows, of each kind the nodes beyond the base, those
 * of the base, those ordered from the period before and for the next; and classes of copies. And its columns that are no pattern's: what
 * is missing, what is ordered, what is placed of each class.
 */
export class PeriodRows {
  /** Columns for what is missing; from these on, those for orders; from these on, those for classes of copies: all that are no pattern's. */
  readonly missing: number
  readonly placed: number
  readonly own: number
  readonly count: number
  /** [kind × deployments + deployment]: the class of copies; −1 where there are no classes. */
  readonly #classOf: Int32Array

  constructor(
    readonly batch: PeriodBatch,
    readonly ordered: OrderedKinds
  ) {
    const { deployments, kinds, linkLeast } = batch.problem
    this.missing = deployments + linkLeast.length
    this.placed = this.missing + ordered.before + ordered.next
    this.own = this.placed + batch.classes.length
    this.count = this.own + 2 * kinds
    this.#classOf = classesByKind(batch)
  }

  /** Whether exactly the copies that are wanted satisfy linking rows, not all that nodes have room for. */
  get isExact(): boolean {
    return this.batch.classes.length > 0
  }

  /** What is on offer, what the base has, and that no more copies are placed than there is room for. */
  bounds(): { readonly lower: Float64Array; readonly upper: Float64Array } {
    const { problem, base } = this.batch
    const lower = new Float64Array(this.count).fill(-Infinity)
    const upper = new Float64Array(this.count).fill(Infinity)
    for (let kind = 0; kind < problem.kinds; kind++) {
      upper[this.beyond(kind)] = problem.available[kind] as number
      upper[this.base(kind)] = base[kind] as number
    }
    return { lower: lower.fill(0, this.class(0)), upper }
  }

  /** The columns for what is missing, ordered, and placed. */
  ownColumns(): SparseMatrix {
    const { kinds, deployments, linkLeast, linkCopy } = this.batch.problem
    const columns = new SparseColumns()
    const one = (row: number, value: number) => {
      columns.enter(row, value)
      columns.end()
    }
    for (let row = 0; row < this.missing; row++) one(row, 1)
    for (let kind = 0; kind < this.ordered.before; kind++) one(this.order(kind), -1)
    for (let kind = 0; kind < this.ordered.next; kind++) one(this.next(kind), 1)
    for (const [index, { deployment, kinds: alike }] of this.batch.classes.entries()) {
      columns.enter(deployment, 1)
      for (let row = 0; row < linkLeast.length; row++) {
        const at = (row * kinds + (alike[0] as number)) * deployments + deployment
        columns.enter(this.link(row), linkCopy[at] ?? 0)
      }
      one(this.class(index), -1)
    }
    return columns.matrix(this.count)
  }

  /** Enters a column: one node with a pattern, of the base or beyond it. */
  enterNode(columns: SparseColumns, pattern: Pattern, ofBase: boolean): void {
    const { kind, counts } = pattern
    for (const [deployment, copies] of counts.entries()) columns.enter(this.#copies(kind, deployment), copies)
    for (let row = 0; row < this.batch.problem.linkLeast.length; row++) {
      columns.enter(this.link(row), this.#adds(row, pattern, ofBase))
    }
    columns.enter(ofBase ? this.base(kind) : this.beyond(kind), 1)
    if (!ofBase && kind < this.ordered.before) columns.enter(this.order(kind), 1)
    if (!ofBase && kind < this.ordered.next) columns.enter(this.next(kind), 1)
    columns.end()
  }

  link(row: number): number {
    return this.batch.problem.deployments + row
  }

  beyond(kind: number): number {
    return this.missing + kind
  }

  base(kind: number): number {
    return this.missing + this.batch.problem.kinds + kind
  }

  /** Orders of nodes that the period before did not have. */
  order(kind: number): number {
    return this.missing + 2 * this.batch.problem.kinds + kind
  }

  /** Orders of nodes that the next period has more. */
  next(kind: number): number {
    return this.order(kind) + this.ordered.before
  }

  class(index: number): number {
    return this.next(this.ordered.next) + index
  }

  #adds(row: number, pattern: Pattern, ofBase: boolean): number {
    const { kinds, linkNode } = this.batch.problem
    const node = linkNode[row * kinds + pattern.kind] as number
    const copies = this.isExact ? 0 : linkOf(this.batch.problem, row, pattern) - node
    // Nodes of the base count in the row whether or not they are used.
    return copies + (ofBase ? 0 : node)
  }

  /** Where copies on a kind of node count: for their deployment, or for their class. */
  #copies(kind: number, deployment: number): number {
    const index = this.#classOf[kind * this.batch.problem.deployments + deployment] as number
    return index < 0 ? deployment : this.class(index)
  }
}

function classesByKind({ problem: { kinds, deployments }, classes }: PeriodBatch): Int32Array {
  const classOf = new Int32Array(kinds * deployments).fill(-1)
  for (const [index, copies] of classes.entries()) {
    for (const kind of copies.kinds) classOf[kind * deployments + copies.deployment] = index
  }
  return classOf
}

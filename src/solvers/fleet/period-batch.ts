import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { Pattern } from '../patterns/pattern.js'

/**
 * Periods in which the same deployments, in other numbers, are to be packed into the same kinds of nodes. In each period there are the
 * nodes of the base, which are paid anyway, and beyond them as many of each kind as are wanted, at the price of the period. Typed
 * arrays, to cross threads.
 */
export interface PeriodBatch {
  /** Kinds, weights and linking rows. Its costs, and how many copies it wants, count for nothing. */
  readonly problem: PatternProblem
  /** Patterns that are known. */
  readonly patterns: readonly Pattern[]
  readonly periods: number
  /** [period × deployments + deployment]: copies wanted; means of several periods need not be whole. */
  readonly wanted: Float64Array
  /** [period × links + row]: what each linking row has to come to at least. */
  readonly least: Float64Array
  /** [period × kinds + kind]: money that a node beyond the base costs for the period. */
  readonly price: Float64Array
  /** [period]: how many periods, or shares of one, it stands for. */
  readonly weight: Float64Array
  /**
   * Where linking rows are to be satisfied by exactly the copies that are wanted, not by all that nodes have room for: those classes of
   * copies. None where room does as well.
   */
  readonly classes: readonly CopyClass[]
  /** [kind]: nodes of the base. */
  readonly base: Float64Array
  /** [kind]: 1 where the base may have nodes. */
  readonly mayBase: Uint8Array
}

/** Copies of a deployment on kinds of nodes where they count the same in every linking row. */
export interface CopyClass {
  readonly deployment: number
  readonly kinds: readonly number[]
}

/** A batch of the periods from `first` up to, not including, `last`. */
export function cutBatch(batch: PeriodBatch, first: number, last: number): PeriodBatch {
  return pickPeriods(
    batch,
    Array.from({ length: last - first }, (_, index) => first + index)
  )
}

/** A batch of some of the periods. */
export function pickPeriods(batch: PeriodBatch, periods: readonly number[]): PeriodBatch {
  const { deployments, kinds, linkLeast } = batch.problem
  const pick = (array: Float64Array, width: number) => {
    const picked = new Float64Array(periods.length * width)
    for (const [index, period] of periods.entries()) {
      picked.set(array.subarray(period * width, (period + 1) * width), index * width)
    }
    return picked
  }
  return {
    ...batch,
    periods: periods.length,
    wanted: pick(batch.wanted, deployments),
    least: pick(batch.least, linkLeast.length),
    price: pick(batch.price, kinds),
    weight: pick(batch.weight, 1)
  }
}

import type { Highs } from 'highs'
import type { Effort } from '../patterns/effort.js'
import type { Pattern } from '../patterns/pattern.js'
import type { PeriodBatch } from './period-batch.js'
import { PeriodProgram } from './period-program.js'

export interface FillOptions {
  /** [period]: by how much money a solution may miss the optimum over the patterns that are known. */
  readonly slack: Float64Array
  /** [deployment]: money for each copy on a node that takes on new contents. */
  readonly copyMovePrice: Float64Array
  /** [kind]: money for each node beyond the base that the period before did not have. */
  readonly orderPrice: Float64Array
  /**
   * [(1 + period) × kinds + kind]: nodes beyond the base, about, of the period before the first, of all, and of the one after the last:
   * those of linear programs over many periods. NaN where there is no period; null where nobody knows: only the period before counts.
   */
  readonly guide: Float64Array | null
  readonly seed: number
  /** Seconds for one period. */
  readonly secondsEach: number
  /** Milliseconds since 1970 from which on periods are only rounded, as far as that will do. */
  readonly hurryFrom: number
}

/** Nodes of one pattern in one period. */
export interface Filled {
  readonly pattern: Pattern
  /** Nodes of the base, and beyond it. */
  readonly ofBase: number
  readonly beyond: number
}

/** The nodes of one period. */
export interface FilledPeriod {
  readonly nodes: readonly Filled[]
  /** Copies that are placed, of each class of the batch; none where it has no classes. */
  readonly placed: Int32Array
}

/** The periods of a batch as integer programs over the patterns that are known (all maximal contents where these do not do), one after the other. null for one that has no solution. */
export function fillPeriods(
  highs: Highs,
  batch: PeriodBatch,
  options: FillOptions,
  effort: Effort
): readonly (FilledPeriod | null)[] {
  const program = new PeriodProgram(highs, batch, options)
  try {
    const filled: (FilledPeriod | null)[] = []
    let last: FilledPeriod | null = null
    for (let period = 0; period < batch.periods; period++) {
      const one: FilledPeriod | null = effort.isSpent ? null : program.solve(period, last)
      filled.push(one)
      last = one
    }
    return filled
  } finally {
    program.dispose()
  }
}

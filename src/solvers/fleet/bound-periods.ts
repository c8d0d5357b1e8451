import type { Highs } from 'highs'
import type { Effort } from '../patterns/effort.js'
import { listMaximalPatterns } from './maximal-contents.js'
import type { PeriodBatch } from './period-batch.js'
import { PeriodModel } from './period-model.js'

export interface BoundOptions {
  /** [period]: by how much money bound and optimum may differ. */
  readonly slack: Float64Array
  readonly seed: number
  /** Seconds for one period. */
  readonly secondsEach: number
}

/**
 * What each period costs at least beyond its base, in whole nodes: the bound of its integer program over all maximal contents. Where
 * nodes are dear a linear program may take half of one.
 *
 * @returns [period]; −Infinity where contents are too many to be listed, or time was up.
 */
export function boundPeriods(
  highs: Highs,
  batch: PeriodBatch,
  { slack, seed, secondsEach: seconds }: BoundOptions,
  effort: Effort
): Float64Array {
  const bounds = new Float64Array(batch.periods).fill(-Infinity)
  const patterns = listMaximalPatterns(batch.problem)
  if (patterns === null) return bounds
  const model = new PeriodModel(highs, { ...batch, patterns }, { isWhole: true })
  try {
    for (let period = 0; period < batch.periods && !effort.isSpent; period++) {
      model.goTo(period)
      const { bound } = model.solve({ slack: slack[period] as number, seconds, seed })
      if (Number.isFinite(bound)) bounds[period] = bound
    }
    return bounds
  } finally {
    model.dispose()
  }
}

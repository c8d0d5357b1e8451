import type { FilledPeriod } from '../../solvers/fleet/fill-periods.js'
import { cutBatch, type PeriodBatch } from '../../solvers/fleet/period-batch.js'
import type { SolverPool } from '../../workers/pool.js'
import { inLanes } from '../in-lanes.js'
import { callTask } from './call-task.js'

export interface FillHorizonOptions {
  readonly pool: SolverPool
  /** Tasks at a time. */
  readonly threads: number
  readonly signal: AbortSignal
  readonly seed: number
  /** [period]: by how much money a period may miss its optimum. */
  readonly slack: Float64Array
  /** [deployment]: money for a migration. */
  readonly copyMovePrice: Float64Array
  /** [kind]: money for each node that is ordered. */
  readonly orderPrice: Float64Array
  /** [period × kinds + kind]: nodes beyond the base, about; null where nobody knows. */
  readonly guide: Float64Array | null
  /** Milliseconds since 1970 from which on periods are only rounded. */
  readonly hurryFrom: number
  readonly onFilled: (periods: number) => void
}

/** Periods of one task: few enough to share out, many enough to be worth a program. Always the same, so that threads change nothing. */
const PERIODS_OF_TASK = 96
const SECONDS_EACH = 5

/** Whole nodes for every period, the base given. null for a period that has none. */
export async function fillHorizon(
  batch: PeriodBatch,
  options: FillHorizonOptions
): Promise<readonly (FilledPeriod | null)[]> {
  const { pool, threads, signal, seed, slack, copyMovePrice, orderPrice, guide, hurryFrom, onFilled } = options
  const tasks = Array.from({ length: Math.ceil(batch.periods / PERIODS_OF_TASK) }, (_, task) => task * PERIODS_OF_TASK)
  const filled = await inLanes(tasks, threads, async (first) => {
    const last = Math.min(batch.periods, first + PERIODS_OF_TASK)
    const part = cutBatch(batch, first, last)
    const own = {
      guide: guide === null ? null : cutGuide(guide, batch, first, last),
      slack: slack.slice(first, last),
      copyMovePrice,
      orderPrice,
      seed,
      secondsEach: SECONDS_EACH,
      hurryFrom
    }
    const output = await callTask(pool, 'fill-periods', { batch: part, options: own }, signal)
    onFilled(last - first)
    return output
  })
  return filled.flat()
}

/** With the period before the first and the one after the last; NaN where there is none. */
function cutGuide(guide: Float64Array, { problem, periods }: PeriodBatch, first: number, last: number): Float64Array {
  const { kinds } = problem
  const cut = new Float64Array((last - first + 2) * kinds).fill(Number.NaN)
  const from = Math.max(0, first - 1)
  cut.set(guide.subarray(from * kinds, Math.min(periods, last + 1) * kinds), (from - first + 1) * kinds)
  return cut
}

import type { FilledPeriod } from '../../solvers/fleet/fill-periods.js'
import { type PeriodBatch, pickPeriods } from '../../solvers/fleet/period-batch.js'
import type { SolverPool } from '../../workers/pool.js'
import { inLanes } from '../in-lanes.js'
import { callTask } from './call-task.js'

export interface BoundHorizonOptions {
  readonly pool: SolverPool
  /** Tasks at a time. */
  readonly threads: number
  readonly signal: AbortSignal
  /** [period]: what is proven already of nodes beyond the base. */
  readonly proven: Float64Array
  /** [period]: by how much money bound and cost may differ. */
  readonly slack: Float64Array
  readonly isLate: () => boolean
  readonly seed: number
}

/** Periods of one task: always the same, so that threads change nothing. */
const PERIODS_OF_TASK = 48
const SECONDS_EACH = 2

/** What each period costs at least beyond its base: better bounds where nodes are dear, and half of one makes a difference. */
export async function boundHorizon(
  batch: PeriodBatch,
  filled: readonly (FilledPeriod | null)[],
  { pool, threads, signal, proven, slack, isLate, seed }: BoundHorizonOptions
): Promise<Float64Array> {
  const { kinds } = batch.problem
  const cost = Float64Array.from(filled, (period, index) =>
    (period?.nodes ?? []).reduce(
      (sum, { pattern, beyond }) => sum + beyond * (batch.price[index * kinds + pattern.kind] as number),
      0
    )
  )
  const open = [...cost.keys()].filter(
    (period) => (cost[period] as number) - (proven[period] as number) > (slack[period] as number)
  )
  const tasks = Array.from({ length: Math.ceil(open.length / PERIODS_OF_TASK) }, (_, task) =>
    open.slice(task * PERIODS_OF_TASK, (task + 1) * PERIODS_OF_TASK)
  )
  const bounds = proven.slice()
  await inLanes(tasks, threads, async (periods) => {
    if (isLate()) return
    const of = (amounts: Float64Array) => Float64Array.from(periods, (period) => amounts[period] as number)
    const job = { batch: pickPeriods(batch, periods), options: { slack: of(slack), seed, secondsEach: SECONDS_EACH } }
    const output = await callTask(pool, 'bound-periods', job, signal)
    for (const [index, period] of periods.entries()) {
      bounds[period] = Math.max(bounds[period] as number, output.bounds[index] ?? -Infinity)
    }
  })
  return bounds
}

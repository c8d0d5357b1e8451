import type { OrderedPeriods } from '../../solvers/fleet/order-periods.js'
import { cutBatch, type PeriodBatch } from '../../solvers/fleet/period-batch.js'
import type { PricedPeriods } from '../../solvers/fleet/price-periods.js'
import { keyOf, type Pattern } from '../../solvers/patterns/pattern.js'
import type { SolverPool } from '../../workers/pool.js'
import { inLanes } from '../in-lanes.js'
import { callTask } from './call-task.js'

/** Who does the tasks. */
export interface TaskOptions {
  readonly pool: SolverPool
  /** Tasks at a time. What is in a task never depends on it. */
  readonly threads: number
  readonly signal: AbortSignal
}

const PRICED_AT_ONCE = 252

/** Prices all periods, in tasks. */
export async function priceHorizon(batch: PeriodBatch, { pool, threads, signal }: TaskOptions): Promise<PricedPeriods> {
  const parts = Array.from({ length: Math.ceil(batch.periods / PRICED_AT_ONCE) }, (_, part) =>
    cutBatch(batch, part * PRICED_AT_ONCE, Math.min(batch.periods, (part + 1) * PRICED_AT_ONCE))
  )
  return joinPriced(await inLanes(parts, threads, (part) => callTask(pool, 'price-periods', part, signal)))
}

function joinPriced(parts: readonly PricedPeriods[]): PricedPeriods {
  const join = (of: (part: PricedPeriods) => Float64Array) => joinArrays(parts.map(of))
  const known = new Map<string, Pattern>()
  const once = (lists: readonly (readonly Pattern[])[]) => {
    const keys = new Set<string>()
    for (const list of lists) {
      for (const pattern of list) {
        const key = keyOf(pattern)
        keys.add(key)
        if (!known.has(key)) known.set(key, pattern)
      }
    }
    return Array.from(keys, (key) => known.get(key) as Pattern)
  }
  return {
    periods: parts.reduce((sum, { periods }) => sum + periods, 0),
    value: join(({ value }) => value),
    constant: join(({ constant }) => constant),
    slope: join(({ slope }) => slope),
    beyond: join(({ beyond }) => beyond),
    missing: join(({ missing }) => missing),
    copyPrice: join(({ copyPrice }) => copyPrice),
    patterns: once(parts.map(({ patterns }) => patterns)),
    used: once(parts.map(({ used }) => used))
  }
}

function joinArrays(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Periods of one program, and of those at either end which are there only for the sake of the others. */
const MOST_ORDERED = 96
const OVERLAP = 8
/** Columns of one program beyond which it takes fewer periods. */
const MOST_COLUMNS = 12_000

/** What orders come to over all periods, some at a time. null where a part has no optimum. */
export async function orderHorizon(
  batch: PeriodBatch,
  orderPrice: Float64Array,
  { pool, threads, signal }: TaskOptions
): Promise<OrderedPeriods | null> {
  const { periods, patterns, problem } = batch
  const { kinds } = problem
  const fewer = Math.floor(MOST_COLUMNS / (2 * patterns.length + kinds))
  const width = Math.max(3 * OVERLAP, Math.min(MOST_ORDERED, fewer))
  const starts = Array.from(
    { length: Math.max(1, Math.ceil((periods - 2 * OVERLAP) / (width - 2 * OVERLAP))) },
    (_, index) => index * (width - 2 * OVERLAP)
  )
  const parts = await inLanes(starts, threads, async (from) => {
    const part = cutBatch(batch, from, Math.min(periods, from + width))
    return await callTask(pool, 'order-periods', { batch: part, orderPrice }, signal)
  })
  if (parts.some(({ isSolved }) => !isSolved)) return null
  const worth = new Float64Array(periods * kinds)
  const beyond = new Float64Array(periods * kinds)
  for (const [index, part] of parts.entries()) {
    // The next part overwrites the end.
    const first = index === 0 ? 0 : OVERLAP
    const at = ((starts[index] as number) + first) * kinds
    worth.set(part.worth.subarray(first * kinds), at)
    beyond.set(part.beyond.subarray(first * kinds), at)
  }
  return { isSolved: true, worth, beyond }
}

import { type BoundOptions, boundPeriods } from '../../solvers/fleet/bound-periods.js'
import { type FilledPeriod, type FillOptions, fillPeriods } from '../../solvers/fleet/fill-periods.js'
import { type OrderedPeriods, orderPeriods } from '../../solvers/fleet/order-periods.js'
import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'
import { type PricedPeriods, pricePeriods } from '../../solvers/fleet/price-periods.js'
import { loadHighs } from '../../solvers/highs/runtime.js'
import { Effort } from '../../solvers/patterns/effort.js'
import type { Job } from './job.js'

/** Prices the periods of a batch: its linear programs, and what proves them. */
export const priceJob: Job<PeriodBatch, never, PricedPeriods> = {
  run: async (batch, line) => pricePeriods(await loadHighs(), batch, new Effort(() => line.cancelled())),
  transferables: () => []
}

export interface OrderJob {
  readonly batch: PeriodBatch
  readonly orderPrice: Float64Array
}

/** What the orders between the periods of a batch come to. */
export const orderJob: Job<OrderJob, never, OrderedPeriods> = {
  run: async ({ batch, orderPrice }) => orderPeriods(await loadHighs(), batch, orderPrice),
  transferables: () => []
}

export interface FillJob {
  readonly batch: PeriodBatch
  readonly options: FillOptions
}

/** Fills the periods of a batch with whole nodes. */
export const fillJob: Job<FillJob, never, readonly (FilledPeriod | null)[]> = {
  run: async ({ batch, options }, line) =>
    fillPeriods(await loadHighs(), batch, options, new Effort(() => line.cancelled())),
  transferables: () => []
}

export interface BoundJob {
  readonly batch: PeriodBatch
  readonly options: BoundOptions
}

/** What the periods of a batch cost at least in whole nodes. */
export const boundJob: Job<BoundJob, never, { readonly bounds: Float64Array }> = {
  run: async ({ batch, options }, line) => ({
    bounds: boundPeriods(await loadHighs(), batch, options, new Effort(() => line.cancelled()))
  }),
  transferables: () => []
}

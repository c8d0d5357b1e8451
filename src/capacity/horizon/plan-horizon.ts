import type { Study } from '../../../models/contract/study.js'
import { withSharedPool } from '../../shared-pool.js'
import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'
import { type Fleet, formulateFleet } from '../fleet/fleet.js'
import type { Demand } from '../forecast/demand.js'
import { type QuestionOptions, resolveQuestion } from '../question/options.js'
import { assembleHorizon, assembleOpen } from './assemble-horizon.js'
import { boundHorizon } from './bound-horizon.js'
import type { BaseOptions, ChosenBase } from './choose-base.js'
import { fillHorizon } from './fill-horizon.js'
import { holdNodes } from './hold-nodes.js'
import type { HorizonAnswer } from './horizon-answer.js'
import { orderPricesOf } from './order-prices.js'
import { orderHorizon } from './period-tasks.js'
import { batchOf } from './periods.js'
import { settleHorizon } from './settle-horizon.js'
import { verifyHorizon } from './verify/verify-horizon.js'

export interface HorizonOptions extends Omit<QuestionOptions, 'workLimit' | 'solver' | 'onPlacement'> {}

/** Where the caller says nothing: a plan for two weeks in steps of ten minutes takes a third of it. */
const DEFAULT_TIME_LIMIT = 60_000
/** Parts of the time after which the base is chosen with what is known. */
const BASE_SHARE = 0.6
/** By which share of a period's cost its nodes may miss the optimum. */
const PERIOD_SLACK = 0.001
/** The part of an order's price that counts where nobody knows how long the node will serve. */
const ORDER_SHARE = 0.5

/**
 * The cheapest way through a horizon: how many nodes to commit to, which of them to have by the hour in each period, on demand or as
 * spot, so that every replica has a place and every floor and quota holds, the nodes that are ordered and the replicas that migrate from
 * period to period counted in. With a proven bound for the whole and for each period.
 *
 * `study` is one that `completeStudy` has made ready, `demand` of `demandOf`. Throws InputError for rules that cannot be told of nodes that
 * are only counted; the signal's reason on an abort. The time limit ends the search for a better base; what is begun is ended.
 */
export async function planHorizon(study: Study, demand: Demand, options: HorizonOptions = {}): Promise<HorizonAnswer> {
  const question = resolveQuestion({ timeLimitMs: DEFAULT_TIME_LIMIT, ...options }, [])
  const { signal, relativeGap, elapsedMs, timeLimitMs, onProgress, seed } = question
  const fleet = formulateFleet(study, peaksOf(demand))
  const batch = batchOf(study, fleet, demand)
  const hours = (demand.periods * demand.periodSeconds) / 3600
  const orderPrice = orderPricesOf(fleet.kinds)
  const tell = (done: number, doing: string) =>
    onProgress?.({ elapsedMs: elapsedMs(), done, of: 2 * demand.periods, doing })
  return await withSharedPool(question.threads, question.createWorker, async (pool) => {
    signal.throwIfAborted()
    tell(0, 'choosing the base')
    const baseOptions = {
      pool,
      threads: question.threads,
      hours,
      orderPrice,
      signal,
      relativeGap,
      isLate: () => elapsedMs() > timeLimitMs * BASE_SHARE,
      onBound: (bound: number) => tell(0, `choosing the base: at least ${(bound / hours).toFixed(2)} an hour`)
    }
    const slackOf = ({ priced, costPerPeriod }: ChosenBase) =>
      priced.value.map((value) => PERIOD_SLACK * (value + costPerPeriod))
    const settled = await settleHorizon(fleet, batch, baseOptions, async (chosen) => {
      let done = demand.periods
      const guide = await guideOf(batch, chosen, baseOptions)
      return await fillHorizon(
        { ...batch, base: chosen.nodes, patterns: chosen.patterns },
        {
          pool,
          threads: question.threads,
          signal,
          seed,
          slack: slackOf(chosen),
          hurryFrom: Date.now() + timeLimitMs - elapsedMs(),
          copyMovePrice: movePricesOf(study, fleet),
          orderPrice: guide === null ? orderPrice.map((price) => price * ORDER_SHARE) : orderPrice,
          guide,
          onFilled: (periods) => {
            done += periods
            tell(done, 'filling the periods')
          }
        }
      )
    })
    const { chosen, filled } = settled
    const proven = provenBy(chosen)
    const context = { study, demand, fleet, batch, chosen, hours, orderPrice, question, periodBounds: proven }
    if (filled === null) return assembleOpen(context, settled)
    tell(2 * demand.periods, 'bounding the periods')
    const onBase = { ...batch, base: chosen.nodes, patterns: chosen.patterns }
    const periodBounds = await boundHorizon(onBase, filled, {
      pool,
      threads: question.threads,
      signal,
      seed,
      slack: slackOf(chosen),
      proven,
      isLate: () => elapsedMs() > timeLimitMs
    })
    const answer = assembleHorizon({ ...context, periodBounds }, holdNodes(onBase, filled, orderPrice))
    const [violation] = verifyHorizon(study, demand, answer)
    if (violation !== undefined) throw new Error(`the plan for the horizon does not hold: ${violation}`)
    return answer
  })
}

/**
 * Nodes beyond the base as the linear programs of many periods have them. Needed where an order costs more than a node in a period: then
 * what the next periods want says how many to keep. null elsewhere.
 */
async function guideOf(
  batch: PeriodBatch,
  { nodes, priced }: ChosenBase,
  options: BaseOptions
): Promise<Float64Array | null> {
  const kinds = options.orderPrice.length
  const isLong = options.orderPrice.some((price, kind) => price > (batch.price[kind] as number))
  if (kinds === 0 || batch.periods < 2 || !isLong || options.isLate()) return null
  const ordered = await orderHorizon({ ...batch, base: nodes, patterns: priced.used }, options.orderPrice, options)
  return ordered?.beyond ?? null
}

/** [deployment]: money for a migration; room that is kept for copies moves for nothing. */
function movePricesOf({ deployments, objective }: Study, { instance }: Fleet): Float64Array {
  return Float64Array.from(instance.deployments, ({ index, isHeadroom }) =>
    isHeadroom ? 0 : (deployments[index]?.moveCost ?? 0) * objective.moveCostPrice
  )
}

/** [period]: what its prices prove of nodes beyond the base. */
function provenBy({ priced: { constant, slope }, nodes }: ChosenBase): Float64Array {
  return constant.map((amount, period) =>
    nodes.reduce((sum, count, kind) => sum - (slope[period * nodes.length + kind] as number) * count, amount)
  )
}

function peaksOf({ counts }: Demand): Map<string, number> {
  return new Map([...counts].map(([id, values]) => [id, values.reduce((most, value) => Math.max(most, value), 0)]))
}

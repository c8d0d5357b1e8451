import type { Study } from '../../../models/contract/study.js'
import { gapBetween } from '../../search/incumbents.js'
import type { FilledPeriod } from '../../solvers/fleet/fill-periods.js'
import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'
import type { Fleet, FleetKind } from '../fleet/fleet.js'
import { countsAt, type Demand } from '../forecast/demand.js'
import { headOf } from '../question/answer.js'
import type { ResolvedQuestion } from '../question/options.js'
import { changeOver } from './changeover.js'
import type { ChosenBase } from './choose-base.js'
import type { BaseNodes, HorizonAnswer, HorizonPeriod, HourlyNodes, NodeContents } from './horizon-answer.js'
import { leastCopies } from './least-copies.js'
import type { Hosting } from './node-contents.js'
import type { SettledHorizon } from './settle-horizon.js'
import { isSame } from './verify/is-same.js'

/** What an answer is made of. */
export interface HorizonContext {
  readonly study: Study
  readonly demand: Demand
  readonly fleet: Fleet
  readonly batch: PeriodBatch
  readonly chosen: ChosenBase
  readonly hours: number
  readonly orderPrice: Float64Array
  /** [period]: what it costs at least beyond the base. */
  readonly periodBounds: Float64Array
  readonly question: ResolvedQuestion
}

/** The answer, everything in it added up anew from the nodes of each period. */
export function assembleHorizon(context: HorizonContext, filled: readonly FilledPeriod[]): HorizonAnswer {
  const { demand, chosen, hours } = context
  const story = new HorizonStory(context)
  for (const [period, nodes] of filled.entries()) story.tell(period, nodes)
  const base = baseNodes(context, story.used)
  const baseCost = base.reduce((sum, { nodes, costPerHour }) => sum + nodes * costPerHour * hours, 0)
  const byMarket = (isSpot: boolean) =>
    story.hourly.reduce((sum, { market, cost }) => sum + ((market === 'spot') === isSpot ? cost : 0), 0)
  const cost = {
    base: baseCost,
    onDemand: byMarket(false),
    spot: byMarket(true),
    orders: story.orderCost,
    moves: story.moveCost
  }
  const total = cost.base + cost.onDemand + cost.spot + cost.orders + cost.moves
  // Above the cost by more than rounding it would be false, which the checker is to find.
  const bound = chosen.bound > total && isSame(chosen.bound, total) ? total : chosen.bound
  return {
    ...headOfHorizon(context),
    status: 'feasible',
    cost: { ...cost, total },
    costPerHour: total / hours,
    bound,
    boundPerHour: bound / hours,
    gap: gapBetween(total, bound),
    worstPeriodGap: story.periods.reduce((worst, { gap }) => Math.max(worst, gap), 0),
    base,
    hourly: story.hourly,
    orders: story.periods.reduce((sum, { orders }) => sum + orders, 0),
    moves: story.periods.reduce((sum, { moves }) => sum + moves, 0),
    contents: story.contents,
    periods: story.periods,
    notes: [
      ...(demand.periods < 2 ? ['with one period, nothing is known of how demand changes'] : []),
      ...(base.some(({ isCommitment }) => isCommitment)
        ? [`the discount of commitments is taken for these ${hours} h, as if they came again for the whole term`]
        : []),
      'what is ordered is paid for while it is provisioned; the nodes of the first period are taken to be there'
    ]
  }
}

/** The answer where periods cannot be served, or where nobody found how. */
export function assembleOpen(context: HorizonContext, { open, isProven }: SettledHorizon): HorizonAnswer {
  const { demand } = context
  const [first = 0] = open
  const counts = [...countsAt(demand, first)].map(([id, replicas]) => `${replicas} of ${id}`)
  const which = isProven
    ? `${open.length} of ${demand.periods} periods cannot be served`
    : `for ${open.length} of ${demand.periods} periods no nodes were found`
  const note = `${which}, the first ${first * demand.periodSeconds} s after the beginning, which wants ${counts.join(', ')}: quotas, maxNew, floors or rules leave ${isProven ? 'no' : 'little'} room`
  return {
    ...headOfHorizon(context),
    status: isProven ? 'infeasible' : 'none',
    cost: { base: 0, onDemand: 0, spot: 0, orders: 0, moves: 0, total: 0 },
    costPerHour: 0,
    bound: 0,
    boundPerHour: 0,
    gap: 0,
    worstPeriodGap: 0,
    base: [],
    hourly: [],
    orders: 0,
    moves: 0,
    contents: [],
    periods: [],
    notes: [note]
  }
}

function headOfHorizon({ study, demand, chosen, hours, question }: HorizonContext) {
  const { periodSeconds, startsAt } = demand
  const { withoutBase } = chosen
  return {
    ...headOf('horizon', study, question),
    periodSeconds,
    hours,
    ...(startsAt === undefined ? {} : { startsAt }),
    withoutCommitment: { bound: withoutBase, boundPerHour: withoutBase / hours }
  }
}

function hostingsOf({ nodes }: FilledPeriod): Hosting[] {
  return nodes.flatMap(({ pattern, ofBase, beyond }) => {
    const { kind, counts } = pattern
    return [
      ...(ofBase > 0 ? [{ kind, ofBase: true, counts, nodes: ofBase }] : []),
      ...(beyond > 0 ? [{ kind, ofBase: false, counts, nodes: beyond }] : [])
    ]
  })
}

function baseNodes({ fleet, chosen, demand }: HorizonContext, used: Float64Array): BaseNodes[] {
  return fleet.kinds.flatMap(({ type, node, market, base, offered }, kind) => {
    const nodes = Math.round(chosen.nodes[kind] as number)
    if (base === null || nodes === 0) return []
    const usedShare = (used[kind] as number) / (nodes * demand.periods)
    return [
      {
        type,
        ...(node !== null && { node }),
        market,
        isCommitment: offered > 0,
        nodes,
        costPerHour: base.costPerHour,
        usedShare
      }
    ]
  })
}

/** The horizon as it goes on from period to period. */
class HorizonStory {
  readonly periods: HorizonPeriod[] = []
  readonly contents: NodeContents[] = []
  /** [kind]: periods × nodes of the base that host something. */
  readonly used: Float64Array
  orderCost = 0
  moveCost = 0
  readonly #hours: Float64Array
  readonly #most: Float64Array
  readonly #orders: Float64Array
  readonly #indices = new Map<string, number>()
  readonly #basePerHour: number
  #nodes: readonly Hosting[] = []

  constructor(readonly context: HorizonContext) {
    const { fleet, chosen } = context
    const kinds = fleet.kinds.length
    this.used = new Float64Array(kinds)
    this.#hours = new Float64Array(kinds)
    this.#most = new Float64Array(kinds)
    this.#orders = new Float64Array(kinds)
    this.#basePerHour = fleet.kinds.reduce(
      (sum, { base }, kind) => sum + (base?.costPerHour ?? 0) * (chosen.nodes[kind] as number),
      0
    )
  }

  tell(period: number, filled: FilledPeriod): void {
    const { batch, fleet, demand, orderPrice, study } = this.context
    const { deployments } = batch.problem
    const slots = hostingsOf(filled)
    const wanted = {
      copies: batch.wanted.subarray(period * deployments, (period + 1) * deployments),
      classes: fleet.classes,
      least: leastCopies(fleet, batch, period, filled)
    }
    const { started, released, moved, after } = changeOver(this.#nodes, slots, wanted, fleet.kinds.length)
    this.#nodes = after
    const hours = demand.periodSeconds / 3600
    const isFirst = period === 0
    const beyond = new Float64Array(fleet.kinds.length)
    for (const { kind, ofBase, nodes } of slots) {
      if (ofBase) this.used[kind] = (this.used[kind] as number) + nodes
      else beyond[kind] = (beyond[kind] as number) + nodes
    }
    let costPerHour = this.#basePerHour
    for (const [kind, nodes] of beyond.entries()) {
      costPerHour += nodes * (fleet.kinds[kind] as FleetKind).costPerHour
      this.#hours[kind] = (this.#hours[kind] as number) + nodes * hours
      this.#most[kind] = Math.max(this.#most[kind] as number, nodes)
      if (isFirst) continue
      this.#orders[kind] = (this.#orders[kind] as number) + (started[kind] as number)
      this.orderCost += (started[kind] as number) * (orderPrice[kind] as number)
    }
    if (!isFirst) {
      for (const [index, { moveCost }] of study.deployments.entries()) {
        this.moveCost += (moved[index] as number) * moveCost * study.objective.moveCostPrice
      }
    }
    const boundPerHour = Math.min(
      costPerHour,
      this.#basePerHour + Math.max(0, this.context.periodBounds[period] as number) / hours
    )
    const sum = (amounts: Int32Array) => (isFirst ? 0 : amounts.reduce((total, amount) => total + amount, 0))
    this.periods.push({
      startSeconds: period * demand.periodSeconds,
      costPerHour,
      boundPerHour,
      gap: gapBetween(costPerHour, boundPerHour),
      nodes: after
        .map((hosting): [number, number] => [this.#indexOf(hosting), hosting.nodes])
        .sort(([one], [other]) => one - other),
      orders: sum(started),
      releases: sum(released),
      moves: sum(moved.subarray(0, study.deployments.length))
    })
  }

  get hourly(): HourlyNodes[] {
    return this.context.fleet.kinds.flatMap(({ type, market, costPerHour }, kind) => {
      const nodeHours = this.#hours[kind] as number
      if (nodeHours === 0) return []
      const mostNodes = this.#most[kind] as number
      return [
        { type, market, nodeHours, mostNodes, orders: this.#orders[kind] as number, cost: nodeHours * costPerHour }
      ]
    })
  }

  #indexOf({ kind, ofBase, counts }: Hosting): number {
    const { fleet, study } = this.context
    const key = `${kind} ${ofBase} ${counts.join()}`
    const known = this.#indices.get(key)
    if (known !== undefined) return known
    const byId = (headroom: boolean) =>
      Object.fromEntries(
        fleet.instance.deployments.flatMap(({ id, index, isHeadroom }): [string, number][] =>
          isHeadroom === headroom && (counts[index] as number) > 0 ? [[id, counts[index] as number]] : []
        )
      )
    const { type, node, market } = fleet.kinds[kind] as FleetKind
    const contents: NodeContents = {
      type,
      ...(node !== null && { node }),
      market,
      ofBase,
      replicas: byId(false),
      ...(study.headroom.length > 0 && { headroom: byId(true) })
    }
    const index = this.contents.push(contents) - 1
    this.#indices.set(key, index)
    return index
  }
}

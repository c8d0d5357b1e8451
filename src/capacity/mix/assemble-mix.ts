import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Study } from '../../../models/contract/study.js'
import { gapBetween } from '../../search/incumbents.js'
import { orderPriceOf } from '../fleet/order-price.js'
import { MARKET_LABEL } from '../labels.js'
import { headOf } from '../question/answer.js'
import type { ResolvedQuestion } from '../question/options.js'
import { withMarket } from '../study/markets.js'
import type { GettingThere, MixAnswer, MixNodes } from './mix-answer.js'

export interface MixContext {
  readonly study: Study
  readonly counts: ReadonlyMap<string, number>
  readonly question: ResolvedQuestion
  /** No choice of nodes costs less an hour; 0 where nothing is known. */
  readonly bound: number
  /** What the nearest that was found does not keep. Default: nothing is known of it. */
  readonly reasons?: readonly string[]
}

/** The answer, from the Problem that was solved and its Result; null where none keeps the quotas. */
export function assembleMix(
  { study, counts, question, bound, reasons = [] }: MixContext,
  problem: Problem,
  result: Result | null
): MixAnswer {
  const found = result?.primalStatus === 'feasible' ? result : null
  const isProven = bound === Infinity || result?.termination === 'infeasible'
  const costPerHour = found?.objective?.costPerHour ?? 0
  // Where fewer nodes were on offer than there are, the Result's own bound says nothing.
  const own = problem.nodeTypes.length === 0 || bound === 0 ? (found?.bound?.costPerHour ?? 0) : 0
  const boundPerHour = found === null ? 0 : Math.min(costPerHour, Math.max(bound, own))
  const todayPerHour = found?.initial.costPerHour ?? 0
  return {
    ...headOf('mix', study, question),
    status: found !== null ? 'feasible' : isProven ? 'infeasible' : 'none',
    replicas: Object.fromEntries(counts),
    costPerHour,
    boundPerHour,
    gap: gapBetween(costPerHour, boundPerHour),
    todayPerHour,
    nodes: found === null ? [] : nodesOf(problem, found),
    gettingThere: gettingThere(problem, found, todayPerHour - costPerHour),
    problem,
    result: found,
    notes: found === null ? [reasonOf(study, isProven), ...reasons] : (found.explanation.notes ?? [])
  }
}

function reasonOf({ quotas }: Study, isProven: boolean): string {
  if (isProven) return 'nothing on offer serves so many replicas'
  return quotas.length > 0 ? 'nothing that keeps the quotas was found in time' : 'nothing was found in time'
}

function nodesOf({ nodes, nodeTypes }: Problem, { releasedNodes, newNodes, placement }: Result): MixNodes[] {
  const rows = new Map<
    string,
    { type: string; market: string; costPerHour: number; kept: number; bought: number; released: number }
  >()
  const enter = (
    type: string,
    labels: Problem['nodes'][number]['labels'],
    costPerHour: number,
    as: 'kept' | 'bought' | 'released'
  ) => {
    const market = withMarket(labels)[MARKET_LABEL] as string
    const key = JSON.stringify([type, market, costPerHour])
    const row = rows.get(key) ?? { type, market, costPerHour, kept: 0, bought: 0, released: 0 }
    row[as]++
    rows.set(key, row)
  }
  const released = new Set(releasedNodes)
  const hosts = new Set(placement.map(({ node }) => node))
  for (const { id, type = id, labels, costPerHour, releasable } of nodes) {
    if (released.has(id)) enter(type, labels, costPerHour, 'released')
    else if (hosts.has(id) || !releasable) enter(type, labels, costPerHour, 'kept')
  }
  const types = new Map(nodeTypes.map((type) => [type.type, type]))
  for (const { type, rented } of newNodes) {
    const known = types.get(type)
    if (known !== undefined && rented !== true) enter(type, known.labels, known.costPerHour, 'bought')
  }
  return [...rows.values()].sort((one, other) => costOf(other) - costOf(one))
}

function costOf({ kept, bought, costPerHour }: MixNodes): number {
  return (kept + bought) * costPerHour
}

function gettingThere({ nodeTypes, objective }: Problem, result: Result | null, saving: number): GettingThere {
  const types = new Map(nodeTypes.map((type) => [type.type, type]))
  const provisionCost = (result?.newNodes ?? []).reduce((sum, { type }) => {
    const { costPerHour = 0, provisionSeconds = 0 } = types.get(type) ?? {}
    return sum + orderPriceOf({ costPerHour, provisionSeconds })
  }, 0)
  const { migrations = 0, moveCost = 0 } = result?.objective ?? {}
  const migrationCost = moveCost * objective.moveCostPrice
  const cost = provisionCost + migrationCost
  return {
    migrations,
    moveCost,
    makespanSeconds: result?.plan.makespanSeconds ?? 0,
    provisionCost,
    migrationCost,
    cost,
    paybackHours: saving > 0 ? cost / saving : null
  }
}

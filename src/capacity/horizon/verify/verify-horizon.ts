import type { Study } from '../../../../models/contract/study.js'
import type { Demand } from '../../forecast/demand.js'
import { isSpot } from '../../study/markets.js'
import type { HorizonAnswer } from '../horizon-answer.js'
import { isSame, SAME } from './is-same.js'
import { type Offer, Offers } from './offers.js'
import { countNodes, type HostingNodes, hostingNodes } from './used-nodes.js'
import { verifyBase } from './verify-base.js'
import { type Ordered, verifyChange, verifyMoveCost } from './verify-changes.js'
import { verifyContents } from './verify-contents.js'
import { verifyPeriod } from './verify-period.js'

/**
 * Everything that is wrong with a plan for a horizon, in words; empty when nothing is. Counts for itself, without what made the plan: the
 * contents of nodes pass the checker of placements, one by one; every period has its replicas, headroom, floors, quotas and `at-least`
 * rules; no more nodes are used than are paid for or on offer; orders and moves are those that the periods show; and all figures add
 * up. Bounds can only be refuted by a lower cost.
 */
export function verifyHorizon(study: Study, demand: Demand, answer: HorizonAnswer): string[] {
  if (answer.status !== 'feasible') return []
  const offers = new Offers(study)
  const unknown = [...answer.contents, ...answer.base].filter((nodes) => offers.find(nodes) === undefined)
  if (unknown.length > 0) return unknown.map(({ type, market }) => `${type} is not on offer as ${market}`)
  const faults = answer.contents.flatMap((contents) => {
    const offer = offers.find(contents)
    return offer === undefined ? [] : verifyContents(study, offer, contents)
  })
  faults.push(...verifyBase(answer, offers))
  if (answer.periods.length !== demand.periods) faults.push(`${answer.periods.length} periods of ${demand.periods}`)
  const basePerHour = answer.base.reduce((sum, { nodes, costPerHour }) => sum + nodes * costPerHour, 0)
  const hourly = new Map<Offer, { nodeHours: number; mostNodes: number }>()
  const ordered: Ordered = { cost: 0, nodes: new Map() }
  let before: readonly HostingNodes[] = []
  for (const [index, period] of answer.periods.entries()) {
    const { startSeconds, costPerHour, boundPerHour, gap } = period
    const hosted = hostingNodes(answer, offers, index)
    const found = verifyPeriod(study, demand, answer, offers, index, hosted)
    if (index > 0) found.push(...verifyChange(demand, answer, index, before, hosted, ordered))
    else if (period.orders + period.releases + period.moves > 0) found.push('changes before the first period')
    let perHour = basePerHour
    for (const [offer, nodes] of countNodes(hosted, false)) {
      const { nodeHours, mostNodes } = hourly.get(offer) ?? { nodeHours: 0, mostNodes: 0 }
      const more = nodes * (demand.periodSeconds / 3600)
      hourly.set(offer, { nodeHours: nodeHours + more, mostNodes: Math.max(mostNodes, nodes) })
      perHour += nodes * offer.costPerHour
    }
    if (!isSame(costPerHour, perHour)) found.push('the cost does not add up')
    if (boundPerHour > costPerHour * (1 + SAME)) found.push('the bound is above the cost')
    if (!isSame(gap, gapOf(costPerHour, boundPerHour))) found.push('the gap does not add up')
    if (startSeconds !== index * demand.periodSeconds) found.push(`it begins at ${startSeconds} s`)
    faults.push(...found.map((fault) => `period ${index}: ${fault}`))
    before = hosted
  }
  return [...faults, ...verifySums(study, demand, answer, offers, hourly, ordered, basePerHour)]
}

/** What is wrong with the figures of the whole. */
function verifySums(
  study: Study,
  demand: Demand,
  answer: HorizonAnswer,
  offers: Offers,
  hourly: ReadonlyMap<Offer, { readonly nodeHours: number; readonly mostNodes: number }>,
  ordered: Ordered,
  basePerHour: number
): string[] {
  const { cost, periods, hours, withoutCommitment, bound } = answer
  const rentOf = (spot: boolean) =>
    [...hourly].reduce(
      (sum, [{ labels, costPerHour }, { nodeHours }]) => sum + (isSpot(labels) === spot ? nodeHours * costPerHour : 0),
      0
    )
  const sum = (of: (period: (typeof periods)[number]) => number) =>
    periods.reduce((total, period) => total + of(period), 0)
  const figures: [name: string, said: number, is: number][] = [
    ['the length', hours, (demand.periods * demand.periodSeconds) / 3600],
    ['the cost of the base', cost.base, basePerHour * hours],
    ['the cost of nodes on demand', cost.onDemand, rentOf(false)],
    ['the cost of spot', cost.spot, rentOf(true)],
    ['the cost of orders', cost.orders, ordered.cost],
    ['the total', cost.total, cost.base + cost.onDemand + cost.spot + cost.orders + cost.moves],
    ['the cost per hour', answer.costPerHour, cost.total / hours],
    ['the bound per hour', answer.boundPerHour, bound / hours],
    ['the gap', answer.gap, gapOf(cost.total, bound)],
    ['the worst gap', answer.worstPeriodGap, periods.reduce((worst, { gap }) => Math.max(worst, gap), 0)],
    ['the bound without commitments', withoutCommitment.boundPerHour, withoutCommitment.bound / hours],
    ['the number of orders', answer.orders, sum(({ orders }) => orders)],
    ['the number of moves', answer.moves, sum(({ moves }) => moves)],
    ['the list of nodes by the hour', answer.hourly.length, hourly.size]
  ]
  for (const entry of answer.hourly) {
    const offer = offers.find(entry)
    const is = offer === undefined ? undefined : hourly.get(offer)
    const { nodeHours = Number.NaN, mostNodes = Number.NaN } = is ?? {}
    figures.push(
      [`the node hours of ${entry.type}`, entry.nodeHours, nodeHours],
      [`most nodes ${entry.type}`, entry.mostNodes, mostNodes],
      [`the orders of ${entry.type}`, entry.orders, (offer && ordered.nodes.get(offer)) ?? 0],
      [`the cost of ${entry.type}`, entry.cost, nodeHours * (offer?.costPerHour ?? Number.NaN)]
    )
  }
  const isCommitted = answer.base.some(({ isCommitment }) => isCommitment)
  const wrong = figures.flatMap(([name, said, is]) => (isSame(said, is) ? [] : [`${name} does not add up`]))
  if (bound > cost.total * (1 + SAME)) wrong.push('the bound is above the cost')
  if (!isCommitted && withoutCommitment.bound > cost.total * (1 + SAME)) {
    wrong.push('the bound without commitments is above the cost, which is without them')
  }
  return [...wrong, ...verifyUse(answer, offers), ...verifyMoveCost(study, answer)]
}

/** Whether the nodes of the base are used as much as is said. */
function verifyUse(answer: HorizonAnswer, offers: Offers): string[] {
  const used = new Map<Offer, number>()
  for (const index of answer.periods.keys()) {
    for (const [offer, nodes] of countNodes(hostingNodes(answer, offers, index), true))
      used.set(offer, (used.get(offer) ?? 0) + nodes)
  }
  return answer.base.flatMap((entry) => {
    const offer = offers.find(entry)
    const share = ((offer && used.get(offer)) ?? 0) / (entry.nodes * answer.periods.length)
    return isSame(entry.usedShare, share) ? [] : [`the use of ${entry.type} does not add up`]
  })
}

function gapOf(cost: number, bound: number): number {
  return cost === 0 ? 0 : (cost - bound) / cost
}

import type { Study } from '../../../../models/contract/study.js'
import { countsAt, type Demand } from '../../forecast/demand.js'
import type { HorizonAnswer } from '../horizon-answer.js'
import { transport } from '../transport.js'
import { isSame } from './is-same.js'
import type { Offer } from './offers.js'
import { countNodes, type HostingNodes } from './used-nodes.js'

/** Money that went for orders, and nodes that were ordered by offer, as the periods show. */
export interface Ordered {
  cost: number
  readonly nodes: Map<Offer, number>
}

/** What is wrong with how one period goes over to the next: what is ordered and given back, and that it says no fewer moves than it takes. */
export function verifyChange(
  demand: Demand,
  answer: HorizonAnswer,
  index: number,
  before: readonly HostingNodes[],
  after: readonly HostingNodes[],
  ordered: Ordered
): string[] {
  const [had, has] = [countNodes(before, false), countNodes(after, false)]
  let orders = 0
  let releases = 0
  for (const offer of new Set([...had.keys(), ...has.keys()])) {
    const growth = (has.get(offer) ?? 0) - (had.get(offer) ?? 0)
    orders += Math.max(0, growth)
    releases += Math.max(0, -growth)
    if (growth <= 0) continue
    ordered.cost += growth * offer.orderPrice
    ordered.nodes.set(offer, (ordered.nodes.get(offer) ?? 0) + growth)
  }
  const period = answer.periods[index]
  const [earlier, later] = [countsAt(demand, index - 1), countsAt(demand, index)]
  let most = 0
  for (const [id, replicas] of later) most += Math.min(replicas, earlier.get(id) ?? 0)
  const fewest = most - mostStays(before, after)
  const moves = period?.moves ?? Number.NaN
  return [
    ...(period?.orders === orders ? [] : [`${period?.orders} orders, they are ${orders}`]),
    ...(period?.releases === releases ? [] : [`${period?.releases} nodes given back, they are ${releases}`]),
    ...(moves >= fewest && moves <= most ? [] : [`${moves} moves, they are from ${fewest} up to ${most}`])
  ]
}

/** Replicas that can be where they were, if nodes that are alike go on as suits best. */
function mostStays(before: readonly HostingNodes[], after: readonly HostingNodes[]): number {
  let stays = 0
  for (const offer of new Set(before.map((one) => one.offer))) {
    const from = before.filter((one) => one.offer === offer)
    const to = after.filter((one) => one.offer === offer)
    const worth = Float64Array.from(
      from.flatMap((one) =>
        to.map((other) =>
          Object.entries(one.contents.replicas).reduce(
            (sum, [id, copies]) => sum + Math.min(copies, other.contents.replicas[id] ?? 0),
            0
          )
        )
      )
    )
    const nodes = (hosted: readonly HostingNodes[]) => Int32Array.from(hosted, (one) => one.nodes)
    for (const shipment of transport(nodes(from), nodes(to), worth)) {
      stays += shipment.amount * (worth[shipment.from * to.length + shipment.to] as number)
    }
  }
  return stays
}

/** Whether so much money can be the price of so many moves. */
export function verifyMoveCost({ deployments, objective }: Study, { moves, cost }: HorizonAnswer): string[] {
  const prices = deployments.map(({ moveCost }) => moveCost * objective.moveCostPrice)
  const least = moves * Math.min(...prices)
  const most = moves * Math.max(...prices)
  const isPossible =
    (cost.moves >= least || isSame(cost.moves, least)) && (cost.moves <= most || isSame(cost.moves, most))
  return moves === 0
    ? cost.moves === 0
      ? []
      : ['moves that nobody made cost something']
    : isPossible
      ? []
      : ['the cost of moves does not add up']
}

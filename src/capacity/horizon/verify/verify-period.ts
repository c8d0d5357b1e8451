import type { Study } from '../../../../models/contract/study.js'
import { isLegal } from '../../../../models/instance/instance.js'
import { matchesSelector } from '../../../../models/instance/selector.js'
import { countsAt, type Demand } from '../../forecast/demand.js'
import { floorCounts } from '../../study/floors.js'
import { isSpot } from '../../study/markets.js'
import { amountTowards } from '../../study/quotas.js'
import type { HorizonAnswer } from '../horizon-answer.js'
import type { Offer, Offers } from './offers.js'
import { countNodes, type HostingNodes } from './used-nodes.js'

/** What is wrong with what one period hosts, and where. */
export function verifyPeriod(
  study: Study,
  demand: Demand,
  answer: HorizonAnswer,
  offers: Offers,
  index: number,
  hosted: readonly HostingNodes[]
): string[] {
  const faults: string[] = []
  const listed = answer.periods[index]?.nodes ?? []
  if (hosted.length < listed.length) faults.push('nodes with contents that nobody knows')
  for (const [, nodes] of listed) if (!Number.isSafeInteger(nodes) || nodes < 1) faults.push(`${nodes} nodes`)
  const wanted = countsAt(demand, index)
  const floors = floorCounts(study, wanted)
  for (const [id, replicas] of wanted) {
    const placed = countCopies(hosted, [id])
    const steady = countCopies(hosted, [id], ({ labels }) => !isSpot(labels))
    if (placed !== replicas) faults.push(`${placed} replicas of ${id}, ${replicas} are wanted`)
    if (steady < (floors.get(id) ?? 0))
      faults.push(`${steady} replicas of ${id} beside spot, the floor is ${floors.get(id)}`)
  }
  for (const { deployment, replicas } of study.headroom) {
    const room = hosted.reduce(
      (sum, { contents, nodes }) => sum + nodes * amountIn(contents.headroom ?? {}, deployment),
      0
    )
    if (room < replicas) faults.push(`room for ${room} more of ${deployment}, headroom is ${replicas}`)
  }
  for (const [order, rule] of study.rules.entries()) {
    if (rule.kind !== 'at-least') continue
    const there = countCopies(hosted, rule.deployments, ({ labels }) => matchesSelector(rule.nodeSelector, labels))
    if (there < rule.count) faults.push(`rule ${order}: ${there} replicas of at least ${rule.count}`)
  }
  return [...faults, ...checkSupply(answer, offers, hosted), ...checkQuotas(study, answer, offers, hosted)]
}

/** Copies of some deployments on nodes of some offers. */
function countCopies(
  hosted: readonly HostingNodes[],
  ids: readonly string[],
  counts: (offer: Offer) => boolean = () => true
): number {
  return hosted.reduce(
    (sum, { contents, nodes, offer }) =>
      counts(offer) ? sum + nodes * ids.reduce((copies, id) => copies + amountIn(contents.replicas, id), 0) : sum,
    0
  )
}

function amountIn(amounts: Readonly<Record<string, number>>, id: string): number {
  return Object.hasOwn(amounts, id) ? (amounts[id] as number) : 0
}

/** Nodes of the base by offer. */
function paidNodes({ base }: HorizonAnswer, offers: Offers): Map<Offer, number> {
  const paid = new Map<Offer, number>()
  for (const entry of base) {
    const offer = offers.find(entry)
    if (offer !== undefined) paid.set(offer, (paid.get(offer) ?? 0) + entry.nodes)
  }
  return paid
}

function checkSupply(answer: HorizonAnswer, offers: Offers, hosted: readonly HostingNodes[]): string[] {
  const paid = paidNodes(answer, offers)
  const faults: string[] = []
  for (const [offer, nodes] of countNodes(hosted, true)) {
    const most = paid.get(offer) ?? 0
    if (nodes > most) faults.push(`${nodes} nodes ${offer.type} of the base, ${most} are paid for`)
  }
  for (const [{ type, maxNew }, nodes] of countNodes(hosted, false)) {
    if (nodes > maxNew) faults.push(`${nodes} nodes ${type} by the hour, ${maxNew} are on offer`)
  }
  return faults
}

/** Nodes of the base count whether or not they are used. */
function checkQuotas(study: Study, answer: HorizonAnswer, offers: Offers, hosted: readonly HostingNodes[]): string[] {
  const all = [...paidNodes(answer, offers), ...countNodes(hosted, false)]
  return study.quotas.flatMap((quota, order) => {
    const total = all.reduce((sum, [offer, nodes]) => sum + nodes * amountTowards(study, quota, offer), 0)
    const { name, max } = quota
    return isLegal(total, max) ? [] : [`quota ${name ?? order}: ${total} of ${max}`]
  })
}

import type { Study } from '../../../../models/contract/study.js'
import { isLegal } from '../../../../models/instance/instance.js'
import { matchesSelector } from '../../../../models/instance/selector.js'
import { countsAt, type Demand } from '../../forecast/demand.js'
import { floorCounts } from '../../study/floors.js'
import { isSpot } from '../../study/markets.js'
import { amountTowards } from '../../study/quotas.js'
import type { HorizonAnswer, NodeContents } from '../horizon-answer.js'
import type { Offer, Offers } from './offers.js'

/** Nodes of one type and market in one period. */
interface Used {
  readonly type: string
  readonly market: string
  readonly offer: Offer
  ofBase: number
  hourly: number
}

/** What is wrong with one period, and what its nodes by the hour cost an hour. */
export function verifyPeriod(
  study: Study,
  demand: Demand,
  answer: HorizonAnswer,
  offers: Offers,
  index: number
): { readonly faults: readonly string[]; readonly hourlyPerHour: number } {
  const hosted = (answer.periods[index]?.nodes ?? []).map(([at, nodes]) => {
    const contents = answer.contents[at] as NodeContents
    return { contents, nodes, offer: offers.find(contents) as Offer }
  })
  const used = new Map<Offer, Used>()
  for (const { contents, nodes, offer } of hosted) {
    const { type, market, ofBase } = contents
    const known = used.get(offer) ?? { type, market, offer, ofBase: 0, hourly: 0 }
    known[ofBase ? 'ofBase' : 'hourly'] += nodes
    used.set(offer, known)
  }
  const count = (of: readonly string[], counts: (offer: Offer) => boolean) =>
    hosted.reduce(
      (sum, { contents, nodes, offer }) =>
        counts(offer) ? sum + nodes * of.reduce((copies, id) => copies + (contents.replicas[id] ?? 0), 0) : sum,
      0
    )
  const faults: string[] = []
  const wanted = countsAt(demand, index)
  const floors = floorCounts(study, wanted)
  for (const [id, replicas] of wanted) {
    const placed = count([id], () => true)
    const steady = count([id], ({ labels }) => !isSpot(labels))
    if (placed !== replicas) faults.push(`${placed} replicas of ${id}, ${replicas} are wanted`)
    if (steady < (floors.get(id) ?? 0))
      faults.push(`${steady} replicas of ${id} beside spot, the floor is ${floors.get(id)}`)
  }
  for (const [order, rule] of study.rules.entries()) {
    if (rule.kind !== 'at-least') continue
    const there = count(rule.deployments, ({ labels }) => matchesSelector(rule.nodeSelector, labels))
    if (there < rule.count) faults.push(`rule ${order}: ${there} replicas of at least ${rule.count}`)
  }
  const nodes = [...used.values()]
  return {
    faults: [...faults, ...checkSupply(answer, nodes), ...checkQuotas(study, answer, offers, nodes)],
    hourlyPerHour: nodes.reduce((sum, { hourly, offer }) => sum + hourly * offer.costPerHour, 0)
  }
}

function checkSupply({ base }: HorizonAnswer, used: readonly Used[]): string[] {
  return used.flatMap(({ type, market, offer, ofBase, hourly }) => {
    const paid = base
      .filter((one) => one.type === type && one.market === market)
      .reduce((sum, { nodes }) => sum + nodes, 0)
    return [
      ...(ofBase > paid ? [`${ofBase} nodes ${type} of the base, ${paid} are paid for`] : []),
      ...(hourly > offer.maxNew ? [`${hourly} nodes ${type} by the hour, ${offer.maxNew} are on offer`] : [])
    ]
  })
}

/** Nodes of the base count whether or not they are used. */
function checkQuotas(study: Study, { base }: HorizonAnswer, offers: Offers, used: readonly Used[]): string[] {
  const paid = base.map(({ type, market, nodes }) => ({ type, offer: offers.find({ type, market }) as Offer, nodes }))
  const all = [...paid, ...used.map(({ type, offer, hourly }) => ({ type, offer, nodes: hourly }))]
  return study.quotas.flatMap((quota, order) => {
    const total = all.reduce(
      (sum, { type, offer, nodes }) => sum + nodes * amountTowards(study, quota, { ...offer, type }),
      0
    )
    const { name, max } = quota
    return isLegal(total, max) ? [] : [`quota ${name ?? order}: ${total} of ${max}`]
  })
}

import type { HorizonAnswer } from '../horizon-answer.js'
import { isSame } from './is-same.js'
import type { Offer, Offers } from './offers.js'

/** What is wrong with the nodes that are paid for in every hour. */
export function verifyBase({ base }: HorizonAnswer, offers: Offers): string[] {
  const paid = new Map<Offer, number>()
  const faults = base.flatMap((entry) => {
    const { type, nodes, costPerHour, isCommitment } = entry
    const offer = offers.find(entry)
    if (offer === undefined || offer.base === null) return [`${type} cannot be had in every hour`]
    paid.set(offer, (paid.get(offer) ?? 0) + nodes)
    return [
      ...(Number.isSafeInteger(nodes) && nodes > 0 ? [] : [`${nodes} nodes ${type} in the base`]),
      ...(isSame(costPerHour, offer.base.costPerHour)
        ? []
        : [`${type} of the base costs ${offer.base.costPerHour}, not ${costPerHour}`]),
      ...(isCommitment === offer.maxNew > 0 ? [] : [`${type}: whether it is there already is untrue`])
    ]
  })
  for (const offer of offers.all()) {
    const { least = 0, most = 0 } = offer.base ?? {}
    const nodes = paid.get(offer) ?? 0
    if (nodes < least) faults.push(`${nodes} nodes ${offer.type} in the base, ${least} are paid for anyway`)
    if (nodes > most) faults.push(`${nodes} nodes ${offer.type} in the base, there are ${most}`)
  }
  return faults
}

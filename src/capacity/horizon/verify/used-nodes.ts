import type { HorizonAnswer, NodeContents } from '../horizon-answer.js'
import type { Offer, Offers } from './offers.js'

/** Nodes of one period that host the same. */
export interface HostingNodes {
  readonly contents: NodeContents
  readonly offer: Offer
  readonly nodes: number
}

/** The nodes of a period; those that make no sense are left out, which others will find. */
export function hostingNodes({ periods, contents }: HorizonAnswer, offers: Offers, period: number): HostingNodes[] {
  return (periods[period]?.nodes ?? []).flatMap(([index, nodes]) => {
    const known = contents[index]
    const offer = known === undefined ? undefined : offers.find(known)
    return known === undefined || offer === undefined ? [] : [{ contents: known, offer, nodes }]
  })
}

/** Nodes by offer: of the base, or by the hour. */
export function countNodes(hosting: readonly HostingNodes[], ofBase: boolean): Map<Offer, number> {
  const counts = new Map<Offer, number>()
  for (const { contents, offer, nodes } of hosting) {
    if (contents.ofBase === ofBase) counts.set(offer, (counts.get(offer) ?? 0) + nodes)
  }
  return counts
}

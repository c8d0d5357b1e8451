import { BestContents, type ContentsWorth, type Stayer } from './best-contents.js'
import type { Proof } from './branch-bound.js'
import type { Effort } from './effort.js'
import type { Fleet } from './fleet.js'
import type { FleetRow } from './linking.js'
import { limitNodes } from './node-limits.js'

/** Rounding of a sum of worths, as a part of all that goes into it. */
const ROUNDING = 1e-13

/** The same prices with worths that hold, and what was wrong with those that were said. */
export interface PricedProof {
  readonly proof: Proof
  readonly flaws: readonly string[]
}

/** Recomputes what contents are worth at some prices: what was said where nothing is worth more, or what they may be worth. */
export function priceProof(
  fleet: Fleet,
  rows: readonly FleetRow[],
  said: Proof,
  hasGroups: boolean,
  effort: Effort
): PricedProof {
  const { objective } = fleet.problem
  const reward = objective.horizonHours === null ? 0 : objective.moveCostPrice
  const flaws: string[] = []
  const kindWorths: number[] = []
  const groupWorths: number[] = []
  const take = (what: string, stated: number, { worth, isExact }: ContentsWorth): number => {
    const excess = worth - stated
    if (excess <= 1e-6 * Math.max(1, Math.abs(stated))) return worth
    const found = isExact ? `some are worth ${worth}` : `up to ${worth} could not be ruled out within the effort`
    flaws.push(`contents of ${what} are said to be worth at most ${stated}, ${found}`)
    return worth
  }
  for (const [kind, { ids, nodes }] of fleet.kinds.entries()) {
    const limits = limitNodes(fleet, kind, hasGroups)
    const contents = new BestContents(limits, effort)
    let magnitude = 0
    const profit = Float64Array.from(fleet.deployments, (_, deployment) => {
      let worth = said.copies[deployment] as number
      let size = worth
      for (const [index, { copy }] of rows.entries()) {
        const amount = (said.rows[index] as number) * copy(kind, deployment)
        worth += amount
        size += Math.abs(amount)
      }
      magnitude = Math.max(magnitude, size * (1 + (limits.most[deployment] as number)))
      return worth
    })
    const rounding = ROUNDING * (fleet.deployments.length + rows.length) * magnitude
    contents.price(profit, rounding)
    const name = `${nodes} nodes of the kind of ${ids[0] ?? 'those to buy'}`
    kindWorths.push(take(name, said.kindWorths[kind] as number, contents.above(said.kindWorths[kind] as number, [])))
    for (const [index, group] of hasGroups ? fleet.groups.entries() : []) {
      if (group.kind !== kind) continue
      const stayers = group.residents.map((resident): Stayer => {
        let bonus = reward * resident.moveCost
        for (const [row, { stay }] of rows.entries()) bonus += (said.rows[row] as number) * stay(resident)
        return { deployment: resident.deployment, copies: resident.copies, held: resident.held, bonus }
      })
      const stated = said.groupWorths[index] as number
      groupWorths[index] = take(`nodes like ${group.ids[0]}`, stated, contents.above(stated, stayers))
    }
  }
  return { proof: { ...said, kindWorths, groupWorths }, flaws }
}

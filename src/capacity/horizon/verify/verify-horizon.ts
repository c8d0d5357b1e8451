import type { Study } from '../../../../models/contract/study.js'
import type { Demand } from '../../forecast/demand.js'
import type { HorizonAnswer } from '../horizon-answer.js'
import { Offers } from './offers.js'
import { verifyContents } from './verify-contents.js'
import { verifyPeriod } from './verify-period.js'

/** How far sums of money may be from each other, relatively. */
const SAME = 1e-6

/**
 * Everything that is wrong with a plan for a horizon, in words; empty when nothing is. Counts for itself, without what made the plan: the
 * contents of nodes pass the checker of placements, one by one; every period has its replicas, floors, quotas and `at-least` rules; no
 * more nodes are used than are paid for or on offer; and the cost adds up. The bound can only be refuted by a lower cost.
 */
export function verifyHorizon(study: Study, demand: Demand, answer: HorizonAnswer): string[] {
  if (answer.status !== 'feasible') return []
  const offers = new Offers(study, demand)
  const unknown = [...answer.contents, ...answer.base].filter((nodes) => offers.find(nodes) === undefined)
  if (unknown.length > 0) return unknown.map(({ type, market }) => `${type} is not on offer as ${market}`)
  const faults = answer.contents.flatMap((contents) => {
    const offer = offers.find(contents)
    return offer === undefined ? [] : verifyContents(study, offer, contents)
  })
  if (answer.periods.length !== demand.periods) faults.push(`${answer.periods.length} periods of ${demand.periods}`)
  const { base, onDemand, spot, orders, moves, total } = answer.cost
  const basePerHour = answer.base.reduce((sum, { nodes, costPerHour }) => sum + nodes * costPerHour, 0)
  let hourly = 0
  for (const [index, { costPerHour }] of answer.periods.entries()) {
    const found = verifyPeriod(study, demand, answer, offers, index)
    faults.push(...found.faults.map((fault) => `period ${index}: ${fault}`))
    hourly += (found.hourlyPerHour * demand.periodSeconds) / 3600
    if (!isSame(costPerHour, basePerHour + found.hourlyPerHour))
      faults.push(`period ${index}: the cost does not add up`)
  }
  if (!isSame(base, basePerHour * answer.hours)) faults.push('the cost of the base does not add up')
  if (!isSame(onDemand + spot, hourly)) faults.push('the cost of nodes by the hour does not add up')
  if (!isSame(base + onDemand + spot + orders + moves, total)) faults.push('the total does not add up')
  if (answer.bound > total * (1 + SAME)) faults.push('the bound is above the cost')
  return faults
}

function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) <= SAME * Math.max(1, Math.abs(one), Math.abs(other))
}

import type { Study } from '../../../models/contract/study.js'
import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'
import { linkLeastOf, wantedOf } from '../fleet/demand-rows.js'
import type { Fleet } from '../fleet/fleet.js'
import type { Demand } from '../forecast/demand.js'
import { countsAt } from '../forecast/demand.js'

/** The periods of a horizon as one batch, with nothing in the base; the price of a node is that of the whole period. */
export function batchOf(study: Study, fleet: Fleet, demand: Demand): PeriodBatch {
  const { problem, kinds } = fleet
  const { deployments, linkLeast } = problem
  const { periods, periodSeconds } = demand
  const wanted = new Float64Array(periods * deployments)
  const least = new Float64Array(periods * linkLeast.length)
  const price = new Float64Array(periods * kinds.length)
  for (let period = 0; period < periods; period++) {
    const counts = countsAt(demand, period)
    wanted.set(wantedOf(fleet, counts), period * deployments)
    least.set(linkLeastOf(study, fleet, counts), period * linkLeast.length)
    for (const [kind, { costPerHour }] of kinds.entries()) {
      price[period * kinds.length + kind] = (costPerHour * periodSeconds) / 3600
    }
  }
  return {
    problem,
    patterns: [],
    periods,
    wanted,
    least,
    price,
    weight: new Float64Array(periods).fill(1),
    classes: hasRulesOfCopies(fleet) ? fleet.classes : [],
    base: Float64Array.from(kinds, ({ base }) => base?.least ?? 0),
    mayBase: Uint8Array.from(kinds, ({ base }) => Number(base !== null))
  }
}

/**
 * Whether a rule says where copies have to be. Floors alone do not matter: of copies that count in one row at most, which they share
 * with no others, those may be left out that count in none.
 */
function hasRulesOfCopies({ problem: { kinds, deployments, linkLeast, linkCopy }, floorOf }: Fleet): boolean {
  const width = linkCopy.length === 0 ? 0 : kinds * deployments
  return [...linkLeast.keys()].some(
    (row) =>
      (floorOf[row] as number) < 0 && linkCopy.subarray(row * width, (row + 1) * width).some((copy) => copy !== 0)
  )
}

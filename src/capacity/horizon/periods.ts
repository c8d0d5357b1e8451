import type { Study } from '../../../models/contract/study.js'
import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'
import type { Fleet } from '../fleet/fleet.js'
import type { Demand } from '../forecast/demand.js'
import { countsAt } from '../forecast/demand.js'
import { floorCounts } from '../study/floors.js'

/** The periods of a horizon as one batch, with nothing in the base; the price of a node is that of the whole period. */
export function batchOf(study: Study, { problem, kinds, instance, floorOf }: Fleet, demand: Demand): PeriodBatch {
  const { deployments, linkLeast } = problem
  const { periods, periodSeconds } = demand
  const wanted = new Float64Array(periods * deployments)
  const least = new Float64Array(periods * linkLeast.length)
  const price = new Float64Array(periods * kinds.length)
  for (let period = 0; period < periods; period++) {
    const counts = countsAt(demand, period)
    const floors = floorCounts(study, counts)
    for (const { index, id, isHeadroom, desired } of instance.deployments) {
      wanted[period * deployments + index] = isHeadroom ? desired : (counts.get(id) ?? 0)
    }
    for (const [row, deployment] of floorOf.entries()) {
      const floor = deployment < 0 ? linkLeast[row] : floors.get(study.deployments[deployment]?.id ?? '')
      least[period * linkLeast.length + row] = floor as number
    }
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
    base: Float64Array.from(kinds, ({ base }) => base?.least ?? 0),
    mayBase: Uint8Array.from(kinds, ({ base }) => Number(base !== null))
  }
}

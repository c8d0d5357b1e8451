import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'

/** [group]: the periods in it, in their order. */
export type PeriodGroups = readonly (readonly number[])[]

/**
 * Groups periods of about the same demand: the group that is spread most, weighed by what copies cost, is split at its mean until there
 * are so many. Always the same groups for the same numbers.
 */
export function groupPeriods(
  { problem, wanted, periods }: PeriodBatch,
  copyCost: Float64Array,
  groups: number
): PeriodGroups {
  const { deployments } = problem
  const amount = (period: number, deployment: number) => wanted[period * deployments + deployment] as number
  const measure = (members: readonly number[]): Spread => {
    let widest: Spread = { members, deployment: 0, mean: 0, extent: 0 }
    for (let deployment = 0; deployment < deployments; deployment++) {
      const mean = members.reduce((sum, period) => sum + amount(period, deployment), 0) / members.length
      const deviation = members.reduce((sum, period) => sum + Math.abs(amount(period, deployment) - mean), 0)
      const extent = deviation * (copyCost[deployment] as number)
      if (extent > widest.extent) widest = { members, deployment, mean, extent }
    }
    return widest
  }
  const spreads = periods === 0 ? [] : [measure(Array.from({ length: periods }, (_, period) => period))]
  while (spreads.length > 0 && spreads.length < groups) {
    const widest = spreads.reduce(
      (best, { extent }, index) => (extent > (spreads[best] as Spread).extent ? index : best),
      0
    )
    const { members, deployment, mean, extent } = spreads[widest] as Spread
    if (extent === 0) break
    spreads[widest] = measure(members.filter((period) => amount(period, deployment) <= mean))
    spreads.push(measure(members.filter((period) => amount(period, deployment) > mean)))
  }
  return spreads.map(({ members }) => members)
}

interface Spread {
  readonly members: readonly number[]
  /** Whose demand differs most, in money, and around which mean. */
  readonly deployment: number
  readonly mean: number
  readonly extent: number
}

/**
 * One period for each group: the mean of its members, which stands for all of them. What it costs is a lower bound on their mean cost,
 * as the linear program is convex in what is wanted (Jensen's inequality).
 */
export function meansOf(batch: PeriodBatch, groups: PeriodGroups): PeriodBatch {
  const { deployments, kinds, linkLeast } = batch.problem
  const mean = (array: Float64Array, width: number) => {
    const means = new Float64Array(groups.length * width)
    for (const [group, members] of groups.entries()) {
      for (const period of members) {
        for (let index = 0; index < width; index++) {
          const at = group * width + index
          means[at] = (means[at] as number) + (array[period * width + index] as number) / members.length
        }
      }
    }
    return means
  }
  return {
    ...batch,
    periods: groups.length,
    wanted: mean(batch.wanted, deployments),
    least: mean(batch.least, linkLeast.length),
    price: mean(batch.price, kinds),
    weight: Float64Array.from(groups, ({ length }) => length)
  }
}

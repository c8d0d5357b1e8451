/** How the time to a proof grows with the cluster. */
import { median } from './averages.mjs'
import { casesOf, standingOf } from './cases.mjs'
import { fitExponent } from './fit-exponent.mjs'
import { PROVEN, secondsToProof } from './proven-gap.mjs'

/** @import { BenchContestant, BenchReport } from '../bench/record.mjs' */
/** @import { Case } from './cases.mjs' */
/** @import { Fit, Point } from './fit-exponent.mjs' */

/** A size without a time, and why: the limit came first, or the answer was wrong, or it did not take it or was not asked. @typedef {{ instance: string, nodes: number, limitSeconds: number, reason: 'limit' | 'wrong' | 'refused' }} LeftOut */

/**
 * A contestant on clusters that are alike but for their size. points: seconds to the proven gap, by size. leftOut: what has no time and is
 * not in the fit. fit: null with fewer than two sizes.
 *
 * @typedef {{ group: string, contestant: BenchContestant, points: (Point & { instance: string })[], leftOut: LeftOut[], fit: Fit | null }} Growth
 */

/** What has to be proven: where all may stop, and 1 % at least. @type {(report: Pick<BenchReport, 'gap'>) => number} */
export const gapToProve = ({ gap }) => Math.max(PROVEN, gap)

/** Group by group, in the order of the report's contestants. @type {(cases: readonly Case[], report: Pick<BenchReport, 'gap' | 'contestants'>) => Growth[]} */
export function measureGrowth(cases, report) {
  const sizes = casesOf(cases, 'sizes').sort((left, right) => left.instance.nodes - right.instance.nodes)
  const groups = [...new Set(casesOf(cases, 'sizes').map(({ instance }) => instance.group))]
  return groups.flatMap((group) => {
    const own = sizes.filter(({ instance }) => instance.group === group)
    const placing = report.contestants.filter(({ places }) => places)
    return placing.flatMap((contestant) => growthOf(own, group, contestant, gapToProve(report)) ?? [])
  })
}

/** null where it did not run. @type {(cases: readonly Case[], group: string, contestant: BenchContestant, gap: number) => Growth | null} */
function growthOf(cases, group, contestant, gap) {
  /** @type {Growth['points']} */
  const points = []
  /** @type {LeftOut[]} */
  const leftOut = []
  for (const { instance, limitSeconds, standings } of cases) {
    const standing = standingOf({ standings }, contestant.name)
    if (standing === undefined) continue
    const seconds = median(standing.provenSteps.map((steps) => secondsToProof(steps, gap))) ?? Infinity
    const { outcome } = standing
    const { name, nodes } = instance
    if (seconds < Infinity) points.push({ instance: name, nodes, seconds })
    else {
      const reason = outcome === 'wrong' || outcome === 'refused' ? outcome : 'limit'
      leftOut.push({ instance: name, nodes, limitSeconds, reason })
    }
  }
  return points.length + leftOut.length === 0 ? null : { group, contestant, points, leftOut, fit: fitExponent(points) }
}

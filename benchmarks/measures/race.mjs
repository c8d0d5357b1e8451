/** Everybody on every instance: what one number says of each contestant. */
import { mean, median, shiftedGeometricMean } from './averages.mjs'
import { casesOf, standingOf } from './cases.mjs'
import { performanceProfiles } from './performance-profile.mjs'
import { valueAt } from './steps.mjs'

/** @import { BenchContestant } from '../bench/record.mjs' */
/** @import { Case } from './cases.mjs' */
/** @import { ProfileStep } from './performance-profile.mjs' */
/** @import { Standing } from './standing.mjs' */

/**
 * A contestant over all cases of the race; what it did not solve, refused or got wrong counts as gaps of 1 and as the limit.
 *
 * @typedef {object} RaceSummary
 * @property {BenchContestant} contestant
 * @property {number} cases How many there are.
 * @property {Record<Standing['outcome'], number>} outcomes Cases by how they went.
 * @property {number} near Cases within 1 % of the best known cost in time.
 * @property {number} proven Cases with a proven gap of 1 % in time.
 * @property {number} nearMedian Seconds to within 1 %, the median over the cases; Infinity: never on more than half of them.
 * @property {number} nearMean Seconds to within 1 %, shifted geometric mean.
 * @property {number} provenMean Seconds to a proven gap of 1 %, shifted geometric mean.
 * @property {number} primalIntegral
 * @property {Map<string, number>} integralByGroup
 * @property {number} primalGap At the limit.
 * @property {number} provenGap At the limit.
 */

/**
 * Of those that place anything. complete: the summaries of all that ran on every case; others cannot be held against them and are in
 * `incomplete`, with the number of cases they ran on.
 *
 * @typedef {object} Race
 * @property {Case[]} cases
 * @property {RaceSummary[]} complete
 * @property {{ contestant: BenchContestant, cases: number }[]} incomplete
 */

/** @type {(allCases: readonly Case[], contestants: readonly BenchContestant[]) => Race} */
export function measureRace(allCases, contestants) {
  const cases = casesOf(allCases, 'race')
  const ran = contestants
    .filter(({ places }) => places)
    .map((contestant) => ({
      contestant,
      standings: cases.flatMap((one) => standingOf(one, contestant.name) ?? [])
    }))
  const isComplete = (/** @type {{ standings: Standing[] }} */ { standings }) => standings.length === cases.length
  return {
    cases,
    complete: cases.length === 0 ? [] : ran.filter(isComplete).map((one) => summarise(one, cases)),
    incomplete: ran.flatMap(({ contestant, standings }) =>
      standings.length > 0 && standings.length < cases.length ? [{ contestant, cases: standings.length }] : []
    )
  }
}

/** @type {(ran: { contestant: BenchContestant, standings: Standing[] }, cases: readonly Case[]) => RaceSummary} */
function summarise({ contestant, standings }, cases) {
  /** @type {(take: (standing: Standing) => number) => number} */
  const average = (take) => mean(standings.map(take)) ?? 1
  const limits = cases.map(({ limitSeconds }) => limitSeconds)
  /** @type {(take: (standing: Standing) => number) => number} */
  const geometric = (take) =>
    shiftedGeometricMean(standings.map((standing, index) => Math.min(take(standing), limits[index] ?? 0))) ?? 0
  const groups = new Set(cases.map(({ instance }) => instance.group))
  const count = (/** @type {Standing['outcome']} */ outcome) =>
    standings.filter((standing) => standing.outcome === outcome).length
  return {
    contestant,
    cases: cases.length,
    outcomes: {
      answered: count('answered'),
      late: count('late'),
      silent: count('silent'),
      wrong: count('wrong'),
      refused: count('refused')
    },
    near: standings.filter(({ nearSeconds }) => nearSeconds < Infinity).length,
    proven: standings.filter(({ provenSeconds }) => provenSeconds < Infinity).length,
    nearMedian: median(standings.map(({ nearSeconds }) => nearSeconds)) ?? Infinity,
    nearMean: geometric(({ nearSeconds }) => nearSeconds),
    provenMean: geometric(({ provenSeconds }) => provenSeconds),
    primalIntegral: average((standing) => standing.primalIntegral),
    integralByGroup: new Map(
      [...groups].map((group) => {
        const own = standings.filter((_, index) => cases[index]?.instance.group === group)
        return [group, mean(own.map(({ primalIntegral }) => primalIntegral)) ?? 1]
      })
    ),
    primalGap: average((standing) => standing.primalGap),
    provenGap: average((standing) => standing.provenGap)
  }
}

/**
 * The mean over the cases of a gap at each of these moments, which is the median over the seeds. After its limit a case stays as it ended.
 *
 * @type {(race: Race, contestant: string, gap: 'primalSteps' | 'provenSteps', moments: readonly number[]) => number[]}
 */
export function meanGaps({ cases }, contestant, gap, moments) {
  const seeds = cases.flatMap((one) => {
    const standing = standingOf(one, contestant)
    return standing === undefined ? [] : [standing[gap]]
  })
  return moments.map(
    (seconds) => mean(seeds.map((steps) => median(steps.map((own) => valueAt(own, seconds))) ?? 1)) ?? 1
  )
}

/** Performance profiles of the time to within 1 % of the best known cost. @type {(race: Race) => Map<string, ProfileStep[]>} */
export function profileRace({ cases, complete }) {
  return performanceProfiles(
    new Map(
      complete.map(({ contestant: { name } }) => [
        name,
        cases.map((one) => standingOf(one, name)?.nearSeconds ?? Infinity)
      ])
    )
  )
}

/** Runs sorted by what ran: an instance with a budget, and what everybody made of it. */
import { referenceCosts } from './reference-cost.mjs'
import { highestBounds, refuteReport, widthOf } from './refute-bounds.mjs'
import { summariseRuns } from './standing.mjs'

/** @import { BenchContestant, BenchInstance, BenchReport, BenchRun, Experiment } from '../bench/record.mjs' */
/** @import { Standing } from './standing.mjs' */

/**
 * An instance with a budget, and who did what on it.
 *
 * @typedef {object} Case
 * @property {Experiment} experiment
 * @property {BenchInstance} instance
 * @property {number | null} budgetShare
 * @property {number} limitSeconds
 * @property {number | null} reference The cheapest cost that is known.
 * @property {number | null} bound The highest that anybody proved.
 * @property {Standing[]} standings In the order of the report's contestants; only of those that ran.
 */

/**
 * All cases of a report, in the order in which it names its instances, without a budget first and then the wider ones.
 *
 * @type {(report: BenchReport) => Case[]}
 */
export function measureCases(report) {
  const { runs, instances, contestants } = report
  const judged = refuteReport(report)
  // Of the runs as they came: a placement that holds is possible, whatever bound came with it.
  const referenceOf = referenceCosts(runs)
  const boundOf = highestBounds(judged)
  return instances.flatMap((instance) =>
    groupRuns(judged.filter((run) => run.instance === instance.name)).map((group) => {
      const { experiment, budgetShare } = group[0]
      const reference = referenceOf(instance, budgetShare)
      return {
        experiment,
        instance,
        budgetShare,
        limitSeconds: Math.max(...group.map((run) => run.limitSeconds)),
        reference,
        bound: boundOf(instance.name, budgetShare),
        standings: standingsOf(group, contestants, reference)
      }
    })
  )
}

/** Runs of one instance by experiment and budget. @type {(runs: readonly BenchRun[]) => [BenchRun, ...BenchRun[]][]} */
function groupRuns(runs) {
  /** @type {Map<string, [BenchRun, ...BenchRun[]]>} */
  const groups = new Map()
  for (const run of runs) {
    const key = `${run.experiment} ${run.budgetShare}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [run])
    else group.push(run)
  }
  const width = (/** @type {[BenchRun, ...BenchRun[]]} */ [run]) => widthOf(run.budgetShare)
  return [...groups.values()].sort((left, right) => (width(left) === width(right) ? 0 : width(right) - width(left)))
}

/** @type {(group: readonly BenchRun[], contestants: readonly BenchContestant[], reference: number | null) => Standing[]} */
function standingsOf(group, contestants, reference) {
  return contestants.flatMap((one) => {
    const own = group.filter(({ contestant }) => contestant === one.name)
    return own.length === 0 ? [] : [summariseRuns(one, own, reference)]
  })
}

/** Whether it is of this experiment. @type {(cases: readonly Case[], experiment: Experiment) => Case[]} */
export function casesOf(cases, experiment) {
  return cases.filter((one) => one.experiment === experiment)
}

/** undefined where it did not run. @type {(one: Pick<Case, 'standings'>, contestant: string) => Standing | undefined} */
export function standingOf({ standings }, contestant) {
  return standings.find((standing) => standing.contestant === contestant)
}

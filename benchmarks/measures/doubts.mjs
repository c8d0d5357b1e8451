/** What in a report does not fit together. */

/** @import { BenchReport } from '../bench/record.mjs' */
/** @import { Case } from './cases.mjs' */

/** Unequal limits, in words: so that nobody has to find them out. @type {(report: Pick<BenchReport, 'runs'>, cases: readonly Case[]) => string[]} */
export function listDoubts({ runs }, cases) {
  const limits = cases.flatMap(({ experiment, instance, budgetShare, limitSeconds }) => {
    const isUnequal = runs.some(
      (run) =>
        run.experiment === experiment &&
        run.instance === instance.name &&
        run.budgetShare === budgetShare &&
        run.limitSeconds !== limitSeconds
    )
    return isUnequal ? [`On ${instance.name}, not all had the same time.`] : []
  })
  return [...new Set(limits)]
}

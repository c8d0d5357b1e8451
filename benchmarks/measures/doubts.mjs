/** What in a report does not fit together. */

/** @import { BenchReport } from '../bench/record.mjs' */
/** @import { Case } from './cases.mjs' */

const TOLERANCE = 1e-6

/**
 * Bounds above what is known, and unequal limits, in words: so that nobody has to find them out.
 *
 * @type {(report: Pick<BenchReport, 'runs'>, cases: readonly Case[]) => string[]}
 */
export function listDoubts({ runs }, cases) {
  const bounds = cases.flatMap(({ instance: { name, bestKnown }, budgetShare, standings }) => {
    if (bestKnown === null || budgetShare !== null) return []
    const most = bestKnown + TOLERANCE * Math.max(1, Math.abs(bestKnown))
    return standings.flatMap(({ contestant, bound }) =>
      bound !== null && bound > most
        ? [`On ${name}, ${contestant} proves ${bound}, yet ${bestKnown} is said to be known: one of them is wrong.`]
        : []
    )
  })
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
  return [...new Set([...bounds, ...limits])]
}

import type { FilledPeriod } from '../../solvers/fleet/fill-periods.js'
import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'
import { linksOf } from '../fleet/copy-classes.js'
import type { Fleet } from '../fleet/fleet.js'

/**
 * [class]: copies there must be in a period. Where rules say where copies have to be, what its program says of all of them; else each
 * floor is a row that looks at one class alone.
 */
export function leastCopies(
  { problem, classes }: Fleet,
  batch: PeriodBatch,
  period: number,
  { placed }: FilledPeriod
): Int32Array {
  if (batch.classes.length > 0) return placed
  const rows = problem.linkLeast.length
  return Int32Array.from(classes, ({ deployment, kinds }) =>
    linksOf(problem, kinds[0] as number, deployment).reduce(
      (most, link, row) => (link === 0 ? most : Math.max(most, batch.least[period * rows + row] as number)),
      0
    )
  )
}

import type { Problem } from '../../../models/contract/problem.js'
import { formulateByType } from '../../../models/formulations/type-aggregated.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { solveWithin } from '../../search/solve-within.js'
import { isSmallByType } from '../../search/type-bound.js'
import type { FitOptions } from '../fit/decide-fit.js'
import { withCounts } from '../question/scenario.js'
import { scaled } from './growth-line.js'

/** Part of the budget that the program with whole numbers may take. */
const WHOLE_SHARE = 0.7

/**
 * What no growth exceeds, by the program over kinds of nodes: copies of one deployment beyond `base`, or the factor on all of them (`deployment`
 * null). `most` is a growth up to which it is asked; Infinity where nothing below that is proven. −1, or a factor below 1, says that not even
 * `base` fits. `isWorthMore` says of what is proven so far whether it should be looked at more closely.
 */
export async function limitGrowth(
  problem: Problem,
  base: readonly number[],
  deployment: number | null,
  most: number,
  isWorthMore: (proven: number) => boolean,
  { solvers, budget, signal }: FitOptions
): Promise<number> {
  if (solvers === null) return Infinity
  const counts =
    deployment === null ? scaled(base, most) : base.map((count, index) => (index === deployment ? count + most : count))
  const instance = compileInstance(withCounts(problem, counts))
  if (!isSmallByType(instance)) return Infinity
  // Headroom is wanted as it is, and does not grow.
  const wanted = instance.deployments.map(({ index, desired }) => base[index] ?? desired)
  const program = formulateByType(instance, { base: wanted, deployment })
  let proven = Infinity
  // Without whole numbers it takes a tenth of the time, and seldom says less.
  for (const relaxation of [true, false]) {
    if (budget.isSpent() || !isWorthMore(proven)) break
    try {
      const { termination, bound } = await solveWithin(
        relaxation ? budget : budget.share(WHOLE_SHARE),
        solvers,
        program,
        { relativeGap: 1e-6, relaxation },
        { signal }
      )
      if (termination === 'infeasible' && bound === Infinity) return -1
      if (Number.isFinite(bound)) proven = Math.min(proven, -bound)
    } catch {
      signal.throwIfAborted()
      break
    }
  }
  if (proven >= most * (1 - 1e-9)) return Infinity
  return deployment === null ? proven * (1 + 1e-9) : Math.floor(proven * (1 + 1e-9) + 1e-6)
}

import { formulateByType } from '../../../models/formulations/type-aggregated.js'
import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { solveWithin } from '../../search/solve-within.js'
import { isSmallByType } from '../../search/type-bound.js'
import type { FitOptions } from '../fit/decide-fit.js'
import { withCounts } from '../question/scenario.js'
import { scaled } from './growth-line.js'

/**
 * What no growth exceeds, by the program over kinds of nodes: copies of one deployment beyond `base`, or the factor on all of them (`deployment`
 * null). `most` is a growth up to which it is asked; Infinity where nothing below that is proven. −1, or a factor below 1, says that not even
 * `base` fits.
 */
export async function limitGrowth(
  problem: Problem,
  base: readonly number[],
  deployment: number | null,
  most: number,
  { solvers, budget, signal }: FitOptions
): Promise<number> {
  if (solvers === null) return Infinity
  const counts =
    deployment === null
      ? scaled(base, most)
      : base.map((count, index) => (index === deployment ? count + most : count))
  const instance = compileInstance(withCounts(problem, counts))
  if (!isSmallByType(instance)) return Infinity
  // Headroom is wanted as it is, and does not grow.
  const wanted = instance.deployments.map(({ index, desired }) => base[index] ?? desired)
  const program = formulateByType(instance, { base: wanted, deployment })
  try {
    const { termination, bound } = await solveWithin(budget, solvers, program, { relativeGap: 1e-6 }, { signal })
    if (termination === 'infeasible') return bound === Infinity ? -1 : Infinity
    if (!Number.isFinite(bound)) return Infinity
    const limit = -bound
    if (limit >= most * (1 - 1e-9)) return Infinity
    return deployment === null ? limit * (1 + 1e-9) : Math.floor(limit * (1 + 1e-9) + 1e-6)
  } catch {
    signal.throwIfAborted()
    return Infinity
  }
}

import { formulateByType } from '../../models/formulations/type-aggregated.js'
import type { Instance } from '../../models/instance/instance.js'
import type { SolverPool } from '../workers/pool.js'
import type { Incumbents } from './incumbents.js'

export interface TypeBoundOptions {
  readonly timeLimitMs: number
  readonly relativeGap: number
  readonly signal: AbortSignal
}

/** Proves a bound on the cost by the type-aggregated program. Returns whether that program has no solution at all. */
export async function boundByType(
  incumbents: Incumbents,
  pool: SolverPool,
  options: TypeBoundOptions
): Promise<boolean> {
  const { instance } = incumbents
  const program = formulateByType(instance)
  try {
    const outcome = await pool.run(
      { solver: 'highs', program, options: { timeLimitMs: options.timeLimitMs, relativeGap: options.relativeGap } },
      {
        signal: options.signal,
        deadlineMs: options.timeLimitMs,
        onProgress: ({ bound }) => incumbents.raiseCostBound(roundUpToCosts(instance, bound))
      }
    )
    if (outcome.termination !== 'infeasible') incumbents.raiseCostBound(roundUpToCosts(instance, outcome.bound))
    return outcome.termination === 'infeasible'
  } catch {
    return false
  }
}

/** The cost is a sum of node costs: when these are whole multiples of a unit, so is the cost, and a bound may be rounded up. */
export function roundUpToCosts({ nodes }: Instance, bound: number): number {
  const unit = [1, 0.1, 0.01, 0.001, 0.0001].find((step) =>
    nodes.every(({ costPerHour }) => Math.abs(costPerHour / step - Math.round(costPerHour / step)) < 1e-6)
  )
  if (unit === undefined || !Number.isFinite(bound)) return bound
  const slack = 1e-6 * Math.max(1, Math.abs(bound))
  return Math.max(bound, Math.ceil((bound - slack) / unit) * unit)
}

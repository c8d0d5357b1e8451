import { formulateByType } from '../../models/formulations/type-aggregated.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Budget } from '../budget.js'
import type { Incumbents } from './incumbents.js'
import { provesInfeasible } from './proofs.js'
import { solveWithin } from './solve-within.js'
import type { SolverTeam } from './solver-team.js'

/** Kinds times deployments beyond which the program takes too long to build. */
const MOST_COLUMNS = 100_000

export interface TypeBoundOptions {
  readonly budget: Budget
  readonly relativeGap: number
  readonly signal: AbortSignal
}

/** Whether the program over kinds of nodes is built in moments. */
export function isSmallByType({ nodes, deployments }: Instance): boolean {
  return new Set(nodes.map(({ kind }) => kind)).size * deployments.length <= MOST_COLUMNS
}

/** Proves a bound on the cost by the type-aggregated program. Returns whether that program is proven to have no solution at all. */
export async function boundByType(
  incumbents: Incumbents,
  solvers: SolverTeam,
  options: TypeBoundOptions
): Promise<boolean> {
  if (!isSmallByType(incumbents.instance)) return false
  const program = incumbents.time('formulate', () => formulateByType(incumbents.instance))
  try {
    const outcome = await solveWithin(
      options.budget,
      solvers,
      program,
      { relativeGap: options.relativeGap },
      {
        signal: options.signal,
        onProgress: ({ bound }) => incumbents.raiseCostBound(bound)
      }
    )
    if (outcome.termination !== 'infeasible') incumbents.raiseCostBound(outcome.bound)
    return provesInfeasible(outcome)
  } catch {
    return false
  }
}

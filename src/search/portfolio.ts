import { type ObjectiveLevel, unplacedLevels } from '../../models/formulations/objective-levels.js'
import { movesWhatMayMove } from '../../models/instance/instance.js'
import type { Budget } from '../budget.js'
import type { Branch } from '../solvers/patterns/branching.js'
import { searchCost } from './cost-search.js'
import type { Incumbents } from './incumbents.js'
import { searchByMip } from './mip-search.js'
import { isSolvable, LEAST_TO_SOLVE } from './program-size.js'
import { provesInfeasible, provesNothingBelow } from './proofs.js'
import { requirementsOf } from './requirements.js'
import type { CostSearchName } from './search-record.js'
import type { SolverTeam } from './solver-team.js'

export interface SearchOptions {
  /** null: there is no solver, and nothing is searched beyond greedy. */
  readonly solvers: SolverTeam | null
  readonly budget: Budget
  readonly signal: AbortSignal
  readonly relativeGap: number
  readonly seed: number
  readonly threads: number
  /** Those for the cheapest packing that may run. */
  readonly searches: readonly CostSearchName[]
  /** Told the branches that prove the bound of patterns, now and then: then these are solved whoever else proves as much. */
  readonly onBranches?: ((branches: readonly Branch[]) => void) | undefined
}

/**
 * Looks for a packing by the objectives in their order: broken rules first, then what finds no place, then cost. Returns whether the
 * solver says that there is none, while nothing is known that contradicts it.
 */
export async function searchPacking(incumbents: Incumbents, options: SearchOptions): Promise<boolean> {
  const { solvers } = options
  if (solvers === null || options.budget.remaining() < LEAST_TO_SOLVE) return false
  const stop = new AbortController()
  const abort = () => stop.abort()
  options.signal.addEventListener('abort', abort, { once: true })
  if (options.signal.aborted) stop.abort()
  try {
    if (!(await searchRequirements(incumbents, solvers, { ...options, signal: stop.signal }))) return true
    const isInfeasible = await searchCost(incumbents, solvers, { ...options, signal: stop.signal }, stop)
    return isInfeasible && !incumbents.hasAnswer
  } finally {
    options.signal.removeEventListener('abort', abort)
  }
}

/** Repairs what is broken and places what is wanted, as far as that goes. False when that is impossible. */
async function searchRequirements(
  incumbents: Incumbents,
  solvers: SolverTeam,
  options: SearchOptions
): Promise<boolean> {
  const { budget, signal, seed } = options
  let areProven = true
  if (!isSolvable(incumbents.instance)) return true
  for (const level of ['broken-rules', ...unplacedLevels(incumbents.instance)] as const) {
    const { instance } = incumbents
    if (reachedIn(incumbents, level) === 0 || signal.aborted) continue
    const outcome = await incumbents.measure('requirements', (own) =>
      searchByMip(own, solvers.timedBy(own), {
        level,
        budget: budget.share(1 / 3),
        relativeGap: 1e-6,
        seed,
        signal
      })
    )
    const isExact = movesWhatMayMove(instance)
    if (isExact && provesInfeasible(outcome) && !incumbents.hasAnswer) return false
    areProven &&= isExact && provesNothingBelow(outcome, reachedIn(incumbents, level))
  }
  if (areProven) incumbents.requirementsProven = true
  return true
}

/** What the best packing leaves broken or unplaced at a level; Infinity while it misses what is required. */
function reachedIn({ best, instance }: Incumbents, level: ObjectiveLevel): number {
  const required = best === null ? [] : requirementsOf(instance, best.worth)
  return required.find((requirement) => requirement.level === level)?.atMost ?? Number.POSITIVE_INFINITY
}

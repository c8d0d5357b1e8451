import { formulateAggregated } from '../../../models/formulations/aggregated.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { type Instance, movesWhatMayMove } from '../../../models/instance/instance.js'
import type { Budget } from '../../budget.js'
import { isSolvable } from '../../search/program-size.js'
import { provesInfeasible } from '../../search/proofs.js'
import { solveWithin } from '../../search/solve-within.js'
import type { SolverTeam } from '../../search/solver-team.js'
import type { Conflict } from './conflict.js'
import { giveUpParts, listParts, type ProblemPart } from './problem-parts.js'

/** Units of the budget that a single program may take: one that takes more says nothing. */
const MOST_TO_SOLVE = 3000
/** Parts that are named at most. */
const MOST_PARTS = 20

export interface FilterOptions {
  readonly budget: Budget
  readonly signal: AbortSignal
  readonly solvers: SolverTeam
}

/** infeasible: no placement at all. broken: none without breaking a rule more than none. satisfiable: neither. */
type Verdict = 'infeasible' | 'broken' | 'satisfiable' | 'unknown'

export interface FilteredConflict {
  readonly parts: readonly Conflict[]
  /** What is missing of them, or not known. */
  readonly remarks: readonly string[]
}

/**
 * A small set of parts that cannot hold together, found by giving up parts as long as the rest stays impossible (a deletion
 * filter: Chinneck and Dravnieks, 1991; in chunks that are halved). Every set it passes through is a conflict, so that it may stop
 * at any time; a remark then says that some parts may be innocent. Without parts when the solver finds nothing impossible.
 */
export async function filterConflict(
  instance: Instance,
  options: FilterOptions,
  /** Parts that are given up from the start: what is left is to be a conflict without them. */
  without: readonly ProblemPart[] = []
): Promise<FilteredConflict> {
  const gone = new Set(without.map(({ path }) => path))
  const all = listParts(instance).filter(({ path }) => !gone.has(path))
  const whole = await judge(instance, without, options)
  if (whole !== 'infeasible' && whole !== 'broken') return { parts: [], remarks: [] }
  const isConflict = (verdict: Verdict) => verdict === 'infeasible' || verdict === whole
  const givenUp = new Set<ProblemPart>()
  let isMinimal = true
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < all.length; from += size) {
      const chunk = all.slice(from, from + size).filter((part) => !givenUp.has(part))
      if (chunk.length === 0) continue
      const verdict = options.budget.isSpent()
        ? 'unknown'
        : await judge(instance, [...without, ...givenUp, ...chunk], options)
      if (isConflict(verdict)) for (const part of chunk) givenUp.add(part)
      else if (verdict === 'unknown' && size === 1) isMinimal = false
    }
  }
  const kept = all.filter((part) => !givenUp.has(part))
  const isProof = whole === 'infeasible' && movesWhatMayMove(instance)
  const parts = kept.slice(0, MOST_PARTS).map(({ path, message }) => ({ path, message, isProof }))
  const remarks: string[] = []
  if (kept.length > MOST_PARTS) remarks.push(`${kept.length - MOST_PARTS} more parts are concerned`)
  if (!isMinimal) remarks.push('time was too short to tell which of the parts are innocent')
  if (kept.length === 0) parts.push({ path: 'nodes', message: 'they have no room for what runs on them', isProof })
  return { parts, remarks }
}

/** What the aggregated program says of the Problem without some parts: a relaxation, so that its "impossible" is a proof. */
async function judge(
  instance: Instance,
  without: readonly ProblemPart[],
  { budget, signal, solvers }: FilterOptions
): Promise<Verdict> {
  const { migrations, moveCost, perDeployment } = instance.budget
  const finite = (key: string, limit: number) => (Number.isFinite(limit) ? { [key]: limit } : {})
  const limits = {
    ...finite('maxMigrations', migrations),
    ...finite('maxMoveCost', moveCost),
    ...finite('maxMigrationsPerDeployment', perDeployment)
  }
  const relaxed = compileInstance(giveUpParts({ ...instance.problem, budget: limits }, without))
  if (!isSolvable(relaxed)) return 'unknown'
  const { program } = formulateAggregated(relaxed).program('broken-rules')
  if (budget.isSpent() || signal.aborted) return 'unknown'
  try {
    const outcome = await solveWithin(budget.atMost(MOST_TO_SOLVE), solvers, program, { relativeGap: 1e-6 }, { signal })
    if (provesInfeasible(outcome)) return 'infeasible'
    if (outcome.bound > 1e-6) return 'broken'
    return outcome.termination === 'optimal' ? 'satisfiable' : 'unknown'
  } catch {
    return 'unknown'
  }
}

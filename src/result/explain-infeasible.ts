import type { Instance } from '../../models/instance/instance.js'
import type { Budget } from '../budget.js'
import type { SolverTeam } from '../search/solver-team.js'
import type { Conflict } from './conflict/conflict.js'
import { findContradictoryRules } from './conflict/contradictory-rules.js'
import { filterConflict } from './conflict/deletion-filter.js'
import { findExceededTotals } from './conflict/exceeded-totals.js'
import { findForbiddenMoves } from './conflict/forced-moves.js'
import { findImpossibleRules } from './conflict/impossible-rules.js'
import { Room } from './conflict/room.js'
import { findUnhosted } from './conflict/unhosted-deployments.js'

export interface ConflictOptions {
  readonly budget: Budget
  readonly signal: AbortSignal
  /** null: only what can be shown without a solver. */
  readonly solvers: SolverTeam | null
}

export interface InfeasibleExplained {
  readonly parts: readonly Conflict[]
  /** What is to be known of the parts as a whole. */
  readonly remarks: readonly string[]
}

/**
 * The parts of a Problem that cannot hold together, for a Problem to which no answer was found. What can be shown by counting
 * comes first; where that proves nothing, a solver looks for a small set of parts within the budget. Without any part
 * where nothing contradicts, or time was too short.
 */
export async function explainInfeasible(
  instance: Instance,
  { budget, signal, solvers }: ConflictOptions
): Promise<InfeasibleExplained> {
  const room = new Room(instance)
  const unhosted = findUnhosted(room)
  const counted = [
    ...unhosted,
    ...(unhosted.length === 0 ? findExceededTotals(room) : []),
    ...findForbiddenMoves(instance),
    ...withoutRepeats(findContradictoryRules(room), findImpossibleRules(room))
  ]
  if (counted.some(({ isProof }) => isProof) || solvers === null) return { parts: counted, remarks: [] }
  const filtered = await filterConflict(instance, { budget, signal, solvers })
  const found = withoutRepeats(filtered.parts, counted)
  return { parts: found, remarks: filtered.remarks }
}

/** A rule that is named as one of a pair is not named again. */
function withoutRepeats(first: readonly Conflict[], then: readonly Conflict[]): Conflict[] {
  const named = new Set(first.map(({ path }) => path))
  return [...first, ...then.filter(({ path }) => !named.has(path))]
}

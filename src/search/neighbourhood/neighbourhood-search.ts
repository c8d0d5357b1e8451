import type { Budget } from '../../budget.js'
import { type Random, seededRandom } from '../../random.js'
import type { Incumbents } from '../incumbents.js'
import { searchByMip } from '../mip-search.js'
import type { PackingState } from '../packing-state.js'
import { realisePacking } from '../realisation.js'
import type { SolverTeam } from '../solver-team.js'
import { chooseMoving, chooseWasteful, costOf } from './choose-nodes.js'

/** Units of a budget that one neighbourhood may take, and that a small one takes. */
const MOST_TO_SPEND = 3_000
const LITTLE = 1_000
const SMALLEST = 4
/** Failures in a row after which it ends: a smaller neighbourhood may be one that the solver masters. */
const MOST_FAILURES = 3

export interface NeighbourhoodOptions {
  readonly budget: Budget
  readonly signal: AbortSignal
  readonly seed: number
  /** What is improved: the primary objective, or the moves at the cost that was reached. */
  readonly level: 'total' | 'moves'
  readonly isDone: () => boolean
  /** Chooses about so many nodes to open. By default those where there is most to save. */
  readonly choose?: (state: PackingState, size: number, random: Random) => number[]
}

/**
 * Large neighbourhood search: opens some nodes of the best packing, keeps the contents of all others, and lets the solver decide
 * the open ones anew. Neighbourhoods grow while they are solved quickly and shrink when time runs out on them.
 */
export async function searchNeighbourhoods(
  incumbents: Incumbents,
  solvers: SolverTeam,
  options: NeighbourhoodOptions
): Promise<void> {
  const { instance } = incumbents
  const { level, budget } = options
  const random = seededRandom(options.seed)
  let size = 12
  let failures = 0
  while (!budget.isSpent() && !options.signal.aborted && !options.isDone()) {
    const best = incumbents.best
    if (best === null || best.worth.broken > 0) return
    const state = incumbents.time('realise', () => realisePacking(instance, best.packing))
    if (state === null) return
    const choose = options.choose ?? (level === 'total' ? chooseWasteful : chooseMoving)
    const nodes = incumbents.time('choose', () => choose(state, size, random))
    const isWhole = nodes.length >= instance.nodes.length
    const before = budget.spent()
    const outcome = await searchByMip(incumbents, solvers, {
      level,
      atMost: level === 'moves' ? [{ level: 'total', atMost: costOf(state, nodes) * (1 + 1e-9) }] : [],
      nodes,
      outside: best.packing,
      budget: budget.atMost(MOST_TO_SPEND),
      relativeGap: 1e-4,
      seed: Math.floor(random() * 2 ** 31),
      signal: options.signal
    })
    failures = outcome.termination === 'failed' ? failures + 1 : 0
    if (failures >= MOST_FAILURES || outcome.termination === 'unsupported' || isWhole) return
    const isSolved = outcome.termination === 'optimal' || outcome.termination === 'gap-limit'
    if (isSolved && budget.spent() - before < LITTLE) size = Math.min(instance.nodes.length, Math.ceil(size * 1.1))
    else if (!isSolved) size = Math.max(SMALLEST, Math.floor(size * 0.85))
  }
}

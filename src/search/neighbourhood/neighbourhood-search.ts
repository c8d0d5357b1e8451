import { seededRandom } from '../../random.js'
import type { Stopwatch } from '../../stopwatch.js'
import type { Incumbents } from '../incumbents.js'
import { searchByMip } from '../mip-search.js'
import { realisePacking } from '../realisation.js'
import type { SolverTeam } from '../solver-team.js'
import { chooseMoving, chooseWasteful, costOf } from './choose-nodes.js'

/** Wall time of one neighbourhood. */
const STEP_MS = 3_000
const SMALLEST = 4
/** Failures in a row after which it ends: a smaller neighbourhood may be one that the solver masters. */
const MOST_FAILURES = 3

export interface NeighbourhoodOptions {
  readonly watch: Stopwatch
  readonly signal: AbortSignal
  readonly seed: number
  /** What is improved: the primary objective, or the moves at the cost that was reached. */
  readonly level: 'total' | 'moves'
  readonly isDone: () => boolean
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
  const { level } = options
  const random = seededRandom(options.seed)
  let size = 12
  let failures = 0
  while (!options.watch.expired() && !options.signal.aborted && !options.isDone()) {
    const best = incumbents.best
    if (best === null || best.worth.broken > 0) return
    const state = incumbents.time('realise', () => realisePacking(instance, best.packing))
    if (state === null) return
    const choose = level === 'total' ? chooseWasteful : chooseMoving
    const nodes = incumbents.time('choose', () => choose(state, size, random))
    const isWhole = nodes.length >= instance.nodes.length
    const outcome = await searchByMip(incumbents, solvers, {
      level,
      atMost: level === 'moves' ? [{ level: 'total', atMost: costOf(state, nodes) * (1 + 1e-9) }] : [],
      nodes,
      outside: best.packing,
      timeLimitMs: Math.min(STEP_MS, options.watch.remainingMs()),
      relativeGap: 1e-4,
      seed: Math.floor(random() * 2 ** 31),
      signal: options.signal
    })
    failures = outcome.termination === 'failed' ? failures + 1 : 0
    if (failures >= MOST_FAILURES || outcome.termination === 'unsupported' || isWhole) return
    const isSolved = outcome.termination === 'optimal' || outcome.termination === 'gap-limit'
    if (isSolved && outcome.seconds < 1) size = Math.min(instance.nodes.length, Math.ceil(size * 1.1))
    else if (!isSolved) size = Math.max(SMALLEST, Math.floor(size * 0.85))
  }
}

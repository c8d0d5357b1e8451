import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { seededRandom } from '../../random.js'
import { type Branch, branchOnKinds } from './branching.js'
import { ColumnGeneration } from './column-generation.js'
import { combine } from './combination.js'
import { dive } from './diving.js'
import { Effort } from './effort.js'
import { type Guide, guideFrom } from './guide.js'
import type { KindLimits, Prices } from './lagrangian-bound.js'
import type { MasterSolution } from './master.js'
import type { Pattern, PatternSolution } from './pattern.js'
import { PatternPool } from './pattern-pool.js'
import { nearlyUseful } from './reduced-cost.js'
import { warmStart } from './warm-start.js'

export interface PatternSearchOptions {
  readonly seed: number
  /** Stop when bound and best solution are as near as this, relatively. */
  readonly relativeGap: number
  /** Patterns to begin with, such as the contents of a known placement. */
  readonly start: readonly Pattern[]
  /** Objective of the best placement known; Infinity without one. */
  readonly cutoff: number
  /** Units of work after which it ends, the same on every machine; Infinity for none. */
  readonly workLimit: number
  /** Milliseconds after which whoever asked will stop it: how it shares its time out. Infinity where work is counted. */
  readonly timeLimitMs: number
}

export interface PatternSearchHooks {
  /** A better bound, and the branches that prove it: parts that together hold every placement. */
  readonly onBound: (bound: number, branches: () => readonly Branch[]) => void
  readonly onSolution: (solution: PatternSolution) => void
  readonly onGuide: (guide: Guide) => void
  readonly stopped: () => boolean
}

/** What remains when the search ends. */
export interface SearchedPatterns {
  /** Lower bound on every placement. */
  readonly bound: number
  /** Parts that together hold every placement, with the prices that prove their bounds. */
  readonly branches: readonly Branch[]
  /** Milliseconds by part. */
  readonly profile: Record<string, number>
  /** Units of work done. */
  readonly work: number
}

interface Root {
  readonly prices: Prices
  readonly solution: MasterSolution
}

/** Part of the dearest node's cost that a pattern may cost too much and still be combined with others; and how many are. */
const USEFUL = 0.05
const MOST_COMBINED = 4_000
/** Part of the time left that combining patterns may take. */
const COMBINATION_SHARE = 0.5
/** Random dives that may pass in turn without a better solution. */
const FRUITLESS_DIVES = 12

/**
 * Column generation at the root, branching on the number of active nodes of each kind, and dives: where these numbers are whole and
 * nothing cheaper is left, a dive within them has only to find out how everything fits.
 */
export function searchPatterns(
  highs: Highs,
  problem: PatternProblem,
  options: PatternSearchOptions,
  hooks: PatternSearchHooks
): SearchedPatterns {
  const effort = new Effort(hooks.stopped, options.workLimit, options.timeLimitMs)
  const memory = { cells: new Float64Array(0) }
  const generation = new ColumnGeneration(highs, problem, effort, memory)
  const random = seededRandom(options.seed)
  const pool = new PatternPool()
  // Of what was found here; whether it can be seated, whoever asked finds out. Only what is known to be counts for proofs.
  let best = options.cutoff
  let bound = -Infinity
  let root: Root | null = null
  const diveWithin = (limits: KindLimits, center: Prices | null, chance: (() => number) | null) => {
    const solution = dive(
      highs,
      { problem, limits },
      {
        cutoff: Number.isFinite(best) ? best - options.relativeGap * 0.01 * Math.abs(best) : best,
        start: generation.master.patterns,
        center,
        random: chance,
        effort,
        memory,
        onPatterns: (patterns) => pool.add(patterns)
      }
    )
    if (solution === null) return false
    best = solution.cost
    hooks.onSolution(solution)
    return true
  }
  const targets: { limits: KindLimits; prices: Prices }[] = []
  try {
    const warm = warmStart(highs, problem, effort, memory)
    generation.master.add(warm.patterns)
    generation.master.add(options.start)
    const branches = branchOnKinds(generation, warm.prices, options.relativeGap, {
      cutoff: options.cutoff,
      onBound: (proven, cover) => {
        bound = proven
        hooks.onBound(proven, cover)
      },
      onWholeNumbers: ({ center, solution }, active) => {
        const limits = { least: active, most: active }
        targets.unshift({ limits, prices: center })
        pool.add(generation.master.patterns)
        pool.add(generation.others)
        hooks.onGuide(guideFrom(problem, pool.patterns, root?.solution ?? solution, active))
        diveWithin(limits, center, null)
      },
      onRelaxation: ({ center, solution }, limits) => {
        if (root !== null) return
        root = { prices: center, solution }
        targets.push({ limits, prices: center })
        diveWithin(limits, center, null)
      }
    })
    if (root !== null && !effort.isSpent && problem.groupKind.length === 0 && Number.isFinite(options.timeLimitMs)) {
      pool.add(generation.master.patterns)
      pool.add(generation.others)
      const { solution } = root as Root
      combine(highs, problem, nearlyUseful(problem, pool.patterns, solution, USEFUL).slice(-MOST_COMBINED), {
        seconds: (effort.remainingMs / 1000) * COMBINATION_SHARE,
        relativeGap: options.relativeGap,
        seed: options.seed,
        stopped: () => effort.isSpent,
        onSolution: (found) => {
          if (found.cost >= best) return
          best = found.cost
          hooks.onSolution(found)
        }
      })
    }
    for (let turn = 0, fruitless = 0; targets.length > 0 && !effort.isSpent && fruitless < FRUITLESS_DIVES; turn++) {
      const { limits, prices } = targets[turn % Math.min(2, targets.length)] as (typeof targets)[number]
      fruitless = diveWithin(limits, prices, random) ? 0 : fruitless + 1
    }
    return { bound, branches, profile: effort.profile, work: effort.done }
  } finally {
    generation.dispose()
  }
}

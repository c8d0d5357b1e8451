import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { seededRandom } from '../../random.js'
import { type Branch, branchOnKinds } from './branching.js'
import { ColumnGeneration, type Relaxation } from './column-generation.js'
import { combine } from './combination.js'
import { dive } from './diving.js'
import { Effort } from './effort.js'
import { type Guide, guideFrom } from './guide.js'
import { type KindLimits, wideLimits } from './lagrangian-bound.js'
import { Loosening } from './loosening.js'
import type { MasterSolution } from './master.js'
import type { Pattern, PatternSolution } from './pattern.js'
import { PatternPool } from './pattern-pool.js'
import { PatternPricing } from './pattern-pricing.js'
import { nearlyUseful } from './reduced-cost.js'
import { takeOut } from './residual.js'
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
  /** Of `PricingBoard.sharedBuffer`, where other threads may help with pricing. */
  readonly board?: ArrayBufferLike
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

/** Part of the dearest node's cost that a pattern may cost too much and still be combined with others; and how many are. */
const USEFUL = 0.05
const MOST_COMBINED = 4_000
/** Part of the time left that combining patterns may take. */
const COMBINATION_SHARE = 0.2
/** How precise dives from the beginning are: the first is quick, so that there is something to begin with. */
const QUICK = 1e-3
const PRECISE = 1e-4
/** Part of all effort after which a dive is given up that is not the first. */
const PATIENCE = 0.1
/** Dives from a loosened solution that may pass in turn without a better one. */
const FRUITLESS_DIVES = 60

/**
 * Column generation at the root, branching on the number of active nodes of each kind, and dives: where these numbers are whole and
 * nothing cheaper is left, a dive within them has only to find out how everything fits. Then the best solution is loosened here and
 * there, and dives go on from what stays.
 */
export function searchPatterns(
  highs: Highs,
  problem: PatternProblem,
  options: PatternSearchOptions,
  hooks: PatternSearchHooks
): SearchedPatterns {
  const effort = new Effort(hooks.stopped, options.workLimit, options.timeLimitMs)
  const pricing = new PatternPricing(highs, problem, effort, options.board)
  const pool = new PatternPool()
  const generation = new ColumnGeneration(highs, problem, pricing, pool)
  try {
    return new PatternSearch(highs, options, hooks, generation).run()
  } finally {
    generation.dispose()
    pricing.dispose()
  }
}

class PatternSearch {
  /** Objective of the best solution that is known, here or to whoever asked. */
  #best: number
  /** The patterns of one that has it, or began with it. */
  #seated: PatternSolution['patterns']
  #bound = -Infinity
  /** The relaxation of everything, as far as it was solved. */
  #root: Relaxation | null = null

  constructor(
    readonly highs: Highs,
    readonly options: PatternSearchOptions,
    readonly hooks: PatternSearchHooks,
    readonly generation: ColumnGeneration
  ) {
    this.#best = options.cutoff
    this.#seated = Number.isFinite(options.cutoff) ? options.start.map((pattern) => ({ pattern, nodes: 1 })) : []
  }

  run(): SearchedPatterns {
    const { generation, options, hooks, highs } = this
    const { problem, effort, pricing, pool } = generation
    const warm = warmStart(highs, problem, options.start, pricing, pool)
    generation.master.add(warm.patterns)
    pool.add(warm.patterns)
    const branches = branchOnKinds(generation, warm.prices, options.relativeGap, {
      cutoff: options.cutoff,
      onBound: (bound, cover) => {
        this.#bound = bound
        hooks.onBound(bound, cover)
      },
      onWholeNumbers: (relaxation, active) => {
        this.#root ??= relaxation
        hooks.onGuide(guideFrom(problem, pool.patterns, this.#root.solution, active))
        this.#dive(relaxation, { least: active, most: active }, PATIENCE)
      },
      onRelaxation: (relaxation, limits) => {
        if (this.#root !== null) return
        this.#root = relaxation
        this.#dive(relaxation, limits, 1)
      }
    })
    const root = this.#root as Relaxation | null
    if (root !== null) {
      if (problem.groupKind.length === 0 && Number.isFinite(options.timeLimitMs)) this.#combine(root.solution)
      this.#improve(root)
    }
    return { bound: this.#bound, branches, profile: effort.profile, work: effort.done }
  }

  /** Below what a solution has to be to be worth anything. */
  get #cutoff(): number {
    const { relativeGap } = this.options
    return Number.isFinite(this.#best) ? this.#best - relativeGap * 0.01 * Math.abs(this.#best) : this.#best
  }

  #take(cost: number, seated: PatternSolution['patterns']): void {
    this.#best = cost
    this.#seated = seated
    this.hooks.onSolution({ cost, patterns: seated })
  }

  #dive({ center, value, solution: relaxed }: Relaxation, limits: KindLimits, patience: number): void {
    const { generation, highs } = this
    const { problem, pricing, pool, master } = generation
    const begin = {
      start: master.patterns,
      center,
      least: value,
      ...(relaxed.missing < 1e-6 && { relaxation: relaxed })
    }
    const solution = dive(
      highs,
      { problem, limits },
      { ...begin, cutoff: this.#cutoff, precision: QUICK, patience, random: null, pricing, pool }
    )
    if (solution !== null) this.#take(solution.cost, solution.patterns)
  }

  /** The best combination of the patterns that are known. */
  #combine(solution: MasterSolution): void {
    const { generation, highs, options } = this
    const { problem, effort, pool } = generation
    combine(highs, problem, nearlyUseful(problem, pool.patterns, solution, USEFUL).slice(-MOST_COMBINED), {
      seconds: (effort.remainingMs / 1000) * COMBINATION_SHARE,
      relativeGap: options.relativeGap,
      seed: options.seed,
      stopped: () => effort.isSpent,
      onSolution: ({ cost, patterns }) => {
        if (cost < this.#cutoff) this.#take(cost, patterns)
      }
    })
  }

  /** Lets go of some nodes of the best solution and dives for what they held, again and again. */
  #improve(root: Relaxation): void {
    const { generation, highs, options } = this
    const { problem, effort, pricing, pool } = generation
    const loosening = new Loosening(problem, root.solution, seededRandom(options.seed))
    for (let fruitless = 0; this.#seated.length > 0 && !effort.isSpent && fruitless < FRUITLESS_DIVES; fruitless++) {
      const before = effort.done
      const kept = loosening.keepSome(this.#seated)
      const rest = takeOut({ problem, limits: wideLimits(problem) }, kept)
      const solution = dive(highs, rest, {
        start: loosening.startOf(pool),
        center: root.center,
        least: -Infinity,
        cutoff: this.#cutoff,
        precision: PRECISE,
        patience: PATIENCE,
        random: loosening.chance,
        pricing,
        pool
      })
      loosening.learn(effort.done - before)
      if (solution === null) continue
      this.#take(solution.cost, [...kept, ...solution.patterns])
      fruitless = 0
    }
  }
}

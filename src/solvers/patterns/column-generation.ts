import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { seededRandom } from '../../random.js'
import { Master, type MasterSolution, type Pattern } from './master.js'
import { type Effort, Pricing } from './pricing.js'

/** Contents of whole nodes that together supply everything wanted. */
export interface PatternSolution {
  readonly cost: number
  readonly patterns: readonly { readonly pattern: Pattern; readonly nodes: number }[]
}

export interface ColumnGenerationHooks {
  readonly onBound: (bound: number) => void
  readonly onSolution: (solution: PatternSolution) => void
  readonly stopped: () => boolean
}

export interface ColumnGenerationOptions {
  readonly seed: number
  /** Stop when bound and best solution are as near as this, relatively. */
  readonly relativeGap: number
  /** Patterns to begin with, such as the contents of a known placement. */
  readonly start: readonly Pattern[]
  /** Cost of the best placement known; Infinity without one. */
  readonly cutoff: number
}

/** What remains when column generation ends. */
export interface GeneratedPatterns {
  readonly bound: number
  readonly patterns: readonly Pattern[]
}

/** Search steps of one pricing: a quick look first, a thorough one when quick ones find nothing. */
const QUICK: Effort = { searchSteps: 3_000, solverSeconds: 0 }
const THOROUGH: Effort = { searchSteps: 100_000, solverSeconds: 1 }
/** Dives that may pass in turn without a better solution. */
const FRUITLESS_DIVES = 4
/** How much of the best prices so far goes into the next (Wentges, 1997): steadier prices need fewer rounds. */
const SMOOTHING = 0.6

/**
 * Column generation over node patterns. Each round solves the master, prices every kind of node and adds what improves. Any prices
 * π ≥ 0 give the Lagrangian bound π · wanted + Σ available · min(0, cost − worth), where worth is the most profitable contents of a node of
 * the kind or an upper bound on it: it is reported whenever it rises. Then dives: fixes patterns one after another and prices
 * again, until whole nodes supply everything; each dive may give a solution.
 */
export function generateColumns(
  highs: Highs,
  problem: PatternProblem,
  options: ColumnGenerationOptions,
  hooks: ColumnGenerationHooks
): GeneratedPatterns {
  const master = new Master(highs, problem)
  const pricings = Array.from({ length: problem.kinds }, (_, kind) => new Pricing(highs, problem, kind, hooks.stopped))
  try {
    const search = new ColumnSearch(pricings, master, problem, options, hooks)
    search.converge()
    search.dive()
    return search.outcome()
  } finally {
    master.dispose()
    for (const pricing of pricings) pricing.dispose()
  }
}

class ColumnSearch {
  #bound = 0
  #best: number
  #center: Float64Array | null = null

  constructor(
    readonly pricings: readonly Pricing[],
    readonly master: Master,
    readonly problem: PatternProblem,
    readonly options: ColumnGenerationOptions,
    readonly hooks: ColumnGenerationHooks
  ) {
    this.#best = options.cutoff
    master.add(options.start)
  }

  outcome(): GeneratedPatterns {
    return {
      bound: this.#bound,
      patterns: this.master.patterns
    }
  }

  /** Rounds until no pattern improves, or the bound meets the best solution. */
  converge(): void {
    let effort = QUICK
    let smoothing = SMOOTHING
    while (!this.#done()) {
      const solution = this.master.solve()
      const relaxation = solution.objective + this.problem.fixedCost
      const added = this.#priceAll(solution, smoothing, effort)
      if (relaxation - this.#bound <= 1e-7 * Math.max(1, relaxation) && solution.missing < 1e-9) break
      if (added > 0) {
        smoothing = SMOOTHING
        effort = QUICK
        continue
      }
      if (smoothing > 0) smoothing = 0
      else if (effort === QUICK) effort = THOROUGH
      else break
    }
  }

  /** Dives, each taking other turns, until several in a row found nothing better. */
  dive(): void {
    const random = seededRandom(this.options.seed)
    for (let turn = 0, fruitless = 0; !this.#done() && fruitless < FRUITLESS_DIVES; turn++) {
      const before = this.#best
      this.#diveOnce(turn === 0 ? 0 : random)
      this.master.unfix()
      fruitless = this.#best < before ? 0 : fruitless + 1
    }
  }

  #done(): boolean {
    return this.hooks.stopped() || this.#best * (1 - this.options.relativeGap) <= this.#bound
  }

  /** Fixes one pattern more each time, prices a little, and goes on until everything wanted is supplied by whole nodes. */
  #diveOnce(random: 0 | (() => number)): void {
    const fixed = new Map<number, number>()
    for (;;) {
      let solution = this.master.solve()
      for (let round = 0; round < 3 && !this.hooks.stopped(); round++) {
        if (this.#priceAll(solution, 0, QUICK) === 0) break
        solution = this.master.solve()
      }
      if (this.hooks.stopped()) return
      if (solution.objective + this.problem.fixedCost >= this.#best - 1e-9) return
      const fractional = fractionalPatterns(solution)
      for (const [pattern, nodes] of solution.nodes.entries()) {
        const whole = Math.floor(nodes + 1e-6)
        if (whole <= (fixed.get(pattern) ?? 0)) continue
        fixed.set(pattern, whole)
        this.master.fix(pattern, whole)
      }
      if (fractional.length === 0) {
        if (solution.missing < 1e-6) this.#offer(solution)
        return
      }
      // The fullest fraction, or one of the fullest.
      fractional.sort((left, right) => right.fraction - left.fraction || left.pattern - right.pattern)
      const choice = random === 0 ? 0 : Math.floor(random() ** 2 * Math.min(fractional.length, 5))
      const { pattern } = fractional[choice] as (typeof fractional)[number]
      const nodes = Math.ceil((solution.nodes[pattern] as number) - 1e-6)
      fixed.set(pattern, nodes)
      this.master.fix(pattern, nodes)
    }
  }

  #offer(solution: MasterSolution): void {
    const cost = solution.objective + this.problem.fixedCost
    if (cost >= this.#best - 1e-9) return
    this.#best = cost
    const patterns = [...solution.nodes].flatMap((nodes, index) => {
      const pattern = this.master.patterns[index] as Pattern
      return nodes > 0.5 ? [{ pattern, nodes: Math.round(nodes) }] : []
    })
    this.hooks.onSolution({ cost, patterns })
  }

  /** Prices every kind at smoothed prices, adds what improves, raises the bound. Returns how many patterns are new. */
  #priceAll(solution: MasterSolution, smoothing: number, effort: Effort): number {
    const { kinds, deployments, wanted, available, cost, fixedCost } = this.problem
    const center = this.#center ?? solution.profit
    const profit = solution.profit.map(
      (price, index) => smoothing * (center[index] as number) + (1 - smoothing) * price
    )
    let bound = fixedCost
    for (let deployment = 0; deployment < deployments; deployment++) {
      bound += (profit[deployment] as number) * (wanted[deployment] as number)
    }
    const improving: Pattern[] = []
    for (let kind = 0; kind < kinds; kind++) {
      if (this.hooks.stopped()) return 0
      const threshold = (cost[kind] as number) + (solution.rent[kind] as number)
      const priced = (this.pricings[kind] as Pricing).price(profit, threshold, effort)
      for (const counts of priced.patterns) improving.push({ kind, counts })
      bound += (available[kind] as number) * Math.min(0, (cost[kind] as number) - Math.max(threshold, priced.bound))
    }
    if (bound > this.#bound) {
      this.#bound = bound
      this.#center = profit
      this.hooks.onBound(bound)
    }
    return this.master.add(improving)
  }
}

function fractionalPatterns({ nodes }: MasterSolution): { pattern: number; fraction: number }[] {
  return [...nodes].flatMap((count, pattern) => {
    const fraction = count - Math.floor(count + 1e-6)
    return fraction > 1e-6 ? [{ pattern, fraction }] : []
  })
}

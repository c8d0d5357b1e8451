import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { ColumnGeneration } from './column-generation.js'
import { isHeld, type Prices, wideLimits } from './lagrangian-bound.js'
import type { MasterSolution } from './master.js'
import type { Pattern, PatternSolution, SeatedPattern } from './pattern.js'
import type { PatternPool } from './pattern-pool.js'
import type { PatternPricing } from './pattern-pricing.js'
import { nearlyUseful } from './reduced-cost.js'
import { type Residual, takeOut, truncate, withinLimits } from './residual.js'

/** Fractions from here on are rounded up together. */
const NEARLY_WHOLE = 0.85
/** Part of the dearest node's cost that a pattern may cost too much and still be of use for what is left. */
const START = 0.02
/** Part of what is whole that a random dive keeps each time. */
const KEPT = 0.85

export interface DiveOptions {
  /** Objective that a solution has to be below. */
  readonly cutoff: number
  /** Patterns and prices to begin with. */
  readonly start: readonly Pattern[]
  readonly center: Prices | null
  /** The relaxation over the patterns of `start`, where it is solved already. */
  readonly relaxation?: MasterSolution
  /** What the relaxation comes to, about: what is left after rounding hardly comes to less. */
  readonly least: number
  /** How near the relaxation of what is left is solved each time, relatively: quickly, or well. */
  readonly precision: number
  /** Part of all effort after which it is given up. */
  readonly patience: number
  /** null: always the fullest fraction; else one of the fullest at random. */
  readonly random: (() => number) | null
  readonly pricing: PatternPricing
  /** Gets the patterns that are found on the way. */
  readonly pool: PatternPool
}

/**
 * Rounds the relaxation down, generates columns for what is left, which are those that just fit it, and so on until whole nodes supply
 * everything wanted. Where nothing can be rounded down, one of the fullest fractions is rounded up. null when it comes out at the
 * cutoff or above.
 */
export function dive(highs: Highs, whole: Residual, options: DiveOptions): PatternSolution | null {
  const { cutoff, precision, pricing, pool, random } = options
  const { effort } = pricing
  const end = effort.share + options.patience
  const isOver = () => effort.isSpent || effort.share > end
  const seated: SeatedPattern[] = []
  let { start, center, least } = options
  let residual = whole
  const settle = (rounded: readonly SeatedPattern[]) => {
    const fitting = withinLimits(residual, rounded)
    seated.push(...fitting)
    residual = takeOut(residual, fitting)
    return fitting.length > 0
  }
  if (options.relaxation !== undefined) {
    settle(round(start, options.relaxation.nodes, random))
    start = nearlyUseful(whole.problem, start, options.relaxation, START)
  }
  let isWide = false
  while (isUnfinished(residual.problem)) {
    const { problem, limits } = residual
    const generation = new ColumnGeneration(highs, problem, pricing, pool)
    try {
      const { master } = generation
      master.add(start.flatMap((pattern) => truncate(pattern, problem) ?? []))
      const relaxation = generation.converge({
        limits,
        center,
        isQuick: true,
        isEnough: (bound, value) => bound >= cutoff || isOver() || value - Math.max(bound, least) < precision * value
      })
      const { value, solution } = relaxation
      if (isOver() || value >= cutoff) return null
      if (solution.missing > 1e-6) {
        if (isWide) return null
        // It cannot be done with so many nodes of each kind: then with others.
        residual = { problem, limits: wideLimits(problem) }
        isWide = true
        start = master.patterns
        continue
      }
      least = Math.max(least, value)
      if (!settle(round(master.patterns, solution.nodes, random))) return null
      start = nearlyUseful(problem, master.patterns, solution, START)
      center = relaxation.center
    } finally {
      generation.dispose()
    }
  }
  const { fixedCost, linkLeast } = residual.problem
  if (fixedCost >= cutoff || linkLeast.some((least) => least > 1e-6)) return null
  return { cost: fixedCost, patterns: seated }
}

/** Whether something is wanted, or must stay on nodes without a pattern. */
function isUnfinished(problem: PatternProblem): boolean {
  const { wanted, groupNodes } = problem
  return wanted.some((copies) => copies > 0) || groupNodes.some((nodes, group) => nodes > 0 && isHeld(problem, group))
}

function round(patterns: readonly Pattern[], nodes: Float64Array, random: (() => number) | null): SeatedPattern[] {
  const seated: SeatedPattern[] = []
  const fractions: { readonly pattern: Pattern; readonly fraction: number }[] = []
  for (const [index, pattern] of patterns.entries()) {
    const amount = nodes[index] as number
    const down = Math.floor(amount + 1e-6)
    const fraction = amount - down
    const isNearly = fraction >= NEARLY_WHOLE
    if (down > 0 || isNearly) seated.push({ pattern, nodes: isNearly ? down + 1 : down })
    else if (fraction > 1e-6) fractions.push({ pattern, fraction })
  }
  if (seated.length > 0) return random === null ? seated : someOf(seated, random)
  fractions.sort((left, right) => right.fraction - left.fraction)
  const choice = random === null ? 0 : Math.floor(random() ** 2 * Math.min(fractions.length, 5))
  return fractions.slice(choice, choice + 1).map(({ pattern }) => ({ pattern, nodes: 1 }))
}

/** Most of them, at random, so that dives differ; at least one. */
function someOf(seated: readonly SeatedPattern[], random: () => number): SeatedPattern[] {
  const kept = seated.filter(() => random() < KEPT)
  return kept.length > 0 ? kept : seated.slice(0, 1)
}

import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { ColumnGeneration } from './column-generation.js'
import { type Prices, wideLimits } from './lagrangian-bound.js'
import type { Pattern } from './pattern.js'
import type { PatternPool } from './pattern-pool.js'
import type { PatternPricing } from './pattern-pricing.js'
import { truncate } from './residual.js'

/** How near the simpler problem is solved, and for which part of all effort at most. */
const RELATIVE_GAP = 1e-2
const SHARE = 0.08

const NOTHING = new Int32Array(0)

export interface WarmStart {
  readonly patterns: readonly Pattern[]
  /** null where there is nothing to start from. */
  readonly prices: Prices | null
}

/**
 * Patterns to begin with: those that are given and, where contents matter, every group as it is, so that everything has a place from the
 * beginning, and patterns and prices of the problem without contents, which is solved in a fraction of the time.
 */
export function warmStart(
  highs: Highs,
  problem: PatternProblem,
  start: readonly Pattern[],
  pricing: PatternPricing,
  pool: PatternPool
): WarmStart {
  if (problem.groupKind.length === 0) return { patterns: start, prices: null }
  const known = [...asTheyAre(problem), ...start]
  const plain = withoutContents(problem)
  const plainKnown = known.flatMap((pattern) => truncate({ ...pattern, group: -1, stays: NOTHING }, plain) ?? [])
  const generation = new ColumnGeneration(highs, plain, pricing, pool)
  try {
    generation.master.add(plainKnown)
    const { center } = generation.converge({
      limits: wideLimits(plain),
      center: null,
      isEnough: (bound, value) => pricing.effort.share > SHARE || value - bound < RELATIVE_GAP * Math.abs(value)
    })
    return {
      patterns: [...known, ...generation.master.patterns],
      prices: { copy: center.copy, link: new Float64Array(problem.linkLeast.length) }
    }
  } finally {
    generation.dispose()
  }
}

/** The same problem for nodes of which nothing is known. */
function withoutContents(problem: PatternProblem): PatternProblem {
  return {
    ...problem,
    groupKind: new Int32Array(0),
    groupNodes: new Int32Array(0),
    residentStart: new Int32Array(1),
    residentDeployment: new Int32Array(0),
    residentCopies: new Int32Array(0),
    residentHeld: new Int32Array(0),
    residentReward: new Float64Array(0),
    linkLeast: new Float64Array(0),
    linkStay: new Float64Array(0),
    linkNode: new Float64Array(0),
    linkCopy: new Float64Array(0)
  }
}

/** Everything stays. */
function asTheyAre({
  deployments,
  groupKind,
  residentStart,
  residentDeployment,
  residentCopies
}: PatternProblem): Pattern[] {
  return Array.from(groupKind, (kind, group) => {
    const first = residentStart[group] as number
    const stays = residentCopies.slice(first, residentStart[group + 1])
    const counts = new Int32Array(deployments)
    for (const [index, copies] of stays.entries()) {
      const deployment = residentDeployment[first + index] as number
      counts[deployment] = (counts[deployment] as number) + copies
    }
    return { kind, group, counts, stays }
  })
}

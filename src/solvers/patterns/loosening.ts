import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { MasterSolution } from './master.js'
import { dearestNode, type Pattern, type SeatedPattern } from './pattern.js'
import type { PatternPool } from './pattern-pool.js'
import { nearlyUseful, reducedCosts } from './reduced-cost.js'

/** Shares of the nodes that are let go of in turn, while a dive takes as long as it should. */
const SHARES = [0.2, 0.4, 0.1, 0.3] as const
const MOST_RELEASED = 0.6
/** Units of work that a dive should take: long ones find more, short ones are tried more often. */
const WORK = 500
/** How fast the shares follow what dives take. */
const PACE = 1.2
/** Nodes whose patterns cost nothing too much are let go of sometimes, too: as if they cost this part of the dearest node too much. */
const LEAST_WASTE = 0.01
/** Part of the dearest node's cost that a pattern may cost too much and still be of use for what is left. */
const USEFUL = 0.02

/** Which nodes of a solution are let go of, so that what they held finds better places. Adapts how many to the time that takes. */
export class Loosening {
  #turn = 0
  #scale = 1
  #useful: readonly Pattern[] = []
  #known = -1

  constructor(
    readonly problem: PatternProblem,
    /** Of the relaxation: says what patterns are worth. */
    readonly prices: MasterSolution,
    readonly random: () => number
  ) {}

  /** How the next dive chooses: every other one at random. */
  get chance(): (() => number) | null {
    return this.#turn % 2 === 0 ? this.random : null
  }

  /** What stays of a solution: patterns that cost more than they are worth rather go. */
  keepSome(seated: readonly SeatedPattern[]): SeatedPattern[] {
    const share = Math.min(MOST_RELEASED, (SHARES[this.#turn++ % SHARES.length] as number) * this.#scale)
    const patterns = seated.map(({ pattern }) => pattern)
    const wastes = reducedCosts(this.problem, patterns, this.prices)
    const least = LEAST_WASTE * dearestNode(this.problem)
    // Drawn without return, each with a chance in proportion to its weight (Efraimidis and Spirakis, 2006).
    const nodes = seated.flatMap(({ pattern, nodes }, index) =>
      Array.from({ length: nodes }, () => {
        const weight = least + Math.max(0, wastes[index] as number)
        // Of its power 1 / weight only the order matters, so its logarithm will do, and does not vanish.
        return { pattern, key: Math.log(this.random()) / (weight > 0 ? weight : 1) }
      })
    )
    nodes.sort((left, right) => left.key - right.key)
    const released = Math.max(1, Math.round(nodes.length * share))
    const kept = new Map<Pattern, number>()
    for (const { pattern } of nodes.slice(0, -released)) kept.set(pattern, (kept.get(pattern) ?? 0) + 1)
    return [...kept].map(([pattern, count]) => ({ pattern, nodes: count }))
  }

  /** Patterns to begin with. */
  startOf(pool: PatternPool): readonly Pattern[] {
    const { patterns } = pool
    if (patterns.length !== this.#known) {
      this.#known = patterns.length
      this.#useful = nearlyUseful(this.problem, patterns, this.prices, USEFUL)
    }
    return this.#useful
  }

  /** Takes note of how much work a dive was. */
  learn(work: number): void {
    this.#scale = work > WORK ? this.#scale / PACE : Math.min(MOST_RELEASED / SHARES[0], this.#scale * PACE)
  }
}

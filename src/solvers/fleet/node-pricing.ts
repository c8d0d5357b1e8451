import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { Effort } from '../patterns/effort.js'
import { copyWorths, type Prices } from '../patterns/lagrangian-bound.js'
import type { Pattern } from '../patterns/pattern.js'
import { PatternPricing } from '../patterns/pattern-pricing.js'
import { type Contents, listMaximalContents } from './maximal-contents.js'

/** What one node of each kind is worth at some prices, and the patterns that are worth most. */
export interface NodeWorths {
  /** [kind]: no contents are worth more. */
  readonly worth: Float64Array
  readonly patterns: readonly Pattern[]
}

/** How thoroughly patterns are priced: the highest level of effort. */
const LEVEL = 2
/** Answers that are remembered. */
const MOST_KNOWN = 4_096

/** Prices nodes by looking at all contents where they are few, else by search; and remembers it, as prices come again. */
export class NodePricing {
  readonly #known = new Map<string, NodeWorths>()
  readonly #contents: readonly (readonly Contents[])[] | null
  readonly #pricing: PatternPricing
  readonly #rents: { readonly kindRent: Float64Array; readonly groupRent: Float64Array }

  constructor(
    highs: Highs,
    readonly problem: PatternProblem,
    effort: Effort
  ) {
    this.#contents = listMaximalContents(problem)
    this.#pricing = new PatternPricing(highs, problem, effort)
    // A threshold of nothing: of every kind the worth itself is asked for.
    this.#rents = { kindRent: problem.cost.map((cost) => -cost), groupRent: new Float64Array(0) }
  }

  /** null when it was stopped. */
  price(prices: Prices): NodeWorths | null {
    const key = `${prices.copy.join()} ${prices.link.join()}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = this.#contents === null ? this.#search(prices) : this.#look(this.#contents, prices)
    if (made !== null && this.#known.size < MOST_KNOWN) this.#known.set(key, made)
    return made
  }

  dispose(): void {
    this.#pricing.dispose()
  }

  #search(prices: Prices): NodeWorths | null {
    const { priced, worths } = this.#pricing.price(this.problem, prices, this.#rents, LEVEL)
    if (worths === null) return null
    return { worth: worths.plain, patterns: priced.flatMap(({ patterns }) => patterns.slice(-2)) }
  }

  #look(contents: readonly (readonly Contents[])[], prices: Prices): NodeWorths {
    const worth = new Float64Array(contents.length)
    const patterns: Pattern[] = []
    for (const [kind, list] of contents.entries()) {
      const worths = copyWorths(this.problem, prices, kind)
      let best: Contents | null = null
      for (const counts of list) {
        let sum = 0
        // A copy of negative worth is left out.
        for (let item = 0; item < counts.length; item++) {
          sum += (counts[item] as number) * Math.max(0, worths[item] as number)
        }
        if (sum <= (worth[kind] as number)) continue
        worth[kind] = sum
        best = counts
      }
      if (best === null) continue
      const counts = best.map((copies, item) => ((worths[item] as number) > 0 ? copies : 0))
      patterns.push({ kind, group: -1, counts, stays: new Int32Array(0) })
    }
    return { worth, patterns }
  }
}

import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { isLess } from '../../../models/rounding.js'
import { type BoundSource, bestUnrefuted, type KnownBound, knownBounds } from '../revise/trusted-bound.js'

/** What is known of the least that any plan without a change costs, until a plan refutes it. */
export class LeastCost {
  readonly #total: number
  /** Weaker ones first. */
  #known: KnownBound[]

  constructor(
    problem: Problem,
    readonly result: Result,
    /** Whether the Result was made here: then what it states was computed. */
    isOwn: boolean
  ) {
    this.#total = result.objective?.total ?? 0
    this.#known = knownBounds(compileInstance(problem), result, true).map((bound) =>
      isOwn && bound.source === 'stated' ? { ...bound, source: 'computed' } : bound
    )
  }

  /** Whether no plan without a change costs less than the Result. */
  get isReached(): boolean {
    return this.#known.some(({ total }) => !isLess(total, this.#total))
  }

  /** Where the bound comes from that says the most; of equal ones, the one that is best shown. */
  get source(): BoundSource {
    const most = this.#known.at(-1)?.total ?? 0
    const best = this.#known.filter(({ total }) => !isLess(total, most))
    const sources = new Set(best.map(({ source }) => source))
    return sources.has('computed') ? 'computed' : sources.has('certificate') ? 'certificate' : 'stated'
  }

  /** Whether that the Result is best rests on its word alone. */
  get isTrusted(): boolean {
    return this.isReached && this.source === 'stated'
  }

  /** That was proven here. */
  confirm(): void {
    this.#known.push({ source: 'computed', costPerHour: 0, total: this.#total })
  }

  /** Drops what a legal plan without a change shows to be false; whether there was any. */
  refute({ objective }: Result): boolean {
    if (objective === undefined) return false
    const before = this.#known.length
    this.#known = this.#known.filter((bound) => bestUnrefuted([bound], objective) === bound)
    return this.#known.length < before
  }
}

import type { Highs } from 'highs'
import type { Pattern } from '../patterns/pattern.js'
import type { Filled, FillOptions } from './fill-periods.js'
import type { PeriodBatch } from './period-batch.js'
import { type Before, type PeriodColumn, PeriodModel, type PeriodSolution } from './period-model.js'

/** How far from whole rounding may be. */
const WHOLE = 1e-6
/** Money for contents that are new on a kind of node, as a share of what the node costs: enough to decide between equals. */
const NEWNESS = 1e-5

/** The integer programs of a batch's periods. The linear program comes first: mostly it says all. */
export class PeriodProgram {
  readonly #linear: PeriodModel
  readonly #whole: PeriodModel

  constructor(
    highs: Highs,
    readonly batch: PeriodBatch,
    readonly options: FillOptions
  ) {
    const { orderPrice } = options
    this.#linear = new PeriodModel(highs, batch, { orderPrice })
    this.#whole = new PeriodModel(highs, batch, { orderPrice, isWhole: true })
  }

  /** Nodes of each pattern in a period; null where there is no solution. `last`: those of the period before, null for none. */
  solve(period: number, last: readonly Filled[] | null): readonly Filled[] | null {
    const before = last === null ? null : this.#describe(period, last)
    this.#linear.goTo(period, before)
    const relaxed = this.#linear.solve()
    if (relaxed.missing > WHOLE) return null
    if (isWhole(relaxed)) return this.#read(relaxed)
    this.#whole.goTo(period, before)
    const { secondsEach: seconds, seed, slack } = this.options
    const solution = this.#whole.solve({ slack: slack[period] as number, seconds, seed })
    return solution.missing > WHOLE || !isWhole(solution) ? null : this.#read(solution)
  }

  dispose(): void {
    this.#linear.dispose()
    this.#whole.dispose()
  }

  /** What the period before had, and what contents cost more that it did not have. */
  #describe(period: number, last: readonly Filled[]): Before {
    const { price, problem, patterns } = this.batch
    const nodes = new Float64Array(problem.kinds)
    const known = new Set<number>()
    for (const { pattern, beyond } of last) {
      const { kind } = patterns[pattern] as Pattern
      nodes[kind] = (nodes[kind] as number) + beyond
      known.add(pattern)
    }
    const extra = Float64Array.from(patterns, ({ kind, counts }, index) => {
      if (known.has(index)) return 0
      const copies = counts.reduce((sum, one) => sum + one, 0)
      return NEWNESS * (price[period * problem.kinds + kind] as number) + copies * this.options.copyMovePrice
    })
    return { extra, nodes }
  }

  #read({ nodes }: PeriodSolution): Filled[] {
    const byPattern = new Map<number, { pattern: number; ofBase: number; beyond: number }>()
    for (const [index, amount] of nodes.entries()) {
      const count = Math.round(amount)
      if (count <= 0) continue
      const { pattern, ofBase } = this.#whole.columns[index] as PeriodColumn
      const known = byPattern.get(pattern) ?? { pattern, ofBase: 0, beyond: 0 }
      known[ofBase ? 'ofBase' : 'beyond'] += count
      byPattern.set(pattern, known)
    }
    return [...byPattern.values()].sort((left, right) => left.pattern - right.pattern)
  }
}

function isWhole({ nodes }: PeriodSolution): boolean {
  return nodes.every((amount) => Math.abs(amount - Math.round(amount)) <= WHOLE)
}

import type { Highs } from 'highs'
import type { Filled, FillOptions } from './fill-periods.js'
import type { PeriodBatch } from './period-batch.js'
import { type PeriodColumn, PeriodModel, type PeriodSolution } from './period-model.js'

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
    this.#linear = new PeriodModel(highs, batch)
    this.#whole = new PeriodModel(highs, batch, true)
  }

  /** Nodes of each pattern in a period; null where there is no solution. `before`: the patterns of the period before. */
  solve(period: number, before: ReadonlySet<number>): readonly Filled[] | null {
    const extra = this.#newness(period, before)
    this.#linear.goTo(period, extra)
    const relaxed = this.#linear.solve()
    if (relaxed.missing > WHOLE) return null
    if (isWhole(relaxed)) return this.#read(relaxed)
    this.#whole.goTo(period, extra)
    const { secondsEach: seconds, seed, slack } = this.options
    const solution = this.#whole.solve({ slack: slack[period] as number, seconds, seed })
    return solution.missing > WHOLE || !isWhole(solution) ? null : this.#read(solution)
  }

  dispose(): void {
    this.#linear.dispose()
    this.#whole.dispose()
  }

  /** What contents cost more that were on no node in the period before. */
  #newness(period: number, before: ReadonlySet<number>): Float64Array {
    const { price, problem, patterns } = this.batch
    return Float64Array.from(patterns, ({ kind, counts }, index) => {
      if (before.has(index)) return 0
      const copies = counts.reduce((sum, one) => sum + one, 0)
      return NEWNESS * (price[period * problem.kinds + kind] as number) + copies * this.options.copyMovePrice
    })
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

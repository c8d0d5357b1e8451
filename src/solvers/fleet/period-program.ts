import type { Highs } from 'highs'
import type { Pattern } from '../patterns/pattern.js'
import type { FilledPeriod, FillOptions } from './fill-periods.js'
import { listMaximalPatterns } from './maximal-contents.js'
import type { PeriodBatch } from './period-batch.js'
import { type Beside, type PeriodColumn, PeriodModel, type PeriodSolution } from './period-model.js'
import { roundUp } from './round-up.js'

/** Maximal contents up to which all of them take part from the start. */
const MOST_FROM_THE_START = 400
/** How far from whole rounding may be. */
const WHOLE = 1e-6
/** Of what a period may miss its optimum by, so many times as much where time is up. */
const HURRIED_SLACK = 50
/** Money for contents that are new on a kind of node, as a share of what the node costs: enough to decide between equals. */
const NEWNESS = 1e-5

/**
 * The integer programs of a batch's periods. The linear program comes first: mostly it says all. Where the patterns that it is made of
 * have no good solution in whole nodes, all maximal contents are added, where they are few.
 */
export class PeriodProgram {
  readonly #linear: PeriodModel
  readonly #whole: PeriodModel
  readonly #maximal: readonly Pattern[] | null
  #isEnriched = false

  constructor(
    highs: Highs,
    readonly batch: PeriodBatch,
    readonly options: FillOptions
  ) {
    const { orderPrice, guide } = options
    const prices = { orderPrice, ...(guide !== null && { nextPrice: orderPrice }) }
    this.#linear = new PeriodModel(highs, batch, prices)
    this.#whole = new PeriodModel(highs, batch, { ...prices, isWhole: true })
    this.#maximal = listMaximalPatterns(batch.problem)
    // Few of them are no burden, and leave less to wish for: linear programs need no mixtures.
    if (this.#maximal !== null && this.#maximal.length <= MOST_FROM_THE_START) this.#enrich()
  }

  /** Nodes of each pattern in a period; null where there is no solution. `last`: those of the period before, null for none. */
  solve(period: number, last: FilledPeriod | null): FilledPeriod | null {
    const { batch, options } = this
    const beside = this.#describe(period, last)
    this.#linear.goTo(period, beside)
    const relaxed = this.#linear.solve()
    const isPossible = relaxed.missing <= WHOLE
    if (isPossible && isWhole(relaxed)) return this.#read(relaxed)
    const rounded = () =>
      isPossible ? roundUp(batch, period, this.#linear.patterns, this.#linear.columns, relaxed.nodes) : null
    if (Date.now() >= options.hurryFrom) {
      const hurried = this.#readRounded(rounded())
      if (hurried !== null) return hurried
    }
    const whole = (isPossible ? this.#solveWhole(period, beside) : null) ?? this.#readRounded(rounded())
    if (whole !== null || this.#isEnriched || !this.#enrich()) return whole
    return this.#solveWhole(period, this.#describe(period, last))
  }

  #solveWhole(period: number, beside: Beside | null): FilledPeriod | null {
    this.#whole.goTo(period, beside)
    const { secondsEach: seconds, seed, slack, hurryFrom } = this.options
    const enough = (slack[period] as number) * (Date.now() < hurryFrom ? 1 : HURRIED_SLACK)
    const solution = this.#whole.solve({ slack: enough, seconds, seed })
    return solution.missing > WHOLE || !isWhole(solution) ? null : this.#read(solution)
  }

  #readRounded(nodes: Float64Array | null): FilledPeriod | null {
    return nodes === null ? null : this.#read({ nodes, placed: new Float64Array(0) })
  }

  /** Adds all maximal contents. Returns whether there was anything to add. */
  #enrich(): boolean {
    this.#isEnriched = true
    if (this.#maximal === null) return false
    this.#linear.add(this.#maximal)
    return this.#whole.add(this.#maximal) > 0
  }

  dispose(): void {
    this.#linear.dispose()
    this.#whole.dispose()
  }

  /** What the periods beside it have, and what contents cost more that a node has to take on; null where nobody knows of any. */
  #describe(period: number, last: FilledPeriod | null): Beside | null {
    const { price, problem } = this.batch
    const { patterns } = this.#whole
    const next = this.#guide(period + 1)
    if (last === null) {
      const before = this.#guide(period - 1)
      const isAlone = before === null && next === null
      return isAlone ? null : { kept: () => 0, extra: new Float64Array(patterns.length), before, next }
    }
    const before = new Float64Array(problem.kinds)
    const known = new Map<Pattern, { readonly ofBase: number; readonly beyond: number }>()
    for (const one of last.nodes) {
      const { kind } = one.pattern
      before[kind] = (before[kind] as number) + one.beyond
      known.set(one.pattern, one)
    }
    const extra = Float64Array.from(patterns, ({ kind, counts }) =>
      counts.reduce(
        (sum, copies, deployment) => sum + copies * (this.options.copyMovePrice[deployment] as number),
        NEWNESS * (price[period * problem.kinds + kind] as number)
      )
    )
    const kept = ({ pattern, ofBase }: PeriodColumn) =>
      known.get(patterns[pattern] as Pattern)?.[ofBase ? 'ofBase' : 'beyond'] ?? 0
    return { kept, extra, before, next }
  }

  /** Nodes of a period, about; null for one that nobody knows. */
  #guide(period: number): Float64Array | null {
    const { kinds } = this.batch.problem
    const nodes = this.options.guide?.slice((period + 1) * kinds, (period + 2) * kinds)
    return nodes === undefined || nodes.some(Number.isNaN) ? null : nodes
  }

  #read({ nodes, placed }: Pick<PeriodSolution, 'nodes' | 'placed'>): FilledPeriod {
    const byPattern = new Map<number, { pattern: Pattern; ofBase: number; beyond: number }>()
    for (const [index, amount] of nodes.entries()) {
      const count = Math.round(amount)
      if (count <= 0) continue
      const { pattern, ofBase } = this.#whole.columns[index] as PeriodColumn
      const known = byPattern.get(pattern) ?? {
        pattern: this.#whole.patterns[pattern] as Pattern,
        ofBase: 0,
        beyond: 0
      }
      known[ofBase ? 'ofBase' : 'beyond'] += count
      byPattern.set(pattern, known)
    }
    return {
      nodes: [...byPattern].sort(([left], [right]) => left - right).map(([, one]) => one),
      placed: Int32Array.from(placed, Math.round)
    }
  }
}

function isWhole({ nodes, placed }: PeriodSolution): boolean {
  const isNearWhole = (amount: number) => Math.abs(amount - Math.round(amount)) <= WHOLE
  return nodes.every(isNearWhole) && placed.every(isNearWhole)
}

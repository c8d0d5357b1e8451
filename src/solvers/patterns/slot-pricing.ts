import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { TableMemory } from './completion-table.js'
import { KindPricing, type PricingEffort } from './pricing.js'
import type { PricingBoard } from './pricing-board.js'
import { type ShareBins, shareBins } from './share-packing.js'

/** A quick look first; where quick ones are cut short and nothing improves, ever more thorough ones. */
export const EFFORTS: readonly PricingEffort[] = [
  { steps: 300, cells: 4_096 },
  { steps: 20_000, cells: 32_768 },
  { steps: 400_000, cells: 131_072 }
]

/** Works on the tasks of a board, in any thread. */
export class SlotPricing {
  readonly #pricings: (KindPricing | undefined)[] = []
  readonly #bins: readonly ShareBins[]
  readonly #memory: TableMemory = { cells: new Float64Array(0) }
  /** Which table the memory holds. */
  #prepared = ''

  constructor(
    readonly problem: PatternProblem,
    readonly board: PricingBoard,
    readonly stopped: () => boolean
  ) {
    this.#bins = shareBins(problem)
  }

  /** Takes a task and does it. False when there was none. */
  work(): boolean {
    const { queue } = this.board
    const task = queue.take()
    if (task < 0) return false
    this.#price(task)
    queue.finish()
    return true
  }

  /** Prices the slots of a task; those that come out cut short and without anything better once more, with more effort. */
  #price(task: number): void {
    const { board } = this
    const { kind, slots } = board.task(task)
    const { threshold, levels, tried } = board.arrays
    const pricing = this.#pricingOf(kind)
    let open = [...slots]
    let level = 0
    for (; level < (levels[0] as number) && open.length > 0 && !this.stopped(); level++) {
      const effort = EFFORTS[level] as PricingEffort
      this.#prepare(pricing, level)
      open = open.filter((slot) => {
        const before = pricing.steps
        const priced = pricing.price(board.groupOf(slot), threshold[slot] as number, effort)
        const steps = pricing.steps - before + (level > 0 ? (board.arrays.steps[slot] as number) : 0)
        board.write(slot, priced, steps)
        return priced.isCutShort && priced.patterns.length === 0
      })
    }
    tried[task] = level
  }

  /** Tasks of one kind share a table. */
  #prepare(pricing: KindPricing, level: number): void {
    const { board } = this
    const wanted = `${board.queue.round} ${pricing.kind} ${level}`
    if (wanted === this.#prepared) return
    pricing.prepare(board.pricesOf(pricing.kind), this.#memory, EFFORTS[level] as PricingEffort)
    this.#prepared = wanted
  }

  #pricingOf(kind: number): KindPricing {
    const known = this.#pricings[kind]
    if (known !== undefined) return known
    const stopped = () => {
      this.board.queue.live()
      return this.stopped()
    }
    const made = new KindPricing(this.problem, kind, this.#bins, stopped)
    this.#pricings[kind] = made
    return made
  }
}

import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { Effort } from './effort.js'
import { KnapsackModel } from './knapsack-model.js'
import { copyWorths, nodeCost, type Prices, stayWorths, type Worths } from './lagrangian-bound.js'
import type { MasterSolution } from './master.js'
import type { KindPrices, Priced } from './pricing.js'
import { PricingBoard } from './pricing-board.js'
import { EFFORTS, SlotPricing } from './slot-pricing.js'
import { stayExtras } from './stay-extras.js'

/** More copies than there are. */
const NO_LIMIT = 2 ** 30

/** What the master says of nodes beside the worth of their contents. */
export type Rents = Pick<MasterSolution, 'kindRent' | 'groupRent'>

/** What came of pricing all kinds of nodes. */
export interface PricedAll {
  /** Of each slot, in their order. */
  readonly priced: readonly Priced[]
  /** null where time was up before all were priced. */
  readonly worths: Worths | null
  /** Whether something better may exist although none was found. */
  readonly isCutShort: boolean
}

/**
 * Prices all kinds of nodes of a problem, and of what is left of it as nodes get their patterns. Other threads may take a share of the
 * work: they need the problem and the board's buffer. What comes of it does not depend on who did what.
 */
export class PatternPricing {
  #board: PricingBoard
  #pricing: SlotPricing
  readonly #models: (KnapsackModel | undefined)[] = []
  /** Most copies on a node, of any kind, that each model knows of. */
  readonly #limits: (Int32Array | undefined)[] = []
  readonly #noLimit: Int32Array
  readonly #stopped = () => this.effort.isSpent

  /** @param buffer Of `PricingBoard.sharedBuffer`, where others may help. */
  constructor(
    readonly highs: Highs,
    readonly problem: PatternProblem,
    readonly effort: Effort,
    buffer?: ArrayBufferLike
  ) {
    this.#noLimit = new Int32Array(problem.deployments).fill(NO_LIMIT)
    this.#board = new PricingBoard(problem, buffer)
    this.#pricing = new SlotPricing(problem, this.#board, this.#stopped)
  }

  dispose(): void {
    this.#board.queue.end()
    for (const model of this.#models) model?.dispose()
  }

  /**
   * Prices every kind of node at some prices, with efforts up to a level.
   *
   * @param rest What is left of the problem, with groups or without.
   */
  price(rest: PatternProblem, prices: Prices, solution: Rents, level: number): PricedAll {
    return this.effort.time('pricing', () => {
      const slotsOf = this.#listSlots(rest)
      this.#board.queue.prepare()
      this.#writeDown(this.#board, rest, prices, solution)
      this.#board.ask(slotsOf, level + 1)
      while (!this.effort.isSpent && this.#pricing.work());
      if (!this.effort.isSpent && !this.#board.queue.waitForOthers(this.#stopped)) this.#goOnAlone(slotsOf, level)
      if (this.effort.isSpent) {
        this.#board.queue.stop()
        return { priced: [], worths: null, isCutShort: true }
      }
      return this.#readOut(slotsOf, rest)
    })
  }

  /** For each kind its slots: that of nodes of which nothing stays, and those of its groups that have nodes left. */
  #listSlots({ kinds, groupKind, groupNodes }: PatternProblem): number[][] {
    const slotsOf = Array.from({ length: kinds }, (_, kind) => [kind])
    for (const [group, kind] of groupKind.entries()) {
      if ((groupNodes[group] as number) > 0) slotsOf[kind]?.push(this.problem.kinds + group)
    }
    return slotsOf
  }

  #writeDown(board: PricingBoard, rest: PatternProblem, prices: Prices, solution: Rents): void {
    const { copy, stay, most, room, threshold } = board.arrays
    const { kinds, deployments, dimensions, groupKind } = rest
    const limit = rest.most === this.problem.most ? this.#noLimit : rest.wanted
    most.set(limit)
    stay.set(stayWorths(rest, prices))
    for (let kind = 0; kind < kinds; kind++) {
      const worths = copyWorths(rest, prices, kind)
      copy.set(worths, copy.length === deployments ? 0 : kind * deployments)
      room.set(this.#relax(kind, limit, worths), kind * dimensions)
      // Where the master would gain: its own rents, at the prices that are tried.
      threshold[kind] = nodeCost(rest, prices, kind) + (solution.kindRent[kind] as number)
    }
    for (const [group, kind] of groupKind.entries()) {
      threshold[kinds + group] = (threshold[kind] as number) + (solution.groupRent[group] as number)
    }
  }

  /** What the room of a kind is worth, about. */
  #relax(kind: number, limit: Int32Array, worths: Float64Array): Float64Array {
    const { deployments, dimensions, most } = this.problem
    if (deployments === 0) return new Float64Array(dimensions)
    const model = this.#models[kind] ?? new KnapsackModel(this.highs, this.problem, kind)
    this.#models[kind] = model
    if (this.#limits[kind] !== limit) {
      this.#limits[kind] = limit
      const own = most.slice(kind * deployments, (kind + 1) * deployments)
      model.limit(own.map((copies, index) => Math.min(copies, limit[index] as number)))
    }
    return model.relax(worths)
  }

  /** Whoever helped is gone, with a task: does everything again, with nobody else. */
  #goOnAlone(slotsOf: readonly (readonly number[])[], level: number): void {
    const { arrays, queue } = this.#board
    queue.end()
    this.#board = new PricingBoard(this.problem)
    this.#pricing = new SlotPricing(this.problem, this.#board, this.#stopped)
    for (const name of ['copy', 'stay', 'room', 'threshold', 'most'] as const) {
      this.#board.arrays[name].set(arrays[name] as Float64Array & Int32Array)
    }
    this.#board.ask(slotsOf, level + 1)
    while (!this.effort.isSpent && this.#pricing.work());
  }

  /**
   * What contents of a group are worth at most beyond those of which nothing stays: what stays could arrive there, too, and would then be
   * worth so much less. Better than what a pricing proves that was cut short.
   */
  #extraOf(slot: number, prices: KindPrices): number {
    return stayExtras(this.problem, this.#board.groupOf(slot), prices)[0] as number
  }

  #readOut(slotsOf: readonly (readonly number[])[], { kinds, groupKind }: PatternProblem): PricedAll {
    const board = this.#board
    const { steps, tried } = board.arrays
    const worths: Worths = { plain: new Float64Array(kinds), group: new Float64Array(groupKind.length) }
    const priced: Priced[] = []
    for (const [kind, slots] of slotsOf.entries()) {
      const prices = board.pricesOf(kind)
      for (const slot of slots) {
        const one = board.read(slot, kind)
        priced.push(one)
        if (slot < kinds) worths.plain[slot] = one.bound
        else
          worths.group[slot - kinds] = Math.min(one.bound, (worths.plain[kind] as number) + this.#extraOf(slot, prices))
        this.effort.work(steps[slot] as number, 'steps')
      }
    }
    for (let task = 0; task < board.queue.tasks; task++) {
      for (const { cells } of EFFORTS.slice(0, tried[task])) this.effort.work(cells, 'cells')
    }
    return { priced, worths, isCutShort: priced.some((one) => one.isCutShort && one.patterns.length === 0) }
  }
}

import type { Producer } from '../../../models/contract/placement.js'
import type { Budget } from '../../budget.js'
import { seededRandom } from '../../random.js'
import { breathe, takeTurn } from '../../turns.js'
import type { Incumbents } from '../incumbents.js'
import { tryAllSequences } from './all-sequences.js'
import { beamSearch } from './beam.js'
import { drainableNodes, drainInOrder } from './drain-in-order.js'
import { drainOrders, sortByOrder } from './drain-orders.js'
import type { DrainRecord } from './drain-record.js'
import { DrainState } from './drain-state.js'
import { drainByRayRule } from './ray-rule.js'
import { searchByReinsertion } from './reinsertion.js'
import type { SettledStart } from './settled-start.js'

/** Looks at a node in a unit of work, each at so many nodes: about a millisecond. */
const LOOKS = 100
const NODES_A_LOOK = 400
/** Nodes up to which all sequences are tried first: of more, only few of them could be. */
const MOST_TO_ENUMERATE = 16
/** Beams, each wider than the one before; then neighbourhoods alone go on. */
const WIDTHS = [1, 4, 16]
/** The part of what is left that one beam may take. */
const BEAM_SHARE = 0.08

export interface DrainSearchOptions {
  readonly budget: Budget
  readonly signal: AbortSignal
  readonly seed: number
  /** Whether the best that is known is good enough. */
  readonly isDone: () => boolean
  /** Nodes that a placement without Serve's rule leaves empty; null while none is known. */
  readonly guide: () => ReadonlySet<number> | null
}

/** Searches sequences of drains of one cluster, for as long as it is let; what is better is recorded as it is found. */
export class DrainSearch {
  readonly #drained: DrainState
  readonly #isForeseen: boolean
  /** Nodes that some sequence may drain; none where what Serve does before is not foreseen. */
  readonly candidates: readonly number[]

  constructor(
    settled: SettledStart,
    readonly record: DrainRecord
  ) {
    this.#drained = new DrainState(settled.state)
    this.#isForeseen = settled.misplaced === null
    this.candidates = this.#isForeseen ? drainableNodes(this.#drained) : []
  }

  /** Nothing drained, then what Ray Serve's own rule would drain. The least that is done, whatever the budget. */
  async follow(own: Incumbents, options: DrainSearchOptions): Promise<void> {
    this.record.consider(this.#drained, own, 'initial')
    await this.#run(own, drainByRayRule(this.#drained, this.candidates), options, 'greedy')
  }

  /** Greedy orders, and every sequence where there are few nodes. Returns whether it is proven that no sequence is better. */
  async begin(own: Incumbents, options: DrainSearchOptions): Promise<boolean> {
    const drained = this.#drained
    for (const order of drainOrders(drained.state, this.record.values)) {
      if (this.#isOver(options)) return false
      await this.#run(own, drainInOrder(drained, sortByOrder(this.candidates, order)), options, 'greedy')
    }
    if (!this.#isForeseen || this.candidates.length > MOST_TO_ENUMERATE) return false
    const all = tryAllSequences(drained, this.candidates, this.record, () => this.#look(own))
    return (await this.#run(own, all, options)) === true
  }

  /** Beams, then neighbourhoods, until the budget is spent. */
  async improve(own: Incumbents, options: DrainSearchOptions): Promise<void> {
    if (this.candidates.length === 0) return
    const look = () => this.#look(own)
    for (const width of WIDTHS) {
      if (this.#isOver(options)) return
      const budget = options.budget.share(BEAM_SHARE)
      const beam = beamSearch(this.#drained, this.candidates, this.record, width, look)
      await this.#run(own, beam, { ...options, budget })
    }
    const random = seededRandom(options.seed)
    const { guide } = options
    const rounds = searchByReinsertion(this.#drained, this.candidates, this.record, { random, look, guide })
    await this.#run(own, rounds, options)
  }

  #look(own: Incumbents): void {
    this.record.consider(this.#drained, own, 'local-search')
  }

  #isOver({ budget, signal, isDone }: DrainSearchOptions): boolean {
    return signal.aborted || budget.isSpent() || isDone()
  }

  /**
   * Does a piece of work in turns, until it ends or it is over; undefined where it was cut short. Nothing is drained in the end. `producer`:
   * what it comes to is offered and, where that may be better, everything on the way.
   */
  async #run<Output>(
    own: Incumbents,
    steps: Generator<number | null, Output>,
    options: DrainSearchOptions,
    producer?: Producer
  ): Promise<Output | undefined> {
    const cost = (1 + this.#drained.active.length / NODES_A_LOOK) / LOOKS
    const isOver = () => this.#isOver(options)
    const offer = () => {
      if (producer !== undefined) this.record.consider(this.#drained, own, producer)
    }
    const wantsAll = !this.record.moreIsBetter
    const charged = (function* () {
      for (;;) {
        const step = steps.next()
        if (step.done === true) return step.value
        options.budget.charge(cost)
        if (step.value !== null && wantsAll) offer()
        if (isOver()) return undefined
        yield null
      }
    })()
    try {
      for (;;) {
        const turn = own.time('drains', () => takeTurn(charged))
        if (turn.done === true) {
          offer()
          return turn.value
        }
        await breathe()
      }
    } finally {
      this.#drained.backTo(0)
    }
  }
}

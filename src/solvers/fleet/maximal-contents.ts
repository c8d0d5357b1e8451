import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { NodeRoom } from '../patterns/node-room.js'
import type { Pattern } from '../patterns/pattern.js'
import { type ShareBins, shareBins } from '../patterns/share-packing.js'

/** Contents to which no copy can be added: [deployment] copies. */
export type Contents = Int32Array

/** Steps of the search for one kind, and contents of it, beyond which they are too many to be listed. */
const MOST_STEPS = 50_000
const MOST_CONTENTS = 2_000

/**
 * All maximal contents of an empty node of each kind: what any contents are worth is then a matter of looking. null where they are too
 * many, or devices leave open whether some fit.
 */
export function listMaximalContents(problem: PatternProblem): readonly (readonly Contents[])[] | null {
  const bins = shareBins(problem)
  const lists: (readonly Contents[])[] = []
  for (let kind = 0; kind < problem.kinds; kind++) {
    const list = new KindContents(problem, kind, bins).list()
    if (list === null) return null
    lists.push(list)
  }
  return lists
}

/** The same as patterns. */
export function listMaximalPatterns(problem: PatternProblem): readonly Pattern[] | null {
  const lists = listMaximalContents(problem)
  if (lists === null) return null
  return lists.flatMap((list, kind) =>
    list.map((counts): Pattern => ({ kind, group: -1, counts, stays: new Int32Array(0) }))
  )
}

class KindContents {
  readonly #room: NodeRoom
  /** Deployments that may be here, and how many copies of each at most. */
  readonly #items: readonly number[]
  readonly #found: Contents[] = []
  #steps = MOST_STEPS
  #isOpen = false

  constructor(
    readonly problem: PatternProblem,
    readonly kind: number,
    bins: readonly ShareBins[]
  ) {
    const { deployments } = problem
    this.#room = new NodeRoom(problem, kind, bins)
    this.#items = Array.from({ length: deployments }, (_, item) => item).filter((item) => this.#most(item) > 0)
  }

  list(): readonly Contents[] | null {
    this.#room.clear()
    this.#descend(0)
    return this.#steps <= 0 || this.#isOpen || this.#found.length > MOST_CONTENTS ? null : this.#found
  }

  #descend(position: number): void {
    if (this.#steps-- <= 0 || this.#found.length > MOST_CONTENTS) return
    const item = this.#items[position]
    if (item === undefined) {
      this.#keep()
      return
    }
    for (let copies = this.#room.fitting(item, this.#most(item)); copies >= 0; copies--) {
      if (!this.#room.take(item, copies)) continue
      this.#descend(position + 1)
      this.#room.give(item, copies)
    }
  }

  #keep(): void {
    for (const item of this.#items) {
      if (this.#room.fitting(item, this.#most(item)) === 0 || !this.#room.take(item, 1)) continue
      this.#room.give(item, 1)
      return
    }
    if (!this.#room.isSeatable) this.#isOpen = true
    this.#found.push(this.#room.counts.slice())
  }

  #most(item: number): number {
    return this.problem.most[this.kind * this.problem.deployments + item] as number
  }
}

import { independentParts } from './components.js'
import { detour } from './detours.js'
import { orderGreedily } from './greedy-order.js'
import type { Detours } from './ladder.js'
import { searchOrder } from './order-search.js'
import type { Progress } from './progress.js'
import { isBetter, type Worth } from './worth.js'

/** Parts of more slots than this are ordered greedily only. */
const SEARCHABLE = 48
/** Parts of more slots than this are not searched for detours, but tried one by one. */
const DETOUR_SEARCHABLE = 10
const MOST_DETOURS = 4
/** States searched for one part, and detours tried for it. */
const SEARCH_WORK = 10_000
const DETOUR_WORK = 3_000

type Part = readonly number[]

/** Carries out an agenda part by part, where parts cannot hinder each other. */
export class PartOrder {
  /** A search found an order where the greedy one was stuck. */
  isReordered = false
  readonly #parts: readonly Part[]

  constructor(
    private readonly progress: Progress,
    private readonly worth: Worth,
    private readonly mayReorder: boolean,
    private readonly isLate: () => boolean
  ) {
    this.#parts = independentParts(progress)
  }

  /** Orders every part without detours, as far as that goes. Returns the parts that stay blocked. */
  orderAll(): Part[] {
    return this.#parts.filter((part) => !this.#order(part))
  }

  /**
   * As `orderAll`, with detours for the parts that are blocked without: searched for in everything at once where that is small, as
   * what others take may be what a stop-over needs; else after the others, and before them where that achieves more.
   */
  orderWith(detours: Detours, blocked: readonly Part[]): void {
    const { progress, worth } = this
    const start = progress.mark()
    const isSmall = progress.remaining <= DETOUR_SEARCHABLE
    if (isSmall && this.#searchDetours(this.#parts.flat(), detours)) return
    const around = (part: Part) => {
      if (!isSmall && this.#searchDetours(part, detours)) return
      if (!this.#order(part)) detour(progress, worth, part, detours, DETOUR_WORK, this.isLate)
    }
    const others = this.#parts.filter((part) => !blocked.includes(part))
    const othersFirst = () => {
      for (const part of others) this.#order(part)
      for (const part of blocked) around(part)
    }
    othersFirst()
    if (progress.remaining === 0 || others.length === 0) return
    const everybody = progress.agenda.movers.map(({ index }) => index)
    const achieved = worth.achieved(everybody)
    progress.undo(start)
    for (const part of blocked) around(part)
    for (const part of others) this.#order(part)
    if (progress.remaining === 0 || isBetter(worth.achieved(everybody), achieved)) return
    progress.undo(start)
    othersFirst()
  }

  #order(part: Part): boolean {
    const { progress, worth, isLate } = this
    const mark = progress.mark()
    orderGreedily(progress, worth, part)
    if (part.every((slot) => progress.takenBy[slot] !== -1)) return true
    if (!this.mayReorder || this.#sizeOf(part) > SEARCHABLE) return false
    progress.undo(mark)
    const effort = { most: 0, detours: { nodes: [], stopFirst: false }, workLimit: SEARCH_WORK, isLate }
    const isFound = searchOrder(progress, worth, part, effort)
    this.isReordered ||= isFound
    return isFound
  }

  /** Fewest detours first. Leaves nothing done where it fails. */
  #searchDetours(part: Part, detours: Detours): boolean {
    const { progress, worth, isLate } = this
    const mark = progress.mark()
    for (let most = 1; most <= MOST_DETOURS && this.#sizeOf(part) <= DETOUR_SEARCHABLE; most++) {
      if (searchOrder(progress, worth, part, { most, detours, workLimit: DETOUR_WORK, isLate })) return true
      progress.undo(mark)
    }
    return false
  }

  /** Slots that somebody has to take: those of lenders are taken. */
  #sizeOf(part: Part): number {
    const { slots, pools, movers } = this.progress.agenda
    return part.filter((slot) => !movers[pools[slots[slot]?.pool ?? -1]?.movers[0] ?? -1]?.lends).length
  }
}

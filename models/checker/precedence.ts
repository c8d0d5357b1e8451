import { BitMatrix } from './bit-matrix.js'
import { OrderLabels } from './order-labels.js'

/** Steps that a single question may walk over before whole blocks of answers are worked out instead. */
const LONGEST_WALK = 64
/** Pairs of steps that are asked about one by one, where all at once would mean a walk over the whole plan. */
const FEW_PAIRS = 256
/** Blocks of 32 steps whose followers are remembered at a time, in 32-bit words. */
const MOST_WORDS_KEPT = 8_000_000

/**
 * The partial order that `after` puts on steps: which surely end before which begin.
 * Built by `orderSteps`; all steps are indices into the list of the plan.
 */
export class Precedence {
  /** Followers of the 32 steps of a block, as bits for every position; the block used last stands last. */
  readonly #blocks = new Map<number, Uint32Array>()
  readonly #seen: Int32Array
  #labels: OrderLabels | undefined
  /** Where `ancestors` spreads its bits. */
  #bits: Uint32Array | undefined
  #walk = 0

  constructor(
    /** All steps, each after those that it waits for. */
    readonly order: Int32Array,
    /** Where each step stands in `order`. */
    readonly position: Int32Array,
    /** The steps that the step at a position waits for, as positions: from `offsets[p]` to `offsets[p + 1]`. */
    readonly offsets: Int32Array,
    readonly waitsFor: Int32Array
  ) {
    this.#seen = new Int32Array(order.length).fill(-1)
  }

  /** Whether step `first` has ended before step `second` begins in every order. */
  isBefore(first: number, second: number): boolean {
    const from = this.position[first] as number
    const to = this.position[second] as number
    if (from >= to) return false
    const near = this.#walkBack(from, to) ?? this.#walkFar(from, to)
    if (near !== undefined) return near
    const block = from >>> 5
    return (((this.#block(block)[to - (block << 5)] as number) >>> (from & 31)) & 1) === 1
  }

  /** For every target (row) the sources (columns) that surely end before it begins. */
  ancestors(sources: readonly number[], targets: readonly number[]): BitMatrix {
    const matrix = new BitMatrix(targets.length, sources.length)
    if (sources.length * targets.length <= FEW_PAIRS) {
      for (const [row, target] of targets.entries()) {
        for (const [column, source] of sources.entries()) if (this.isBefore(source, target)) matrix.set(row, column)
      }
      return matrix
    }
    const columns = [...sources.keys()].sort((a, b) => this.#at(sources[a]) - this.#at(sources[b]))
    const last = targets.reduce((latest, step) => Math.max(latest, this.#at(step)), 0)
    this.#bits ??= new Uint32Array(this.order.length)
    const bits = this.#bits
    for (let block = 0; block < columns.length; block += 32) {
      const chosen = columns.slice(block, block + 32)
      const first = this.#at(sources[chosen[0] as number])
      bits.fill(0, first, last + 1)
      const positions = chosen.map((column) => this.#at(sources[column]))
      this.#spread(bits, 0, first, last, positions)
      for (const [row, target] of targets.entries()) {
        const position = this.#at(target)
        const found = position < first ? 0 : (bits[position] as number)
        if (found === 0) continue
        for (const [bit, column] of chosen.entries()) {
          // A step is no ancestor of itself, though its own bit is set.
          if ((found >>> bit) & 1 && this.#at(sources[column]) !== position) matrix.set(row, column)
        }
      }
    }
    return matrix
  }

  /** The steps that surely end before this one begins and are found on a short walk: some of them, nearest first. */
  nearAncestors(step: number): number[] {
    const queue = [this.#at(step)]
    const walk = ++this.#walk
    this.#seen[queue[0] as number] = walk
    for (let head = 0; head < queue.length && queue.length < LONGEST_WALK; head++) {
      const at = queue[head] as number
      for (let edge = this.offsets[at] as number; edge < (this.offsets[at + 1] as number); edge++) {
        const next = this.waitsFor[edge] as number
        if (this.#seen[next] === walk) continue
        this.#seen[next] = walk
        queue.push(next)
      }
    }
    return queue.slice(1).map((at) => this.order[at] as number)
  }

  #at(step: number | undefined): number {
    return this.position[step as number] as number
  }

  /** The answer when a short walk back finds it; undefined when it does not. */
  #walkBack(from: number, to: number): boolean | undefined {
    const queue = [to]
    const walk = ++this.#walk
    for (let head = 0; head < queue.length; head++) {
      const at = queue[head] as number
      for (let edge = this.offsets[at] as number; edge < (this.offsets[at + 1] as number); edge++) {
        const next = this.waitsFor[edge] as number
        if (next === from) return true
        if (next < from || this.#seen[next] === walk) continue
        this.#seen[next] = walk
        if (queue.push(next) > LONGEST_WALK) return undefined
      }
    }
    return false
  }

  /** As `#walkBack`, past what the labels rule out. */
  #walkFar(from: number, to: number): boolean | undefined {
    this.#labels ??= new OrderLabels(this.offsets, this.waitsFor)
    const labels = this.#labels
    if (labels.isBefore(from, to)) return true
    if (labels.isFree(from, to)) return false
    const stack = [to]
    const walk = ++this.#walk
    for (let left = LONGEST_WALK; stack.length > 0; left--) {
      if (left === 0) return undefined
      const at = stack.pop() as number
      for (let edge = this.offsets[at] as number; edge < (this.offsets[at + 1] as number); edge++) {
        const next = this.waitsFor[edge] as number
        if (next < from || this.#seen[next] === walk) continue
        this.#seen[next] = walk
        if (next === from || labels.isBefore(from, next)) return true
        if (!labels.isFree(from, next)) stack.push(next)
      }
    }
    return false
  }

  /** Followers of the steps at positions 32 × block and on: entry k has the bits of position 32 × block + k. */
  #block(block: number): Uint32Array {
    const known = this.#blocks.get(block)
    if (known !== undefined) return known
    const first = block << 5
    const size = this.order.length
    const bits = new Uint32Array(size - first)
    const sources = Array.from({ length: Math.min(32, size - first) }, (_, bit) => first + bit)
    this.#spread(bits, first, first, size - 1, sources)
    const mostBlocks = Math.max(1, Math.floor(MOST_WORDS_KEPT / size))
    if (this.#blocks.size >= mostBlocks) this.#blocks.delete(this.#blocks.keys().next().value as number)
    this.#blocks.set(block, bits)
    return bits
  }

  /** Gives every position from `first` to `last` the bits of the sources that are before it, or that it is. */
  #spread(bits: Uint32Array, base: number, first: number, last: number, sources: readonly number[]): void {
    for (const [bit, position] of sources.entries()) {
      const index = position - base
      if (position <= last) bits[index] = (bits[index] as number) | (1 << bit)
    }
    const { offsets, waitsFor } = this
    for (let at = first; at <= last; at++) {
      let found = bits[at - base] as number
      for (let edge = offsets[at] as number; edge < (offsets[at + 1] as number); edge++) {
        const next = waitsFor[edge] as number
        if (next >= first) found |= bits[next - base] as number
      }
      bits[at - base] = found
    }
  }
}

/** The order of steps, each with the indices it waits for; undefined when they wait for each other in a circle. */
export function orderSteps(after: readonly (readonly number[])[]): Precedence | undefined {
  const followers: number[][] = after.map(() => [])
  const waiting = Int32Array.from(after, (list) => list.length)
  for (const [index, list] of after.entries()) for (const earlier of list) followers[earlier]?.push(index)
  const order = new Int32Array(after.length)
  let filled = 0
  for (let index = 0; index < after.length; index++) if (waiting[index] === 0) order[filled++] = index
  for (let head = 0; head < filled; head++) {
    for (const next of followers[order[head] as number] ?? []) {
      waiting[next] = (waiting[next] as number) - 1
      if (waiting[next] === 0) order[filled++] = next
    }
  }
  if (filled < after.length) return undefined
  const position = new Int32Array(after.length)
  for (const [place, index] of order.entries()) position[index] = place
  const offsets = new Int32Array(after.length + 1)
  for (const [place, index] of order.entries()) {
    offsets[place + 1] = (offsets[place] as number) + (after[index]?.length ?? 0)
  }
  const waitsFor = new Int32Array(offsets[after.length] as number)
  for (const [place, index] of order.entries()) {
    const start = offsets[place] as number
    for (const [edge, earlier] of (after[index] ?? []).entries()) waitsFor[start + edge] = position[earlier] as number
  }
  return new Precedence(order, position, offsets, waitsFor)
}

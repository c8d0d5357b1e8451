import type { BitMatrix } from './bit-matrix.js'

/** Flows below this are rounding. */
const SMALLEST = 1e-9

/**
 * The worst value of a counter over all orders: the heaviest set of events that is closed under "must have happened before".
 *
 * A rise (row) brings all the falls (columns) along that surely come before it, so the answer is the sum of all rises
 * less a maximum flow from rises to falls (maximum-weight closure by minimum cut: Picard 1976). Rises that come before
 * a rise need no arcs, for what they bring along, it brings along too.
 *
 * `enough`: stop as soon as the value is known to be at most this; what is returned then is an upper bound.
 */
export function heaviestClosure(
  rises: ArrayLike<number>,
  falls: ArrayLike<number>,
  comesFirst: BitMatrix,
  enough = Number.NEGATIVE_INFINITY
): number {
  let value = 0
  for (let row = 0; row < rises.length; row++) value += rises[row] as number
  if (value <= enough || falls.length === 0) return value
  const network = new Network(rises, falls, comesFirst)
  for (let row = rises.length - 1; row >= 0; row--) value -= network.payDirectly(row)
  for (let row = 0; row < rises.length && value > enough; row++) {
    for (let amount = network.augment(row); amount > 0; amount = network.augment(row)) value -= amount
  }
  return value
}

/** The flow network: rises pay with the falls that come before them. */
class Network {
  readonly #left: Float64Array
  readonly #room: Float64Array
  /** Per fall, how much each rise has paid with it. */
  readonly #paid: Map<number, number>[]
  /** Falls that may still lead somewhere. One that a failed search has seen never will. */
  readonly #open: Uint32Array
  readonly #fallFrom: Int32Array
  readonly #riseFrom: Int32Array

  constructor(
    rises: ArrayLike<number>,
    falls: ArrayLike<number>,
    readonly comesFirst: BitMatrix
  ) {
    this.#left = Float64Array.from(rises)
    this.#room = Float64Array.from(falls)
    this.#paid = Array.from({ length: falls.length }, () => new Map())
    this.#open = new Uint32Array(comesFirst.wordsPerRow).fill(0xffffffff)
    this.#fallFrom = new Int32Array(falls.length)
    this.#riseFrom = new Int32Array(rises.length)
  }

  /** Pays as much of a rise as its falls have room for, the last columns first; returns how much. */
  payDirectly(row: number): number {
    let flow = 0
    for (let word = this.comesFirst.wordsPerRow - 1; word >= 0; word--) {
      let bits = this.comesFirst.words[row * this.comesFirst.wordsPerRow + word] as number
      while (bits !== 0 && (this.#left[row] as number) > SMALLEST) {
        const bit = 31 - Math.clz32(bits)
        bits &= ~(1 << bit)
        const fall = word * 32 + bit
        const amount = Math.min(this.#left[row] as number, this.#room[fall] as number)
        if (amount <= SMALLEST) continue
        this.#pay(row, fall, amount)
        this.#room[fall] = (this.#room[fall] as number) - amount
        this.#left[row] = (this.#left[row] as number) - amount
        flow += amount
      }
    }
    return flow
  }

  /** Pays more of a rise by letting others pay elsewhere, along a shortest path; returns how much, 0 when nothing is left to do. */
  augment(row: number): number {
    if ((this.#left[row] as number) <= SMALLEST) return 0
    const unseen = this.#open.slice()
    const { comesFirst } = this
    const queue = [row]
    this.#riseFrom.fill(-1)
    this.#riseFrom[row] = row
    for (let head = 0; head < queue.length; head++) {
      const rise = queue[head] as number
      for (let word = 0; word < comesFirst.wordsPerRow; word++) {
        let bits = ((comesFirst.words[rise * comesFirst.wordsPerRow + word] as number) & (unseen[word] as number)) >>> 0
        unseen[word] = (unseen[word] as number) & ~bits
        while (bits !== 0) {
          const bit = 31 - Math.clz32(bits)
          bits &= ~(1 << bit)
          const fall = word * 32 + bit
          this.#fallFrom[fall] = rise
          if ((this.#room[fall] as number) > SMALLEST) return this.#push(row, fall)
          for (const [payer, amount] of this.#paid[fall] ?? []) {
            if (amount <= SMALLEST || this.#riseFrom[payer] !== -1) continue
            this.#riseFrom[payer] = fall
            queue.push(payer)
          }
        }
      }
    }
    this.#open.set(unseen)
    return 0
  }

  #push(row: number, lastFall: number): number {
    let amount = Math.min(this.#left[row] as number, this.#room[lastFall] as number)
    const hops: [rise: number, fall: number][] = []
    for (let fall = lastFall; ; ) {
      const rise = this.#fallFrom[fall] as number
      hops.push([rise, fall])
      if (rise === row) break
      fall = this.#riseFrom[rise] as number
      amount = Math.min(amount, this.#paid[fall]?.get(rise) ?? 0)
    }
    for (const [index, [rise, fall]] of hops.entries()) {
      this.#pay(rise, fall, amount)
      const before = hops[index + 1]
      if (before !== undefined) this.#pay(rise, before[1], -amount)
    }
    this.#room[lastFall] = (this.#room[lastFall] as number) - amount
    this.#left[row] = (this.#left[row] as number) - amount
    return amount
  }

  #pay(rise: number, fall: number, amount: number): void {
    const paid = this.#paid[fall]
    paid?.set(rise, (paid.get(rise) ?? 0) + amount)
  }
}

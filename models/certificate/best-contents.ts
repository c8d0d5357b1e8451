import { Completion, type Item } from './completion.js'
import { DeviceBins } from './device-bins.js'
import type { Effort } from './effort.js'
import type { NodeLimits } from './node-limits.js'

/** Copies that may stay on a node. */
export interface Stayer {
  readonly deployment: number
  readonly copies: number
  /** So many must. */
  readonly held: number
  /** What one is worth more than a copy that comes. */
  readonly bonus: number
}

/** An upper bound on the worth of contents. */
export interface ContentsWorth {
  readonly worth: number
  /** Whether all contents were looked at, so that nothing is worth more than was said, or something that fits is worth that much. */
  readonly isExact: boolean
}

/** Units of work for the contents of one node. */
const MOST_WORK = 3_000_000

/**
 * Finds out whether the contents of a node of a kind may be worth more than somebody says, by depth-first search: first what stays, then
 * what comes, cut where the completion bound shows that nothing better is left.
 */
export class BestContents {
  readonly #left: Float64Array
  readonly #counts: Int32Array
  readonly #sides: readonly [number, number][]
  readonly #bins: readonly DeviceBins[]
  readonly #shares: readonly Int32Array[]
  readonly #wholes: Float64Array
  #completion: Completion
  #profit: Float64Array = new Float64Array(0)
  /** [deployment] 1 where the completion counts its copies. */
  #counted: Uint8Array = new Uint8Array(0)
  #best = 0
  #rounding = 0
  #work = 0

  constructor(
    readonly limits: NodeLimits,
    readonly effort: Effort
  ) {
    this.#left = limits.capacity.slice()
    this.#counts = new Int32Array(limits.weights.length)
    this.#sides = limits.conflicts.map(() => [0, 0])
    this.#bins = limits.devices.map(({ shares }) => new DeviceBins(shares))
    this.#shares = limits.devices.map(({ shares }) => new Int32Array(shares.length))
    this.#wholes = new Float64Array(limits.devices.length)
    this.#completion = new Completion(limits, [], effort)
  }

  /** Sets what one copy of each deployment is worth, with an allowance for the rounding of sums of such worths. */
  price(profit: Float64Array, rounding: number): void {
    const { most, mayArrive } = this.limits
    const items: Item[] = []
    for (const [deployment, worth] of profit.entries()) {
      const copies = most[deployment] as number
      if (worth > 0 && copies > 0 && mayArrive[deployment]) items.push({ deployment, profit: worth, most: copies })
    }
    this.#profit = profit
    this.#rounding = rounding
    this.#counted = new Uint8Array(profit.length)
    for (const { deployment } of items) this.#counted[deployment] = 1
    this.#completion = new Completion(this.limits, items, this.effort)
  }

  /** The worth of the best contents where it is above `said`; else `said`, and a little for rounding. */
  above(said: number, stayers: readonly Stayer[]): ContentsWorth {
    // What those from a stayer on add at most beside what the completion counts.
    const rest = new Float64Array(stayers.length + 1)
    for (let index = stayers.length - 1; index >= 0; index--) {
      const { deployment, copies, bonus } = stayers[index] as Stayer
      const more = this.#counted[deployment] === 1 ? bonus : bonus + (this.#profit[deployment] as number)
      rest[index] = (rest[index + 1] as number) + copies * Math.max(0, more)
    }
    const root = (rest[0] as number) + this.#completion.bound(0, this.#left) + this.#rounding
    if (root <= said) return { worth: said, isExact: true }
    this.#best = said
    this.#work = Math.min(MOST_WORK, this.effort.left)
    const before = this.#work
    this.#stay(0, 0, stayers, rest)
    this.effort.left -= before - this.#work
    if (this.#work <= 0) return { worth: root, isExact: false }
    return { worth: this.#best + 2 * this.#rounding, isExact: true }
  }

  #stay(index: number, value: number, stayers: readonly Stayer[], rest: Float64Array): void {
    if (--this.#work <= 0) return
    const more = (rest[index] as number) + this.#completion.bound(0, this.#left)
    if (value + more <= this.#best + this.#rounding) return
    const stayer = stayers[index]
    if (stayer === undefined) {
      this.#add(0, value)
      return
    }
    const { deployment, copies, held, bonus } = stayer
    const worth = (this.#profit[deployment] as number) + bonus
    let taken = 0
    while (taken < copies && this.#hasPlace(deployment) && this.#take(deployment)) taken++
    for (; taken >= held; taken--) {
      this.#stay(index + 1, value + taken * worth, stayers, rest)
      if (taken === 0) return
      this.#move(deployment, -1)
    }
    while (taken-- > 0) this.#move(deployment, -1)
  }

  #add(from: number, value: number): void {
    if (value > this.#best) this.#best = value
    const { items } = this.#completion
    for (let position = from; position < items.length; position++) {
      if (value + this.#completion.bound(position, this.#left) <= this.#best + this.#rounding) return
      if (--this.#work <= 0) return
      const { deployment, profit } = items[position] as Item
      let copies = 0
      while (this.#hasPlace(deployment) && this.#take(deployment)) copies++
      for (; copies > 0; copies--) {
        this.#add(position + 1, value + copies * profit)
        this.#move(deployment, -1)
      }
    }
  }

  #hasPlace(deployment: number): boolean {
    return (this.#counts[deployment] as number) < (this.limits.most[deployment] as number)
  }

  /** Takes a copy; false, and nothing taken, where it does not fit. */
  #take(deployment: number): boolean {
    const weight = this.limits.weights[deployment] as Float64Array
    for (let dimension = 0; dimension < weight.length; dimension++) {
      if ((weight[dimension] as number) > (this.#left[dimension] as number)) return false
    }
    for (const [conflict, side] of this.limits.conflicts.entries()) {
      const own = side[deployment] as number
      if (own > 0 && ((this.#sides[conflict] as [number, number])[2 - own] as number) > 0) return false
    }
    this.#move(deployment, 1)
    if (this.#devicesFit(deployment)) return true
    this.#move(deployment, -1)
    return false
  }

  #move(deployment: number, copies: 1 | -1): void {
    const { weights, conflicts, devices } = this.limits
    const weight = weights[deployment] as Float64Array
    this.#counts[deployment] = (this.#counts[deployment] as number) + copies
    for (let dimension = 0; dimension < weight.length; dimension++) {
      this.#left[dimension] = (this.#left[dimension] as number) - copies * (weight[dimension] as number)
    }
    for (const [conflict, side] of conflicts.entries()) {
      const own = side[deployment] as number
      const sides = this.#sides[conflict] as [number, number]
      if (own > 0) sides[own - 1] = (sides[own - 1] as number) + copies
    }
    for (const [order, { shareOf, wholes }] of devices.entries()) {
      const share = shareOf[deployment] as number
      const held = this.#shares[order] as Int32Array
      if (share >= 0) held[share] = (held[share] as number) + copies
      this.#wholes[order] = (this.#wholes[order] as number) + copies * (wholes[deployment] as number)
    }
  }

  #devicesFit(deployment: number): boolean {
    return this.limits.devices.every(({ devices, shareOf, wholes }, order) => {
      if ((shareOf[deployment] as number) < 0 && wholes[deployment] === 0) return true
      const needed = (this.#bins[order] as DeviceBins).needed(this.#shares[order] as Int32Array)
      return (this.#wholes[order] as number) + needed <= devices + 1e-3
    })
  }
}

import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { BinsNeeded, ShareBins } from './share-packing.js'

/** Of sums of weights. */
const ROUNDING = 1e-9
const DEVICE_ROUNDING = 1e-3

/** What is left on one node of a kind while it is filled: of every dimension, of its devices, and who may still come. */
export class NodeRoom {
  /** Of an empty node, in every dimension. */
  readonly capacity: Float64Array
  readonly left: Float64Array
  /** Copies taken of each deployment. */
  readonly counts: Int32Array
  readonly #bins: readonly ShareBins[]
  /** [position][deployment]: index of its share among the distinct shares; −1 for whole ones and none. */
  readonly #shareOf: readonly Int32Array[]
  readonly #shares: readonly Int32Array[]
  readonly #wholes: Float64Array
  readonly #usesDevices: Uint8Array
  readonly #conflicts: number
  /** [conflict × 2 + side]: copies of that side. */
  readonly #sides: Int32Array

  constructor(
    readonly problem: PatternProblem,
    readonly kind: number,
    bins: readonly ShareBins[]
  ) {
    const { deployments, dimensions, capacity, deviceDimensions, weight, conflictSide } = problem
    this.capacity = capacity
      .slice(kind * dimensions, (kind + 1) * dimensions)
      .map((limit) => limit + ROUNDING * Math.max(1, limit))
    this.left = this.capacity.slice()
    this.counts = new Int32Array(deployments)
    this.#bins = bins
    this.#shareOf = Array.from(deviceDimensions, (dimension, position) => {
      const { shares } = bins[position] as ShareBins
      return Int32Array.from({ length: deployments }, (_, item) =>
        shares.indexOf(weight[item * dimensions + dimension] as number)
      )
    })
    this.#shares = this.#bins.map(({ shares }) => new Int32Array(shares.length))
    this.#wholes = new Float64Array(deviceDimensions.length)
    this.#usesDevices = Uint8Array.from({ length: deployments }, (_, item) =>
      Number([...deviceDimensions].some((dimension) => (weight[item * dimensions + dimension] as number) > 0))
    )
    this.#conflicts = conflictSide.length / deployments
    this.#sides = new Int32Array(2 * this.#conflicts)
  }

  /** An empty node again. */
  clear(): void {
    this.left.set(this.capacity)
    this.counts.fill(0)
    this.#wholes.fill(0)
    this.#sides.fill(0)
    for (const shares of this.#shares) shares.fill(0)
  }

  /** Most copies more that every dimension but the packing of devices has room for, up to `most` in all. */
  fitting(item: number, most: number): number {
    if (this.#isShutOut(item)) return 0
    const { dimensions, weight } = this.problem
    let copies = most - (this.counts[item] as number)
    for (let dimension = 0; copies > 0 && dimension < dimensions; dimension++) {
      const amount = weight[item * dimensions + dimension] as number
      if (amount > 0) copies = Math.min(copies, Math.floor((this.left[dimension] as number) / amount))
    }
    return Math.max(0, copies)
  }

  /** Takes copies; false, and nothing taken, where they do not fit. */
  take(item: number, copies: number): boolean {
    if (copies === 0) return true
    if (this.#isShutOut(item)) return false
    const { dimensions, weight } = this.problem
    for (let dimension = 0; dimension < dimensions; dimension++) {
      if ((weight[item * dimensions + dimension] as number) * copies > (this.left[dimension] as number)) return false
    }
    this.#move(item, copies)
    if (this.#usesDevices[item] === 0 || this.#devicesFit('atLeast')) return true
    this.#move(item, -copies)
    return false
  }

  /** Takes as many as fit, fewer than `copies`. Returns how many. */
  takeFewer(item: number, copies: number): number {
    for (let fewer = copies - 1; fewer > 0; fewer--) if (this.take(item, fewer)) return fewer
    return 0
  }

  /** Gives copies back. */
  give(item: number, copies: number): void {
    this.#move(item, -copies)
  }

  /** Whether a packing of its devices is known. */
  get isSeatable(): boolean {
    return this.#devicesFit('enough')
  }

  #isShutOut(item: number): boolean {
    const { deployments, conflictSide } = this.problem
    for (let conflict = 0; conflict < this.#conflicts; conflict++) {
      const side = conflictSide[conflict * deployments + item] as number
      if (side > 0 && (this.#sides[conflict * 2 + (2 - side)] as number) > 0) return true
    }
    return false
  }

  #move(item: number, copies: number): void {
    const { deployments, dimensions, weight, deviceDimensions, conflictSide } = this.problem
    this.counts[item] = (this.counts[item] as number) + copies
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const amount = weight[item * dimensions + dimension] as number
      if (amount > 0) this.left[dimension] = (this.left[dimension] as number) - copies * amount
    }
    for (let position = 0; position < deviceDimensions.length; position++) {
      const share = (this.#shareOf[position] as Int32Array)[item] as number
      const held = this.#shares[position] as Int32Array
      const amount = weight[item * dimensions + (deviceDimensions[position] as number)] as number
      if (share >= 0) held[share] = (held[share] as number) + copies
      else this.#wholes[position] = (this.#wholes[position] as number) + copies * amount
    }
    for (let conflict = 0; conflict < this.#conflicts; conflict++) {
      const side = conflictSide[conflict * deployments + item] as number
      if (side === 0) continue
      const at = conflict * 2 + side - 1
      this.#sides[at] = (this.#sides[at] as number) + copies
    }
  }

  #devicesFit(estimate: keyof BinsNeeded): boolean {
    const { dimensions, deviceDimensions, capacity } = this.problem
    for (let position = 0; position < deviceDimensions.length; position++) {
      const devices = capacity[this.kind * dimensions + (deviceDimensions[position] as number)] as number
      const shares = this.#shares[position] as Int32Array
      let copies = 0
      for (let share = 0; share < shares.length; share++) copies += shares[share] as number
      // Each on a device of its own.
      if ((this.#wholes[position] as number) + copies <= devices) continue
      const needed = (this.#bins[position] as ShareBins).needed(shares)[estimate]
      if ((this.#wholes[position] as number) + needed > devices + DEVICE_ROUNDING) return false
    }
    return true
  }
}

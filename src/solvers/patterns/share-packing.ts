import { searchPacking } from '../../../models/devices/device-packing.js'
import { dualFeasibleFunctions } from '../../../models/devices/dual-feasible.js'

/** How many devices some shares need. */
export interface BinsNeeded {
  /** Proven: fewer never do. */
  readonly atLeast: number
  /** A packing onto so many is known. */
  readonly enough: number
}

/** Search nodes for one set of shares. Beyond them the two numbers may differ. */
const SEARCH_LIMIT = 1_000

/** Remembers how many devices a set of shares needs. Shares are given as counts of the distinct shares. */
export class ShareBins {
  readonly #needed = new Map<string, BinsNeeded>()
  /** The shares as they are, and rounded by dual-feasible functions: each sums to no more than the devices needed. */
  readonly #weights: readonly Float64Array[]

  constructor(readonly shares: readonly number[]) {
    const functions = dualFeasibleFunctions(shares).map(({ round }) => Float64Array.from(shares, round))
    this.#weights = [Float64Array.from(shares), ...functions]
  }

  needed(counts: Int32Array): BinsNeeded {
    const key = counts.join()
    const known = this.#needed.get(key)
    if (known !== undefined) return known
    const demands: number[] = []
    for (const [index, share] of this.shares.entries()) {
      for (let copy = 0; copy < (counts[index] as number); copy++) demands.push(share)
    }
    let atLeast = this.#weighted(counts)
    let enough = atLeast
    for (;;) {
      const { devices, isProven } = searchPacking(new Float64Array(enough), demands, SEARCH_LIMIT)
      if (devices !== null) break
      if (isProven && enough === atLeast) atLeast++
      enough++
    }
    const needed = { atLeast, enough }
    this.#needed.set(key, needed)
    return needed
  }

  #weighted(counts: Int32Array): number {
    let least = 0
    for (const weights of this.#weights) {
      let sum = 0
      for (let index = 0; index < counts.length; index++) sum += (counts[index] as number) * (weights[index] as number)
      least = Math.max(least, Math.ceil(sum - 1e-4))
    }
    return least
  }
}

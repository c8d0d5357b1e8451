import { searchPacking } from '../../../models/devices/device-packing.js'
import { dualFeasibleFunctions } from '../../../models/devices/dual-feasible.js'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { fullestDevice, widened } from '../../../models/instance/binding-limit.js'
import { TOLERANCE } from '../../../models/instance/instance.js'

/** How many devices some shares need. */
export interface BinsNeeded {
  /** Proven: fewer never do. */
  readonly atLeast: number
  /** A packing onto so many is known. */
  readonly enough: number
}

/** For one set of shares: beyond the search nodes the two numbers may differ. What is legal must not be proven impossible. */
const EFFORT = { limit: 1_000, full: widened(1) }

/** For each dimension that counts devices the shares of one that are asked for. All kinds of nodes share them: what was packed once need not be again. */
export function shareBins({ deployments, dimensions, deviceDimensions, weight }: PatternProblem): ShareBins[] {
  return Array.from(deviceDimensions, (dimension) => {
    const shares = new Set<number>()
    for (let deployment = 0; deployment < deployments; deployment++) {
      const share = weight[deployment * dimensions + dimension] as number
      if (share > 0 && share < 1) shares.add(share)
    }
    return new ShareBins([...shares].sort((left, right) => right - left))
  })
}

/** Remembers how many devices a set of shares needs. Shares are given as counts of the distinct shares. */
export class ShareBins {
  readonly #needed = new Map<string, BinsNeeded>()
  /** The shares of what the fullest device bears, and rounded by dual-feasible functions: each sums to no more than the devices needed. */
  readonly #weights: readonly Float64Array[]

  constructor(readonly shares: readonly number[]) {
    const functions = dualFeasibleFunctions(shares).map(({ round }) => Float64Array.from(shares, round))
    const full = fullestDevice(shares)
    this.#weights = [Float64Array.from(shares, (share) => share / full), ...functions]
  }

  needed(counts: Int32Array): BinsNeeded {
    const key = counts.join()
    const known = this.#needed.get(key)
    if (known !== undefined) return known
    const demands: number[] = []
    for (const [index, share] of this.shares.entries()) {
      // So little fits beside anything.
      if (share <= TOLERANCE) continue
      for (let copy = 0; copy < (counts[index] as number); copy++) demands.push(share)
    }
    let atLeast = this.#weighted(counts)
    let enough = atLeast
    for (;;) {
      const { devices, isProven } = searchPacking(new Float64Array(enough), demands, EFFORT)
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

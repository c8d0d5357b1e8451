import { packDevices } from '../../../models/devices/device-packing.js'

/** Remembers how many devices a set of shares needs. Shares are given as counts of the distinct shares. */
export class ShareBins {
  readonly #needed = new Map<string, number>()

  constructor(readonly shares: readonly number[]) {}

  /** The least number of devices that so many of each share fit on, exactly. */
  bins(counts: Int32Array): number {
    const key = counts.join()
    const known = this.#needed.get(key)
    if (known !== undefined) return known
    const demands: number[] = []
    for (const [index, share] of this.shares.entries()) {
      for (let copy = 0; copy < (counts[index] as number); copy++) demands.push(share)
    }
    let bins = Math.ceil(demands.reduce((sum, share) => sum + share, 0) - 1e-6)
    while (packDevices(new Float64Array(bins), demands) === null) bins++
    this.#needed.set(key, bins)
    return bins
  }
}

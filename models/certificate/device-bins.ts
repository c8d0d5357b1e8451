/** What one device bears: its limit, 1, with the tolerance of the contract. */
const DEVICE = 1 + 1.1e-6
/** Steps of one search for a packing; beyond them a packing is taken to be there. */
const STEPS = 20_000

/** Whether shares, each of one device, fit on so many devices. Remembers what it has found. */
export class DeviceBins {
  readonly #known = new Map<string, number>()

  /** `shares`, the greatest first. */
  constructor(readonly shares: readonly number[]) {}

  /** Devices that so many copies of each share need at least: exact, but for rare cases where the search is cut short. */
  needed(counts: Int32Array): number {
    const key = counts.join()
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const needed = this.#search(counts)
    this.#known.set(key, needed)
    return needed
  }

  #search(counts: Int32Array): number {
    let sum = 0
    let large = 0
    for (const [index, share] of this.shares.entries()) {
      sum += share * (counts[index] as number)
      if (share > DEVICE / 2) large += counts[index] as number
    }
    const least = Math.max(large, Math.ceil(sum / DEVICE - 1e-9))
    for (let devices = least; ; devices++) if (this.#fit(counts.slice(), devices, { left: STEPS })) return devices
  }

  /** Whether they fit: fills one device after another, the greatest share that is left first. */
  #fit(counts: Int32Array, devices: number, effort: { left: number }): boolean {
    const first = counts.findIndex((count) => count > 0)
    if (first < 0) return true
    if (devices === 0) return false
    const fill = (from: number, room: number): boolean => {
      if (--effort.left <= 0) return true
      let isFull = true
      for (let index = from; index < counts.length; index++) {
        const share = this.shares[index] as number
        if (counts[index] === 0 || share > room) continue
        isFull = false
        counts[index] = (counts[index] as number) - 1
        if (fill(index, room - share)) return true
        counts[index] = (counts[index] as number) + 1
      }
      // What has room for another share is no better than with it.
      return isFull && this.#fit(counts.slice(), devices - 1, effort)
    }
    counts[first] = (counts[first] as number) - 1
    const found = fill(first, DEVICE - (this.shares[first] as number))
    counts[first] = (counts[first] as number) + 1
    return found
  }
}

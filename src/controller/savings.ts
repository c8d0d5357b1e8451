const HOUR_MS = 3_600_000

/** A plan's saving is counted for so long: what the cluster would look like later without it nobody knows. */
const COUNTED_MS = 24 * HOUR_MS

interface Saving {
  readonly at: number
  readonly perHour: number
}

/** Money that executed plans have saved so far: what each saves an hour, from its end on, for a day at most. */
export class Savings {
  #settled = 0
  #open: Saving[] = []

  add(perHour: number, now: number): void {
    // A counter does not fall: a plan that had to make the cluster dearer has saved nothing.
    if (perHour > 0) this.#open.push({ at: now, perHour })
  }

  /** In money, by now. */
  at(now: number): number {
    for (const { perHour } of this.#open.filter(({ at }) => now - at >= COUNTED_MS)) {
      this.#settled += (perHour * COUNTED_MS) / HOUR_MS
    }
    this.#open = this.#open.filter(({ at }) => now - at < COUNTED_MS)
    return this.#open.reduce((sum, { at, perHour }) => sum + (perHour * (now - at)) / HOUR_MS, this.#settled)
  }
}

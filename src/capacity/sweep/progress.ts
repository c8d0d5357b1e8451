/** Where a sweep is. */
export interface SweepProgress {
  /** Scenarios with a record, those of earlier runs included. */
  readonly done: number
  readonly total: number
  readonly running: number
  /** Of those done. */
  readonly failed: number
  /** Of those done, taken from the journal. */
  readonly resumed: number
  readonly elapsedMs: number
  /** An estimate; null before the first scenario of this run has ended. */
  readonly remainingMs: number | null
}

/** Counts what a sweep does, and estimates what is left. Times in milliseconds, from a clock that only moves forward. */
export class SweepTally {
  readonly #begunAt: number
  readonly #running = new Map<string, number>()
  #done: number
  #failed: number
  #own = 0
  #spentMs = 0
  #mostRunning = 1

  constructor(
    readonly total: number,
    readonly resumed: number,
    failed: number,
    now: number
  ) {
    this.#begunAt = now
    this.#done = resumed
    this.#failed = failed
  }

  start(id: string, now: number): void {
    this.#running.set(id, now)
    this.#mostRunning = Math.max(this.#mostRunning, this.#running.size)
  }

  end(id: string, isFailed: boolean, now: number): void {
    this.#spentMs += now - (this.#running.get(id) ?? now)
    this.#running.delete(id)
    this.#own++
    this.#done++
    if (isFailed) this.#failed++
  }

  at(now: number): SweepProgress {
    const { total, resumed } = this
    const [done, failed, running] = [this.#done, this.#failed, this.#running.size]
    return { done, total, running, failed, resumed, elapsedMs: now - this.#begunAt, remainingMs: this.#remaining(now) }
  }

  /** What waits takes the mean of what has ended, what runs the rest of it, and so many run at a time as did so far. */
  #remaining(now: number): number | null {
    if (this.#done === this.total) return 0
    if (this.#own === 0) return null
    const mean = this.#spentMs / this.#own
    const waiting = this.total - this.#done - this.#running.size
    const open = [...this.#running.values()].reduce((sum, begun) => sum + Math.max(0, mean - (now - begun)), 0)
    return (waiting * mean + open) / this.#mostRunning
  }
}

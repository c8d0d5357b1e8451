/** What is counted as work, and how much of it makes one unit: about a millisecond of one core. */
const UNITS = { iterations: 40, steps: 1_000, cells: 16_384 } as const

/** How long a search may go on: until somebody stops it, or so much work is done. Counts where the time goes. */
export class Effort {
  #work = 0
  readonly #started = performance.now()
  readonly #spent = new Map<string, number>()

  constructor(
    readonly stopped: () => boolean,
    /** Units of work; Infinity for no limit. Work is counted the same on every machine. */
    readonly workLimit = Infinity,
    /** Milliseconds after which somebody stops it; Infinity when nobody says. */
    readonly timeLimitMs = Infinity
  ) {}

  get isSpent(): boolean {
    return this.#work >= this.workLimit || this.stopped()
  }

  /** Milliseconds that are left, as far as anybody says. */
  get remainingMs(): number {
    return this.timeLimitMs - (performance.now() - this.#started)
  }

  /** Which part of what there is, of work or of time, is used up. */
  get share(): number {
    if (Number.isFinite(this.workLimit)) return this.#work / this.workLimit
    return (performance.now() - this.#started) / this.timeLimitMs
  }

  /** Units of work by now. */
  get done(): number {
    return this.#work
  }

  work(amount: number, of: keyof typeof UNITS): void {
    this.#work += amount / UNITS[of]
  }

  /** Does something and counts its milliseconds. */
  time<Output>(part: string, task: () => Output): Output {
    const started = performance.now()
    try {
      return task()
    } finally {
      this.#spent.set(part, (this.#spent.get(part) ?? 0) + performance.now() - started)
    }
  }

  /** Milliseconds by part. */
  get profile(): Record<string, number> {
    return Object.fromEntries(this.#spent)
  }
}

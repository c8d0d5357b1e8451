/**
 * The time that one solve has taken and has left. It goes by the wall clock as well, since solvers do: where that one is
 * ahead, a solver may have stopped for it.
 */
export class Clock {
  readonly #started = performance.now()
  readonly #startedAt = Date.now()
  readonly #limitMs: number

  /** Without a limit in milliseconds it never expires. */
  constructor(limitMs = Number.POSITIVE_INFINITY) {
    this.#limitMs = limitMs
  }

  get seconds(): number {
    return (performance.now() - this.#started) / 1000
  }

  get remainingMs(): number {
    const elapsed = Math.max(performance.now() - this.#started, Date.now() - this.#startedAt)
    return Math.max(0, this.#limitMs - elapsed)
  }

  get expired(): boolean {
    return this.remainingMs === 0
  }
}

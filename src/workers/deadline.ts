/** Longest delay that setTimeout takes; longer ones would fire at once. */
const longestTimerMs = 2 ** 31 - 1

/** Calls once, at the earliest of the moments it is given. */
export class Deadline {
  readonly #reached: () => void
  #at = Number.POSITIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined
  #isOver = false

  constructor(reached: () => void) {
    this.#reached = reached
  }

  /** Milliseconds left; Infinity when there is no deadline. */
  get remainingMs(): number {
    return Math.max(0, this.#at - performance.now())
  }

  /** Brings the deadline forward to so many milliseconds from now; a later one changes nothing. */
  within(milliseconds: number): void {
    if (milliseconds >= this.remainingMs) return
    this.#at = performance.now() + milliseconds
    clearTimeout(this.#timer)
    if (milliseconds <= longestTimerMs) this.#timer = setTimeout(() => this.#reach(), milliseconds)
  }

  /** Calls now if the moment has come: for where messages leave timers no turn. */
  check(): void {
    if (this.remainingMs === 0) this.#reach()
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#isOver = true
  }

  #reach(): void {
    if (this.#isOver) return
    this.clear()
    this.#reached()
  }
}

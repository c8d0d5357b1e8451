/** Most messages that are read of a thread in a second. Solvers tell something a few times a second. */
const mostPerSecond = 10_000

/**
 * Counts what a thread says, to tell a flood. In Node one leaves timers no turn, and what is not read yet fills the memory: a
 * thread that floods its parent must be ended.
 */
export class FloodGauge {
  #since = Number.NEGATIVE_INFINITY
  #messages = 0

  /** Counts one more message. True when there are too many. */
  add(): boolean {
    const now = performance.now()
    if (now - this.#since > 1000) {
      this.#since = now
      this.#messages = 0
    }
    return ++this.#messages > mostPerSecond
  }
}

import type { BackoffPolicy } from './policy.js'

/** What fails for reasons of its own: the looking, which is mended when it succeeds, and the doing, which is not mended by looking. */
export type Kind = 'looking' | 'doing'

/** How long is waited after failures in a row: first × 2ⁿ, and at most so long. Times in milliseconds. */
export class Backoff {
  readonly #failures = new Map<Kind, number>()
  #until: number | null = null

  constructor(private readonly policy: BackoffPolicy) {}

  get failures(): number {
    return Math.max(0, ...this.#failures.values())
  }

  /** Until when nothing is to be done; null: nothing is in the way. */
  until(now: number): number | null {
    return this.#until !== null && this.#until > now ? this.#until : null
  }

  /** @returns for how many seconds is waited */
  fail(kind: Kind, now: number): number {
    const failures = (this.#failures.get(kind) ?? 0) + 1
    this.#failures.set(kind, failures)
    const { firstSeconds, mostSeconds } = this.policy
    const seconds = Math.min(mostSeconds, firstSeconds * 2 ** Math.min(failures - 1, 1000))
    this.#until = Math.max(this.#until ?? 0, now + seconds * 1000)
    return seconds
  }

  succeed(kind: Kind): void {
    this.#failures.delete(kind)
    if (this.#failures.size === 0) this.#until = null
  }
}

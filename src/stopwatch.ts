/** Wall time since a start, and what is left of a limit. All in milliseconds. */
export interface Stopwatch {
  readonly limitMs: number
  elapsedMs(): number
  remainingMs(): number
  expired(): boolean
  /** A watch with the same start that runs out earlier. */
  until(limitMs: number): Stopwatch
}

/** Starts a watch. `limitMs` may be Infinity. */
export function startStopwatch(limitMs: number, startedAt = performance.now()): Stopwatch {
  const elapsedMs = () => performance.now() - startedAt
  return {
    limitMs,
    elapsedMs,
    remainingMs: () => Math.max(0, limitMs - elapsedMs()),
    expired: () => elapsedMs() >= limitMs,
    until: (earlier) => startStopwatch(Math.min(limitMs, earlier), startedAt)
  }
}

/** How long a piece of work may keep the thread to itself, in milliseconds. */
const MOST_AT_A_TIME = 30

/** Lets timers, signals and messages through. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

/**
 * Does steps until one yields something, or they end, but no longer than one turn: then null, as if the last had yielded that. The
 * caller lets others have the thread and comes back.
 */
export function takeTurn<Yielded, Output>(
  steps: Generator<Yielded | null, Output>
): IteratorResult<Yielded | null, Output> {
  const started = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done === true || step.value !== null || performance.now() - started > MOST_AT_A_TIME) return step
  }
}

import type { Clock } from '../execution/clock.js'

/** A signal that is aborted with the first of several; `release` ends listening to them. */
export function anySignal(...signals: readonly (AbortSignal | undefined)[]): {
  readonly signal: AbortSignal
  readonly release: () => void
} {
  const any = new AbortController()
  const takeOff: (() => void)[] = []
  for (const signal of signals) {
    if (signal === undefined) continue
    const abort = () => any.abort(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    takeOff.push(() => signal.removeEventListener('abort', abort))
  }
  const release = () => {
    for (const take of takeOff) take()
  }
  return { signal: any.signal, release }
}

/**
 * Asks somebody who may never answer, throw at once or not listen to a signal. Rejects after so many milliseconds,
 * and with the signal's reason when it is aborted; what comes later is nobody's.
 *
 * @param what is called so in messages: `read`
 */
export async function askWithin<Answer>(
  what: string,
  ask: (signal: AbortSignal) => PromiseLike<Answer> | Answer,
  limitMs: number,
  clock: Clock,
  signal: AbortSignal
): Promise<Answer> {
  signal.throwIfAborted()
  const timer = new AbortController()
  const late = new AbortController()
  const inner = anySignal(signal, late.signal)
  const answer = Promise.resolve().then(() => ask(inner.signal))
  const given = new Promise<never>((_, reject) => {
    inner.signal.addEventListener('abort', () => reject(inner.signal.reason), { once: true })
  })
  answer.catch(() => {})
  given.catch(() => {})
  void clock.sleep(limitMs, timer.signal).then(
    () => late.abort(new Error(`${what} did not answer within ${limitMs / 1000} s`)),
    () => {}
  )
  try {
    return await Promise.race([answer, given])
  } finally {
    timer.abort()
    inner.release()
  }
}

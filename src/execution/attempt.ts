import { formatPrecise } from '../report/text/numbers.js'
import type { Clock } from './clock.js'
import { type Fault, toFault } from './step-record.js'

/** How one call ended. */
export type Ending =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'failed'; readonly fault: Fault; readonly message: string; readonly node?: string }

/** What ends calls before their deadlines: those that are under way when it happens, and at once those that come later. */
export class Recall {
  #reason: { readonly value: unknown } | null = null
  // One signal for all would do, but that Node warns of more than ten listeners as of a leak.
  readonly #calls = new Set<(reason: unknown) => void>()

  end(reason: unknown): void {
    this.#reason ??= { value: reason }
    for (const call of this.#calls) call(reason)
  }

  /** Calls `end` when it happens, until the returned function is called. */
  whenEnded(end: (reason: unknown) => void): () => void {
    if (this.#reason !== null) end(this.#reason.value)
    else this.#calls.add(end)
    return () => this.#calls.delete(end)
  }
}

/**
 * Makes a call and waits for it until a deadline, and not for ever: a driver that does not listen to the signal is left alone with
 * what it does. Whatever it throws, and whenever, is an ending or nothing.
 *
 * @param onLate told when the call succeeds after its deadline
 */
export async function attempt(
  ask: (signal: AbortSignal) => Promise<void>,
  deadlineMs: number,
  clock: Clock,
  recall: Recall,
  onLate: () => void
): Promise<Ending> {
  const call = new AbortController()
  const timer = new AbortController()
  const takeOff = recall.whenEnded((reason) => {
    timer.abort()
    call.abort(reason)
  })
  const answered = Promise.resolve()
    .then(() => ask(call.signal))
    .then((): Ending => ({ outcome: 'done' }), describeFailure)
  const late = clock.sleep(deadlineMs, timer.signal).then(
    (): Ending => ({
      outcome: 'failed',
      fault: 'deadline',
      message: `no answer within ${formatPrecise(deadlineMs / 1000)} s`
    }),
    // The timer is switched off when the answer is there; a clock that fails must not end the wait.
    () => answered
  )
  try {
    const ending = await Promise.race([answered, late])
    if (ending.outcome === 'done' || ending.fault !== 'deadline') return ending
    call.abort(new Error(ending.message))
    void answered.then(({ outcome }) => outcome === 'done' && onLate())
    return ending
  } finally {
    timer.abort()
    takeOff()
  }
}

/** A rejection in the journal's words. Errors of another copy of this package count, too. */
function describeFailure(thrown: unknown): Ending {
  try {
    if (typeof thrown !== 'object' || thrown === null)
      return { outcome: 'failed', fault: 'failed', message: `${String(thrown)}` }
    const { name, message, fault, node } = thrown as {
      name?: unknown
      message?: unknown
      fault?: unknown
      node?: unknown
    }
    const isStepError = name === 'StepError' && typeof fault === 'string'
    return {
      outcome: 'failed',
      fault: isStepError ? toFault(fault) : 'failed',
      message: typeof message === 'string' && message !== '' ? message : String(name ?? 'failed'),
      ...(isStepError && typeof node === 'string' ? { node } : {})
    }
  } catch {
    return { outcome: 'failed', fault: 'failed', message: 'what was thrown cannot be read' }
  }
}

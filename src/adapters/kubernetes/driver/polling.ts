import { isFault, isPassing } from './api/api-fault.js'
import type { DriverContext } from './context.js'

/** Failures in a row of a server that is looked at again and again, before they count. */
const MOST_FAILURES = 10

/**
 * Looks again and again until there is something. A conflict with another writer only means to look again; of failures that pass, a
 * few in a row are borne, as the wait may be long.
 */
export async function pollUntil<Value>(
  { clock, settings }: Pick<DriverContext, 'clock' | 'settings'>,
  signal: AbortSignal,
  probe: () => Promise<Value | undefined>
): Promise<Value> {
  for (let failures = 0; ; ) {
    signal.throwIfAborted()
    try {
      const value = await probe()
      if (value !== undefined) return value
      failures = 0
    } catch (error) {
      signal.throwIfAborted()
      if (isFault(error, 409)) failures = 0
      else if (!isPassing(error) || ++failures >= MOST_FAILURES) throw error
    }
    await clock.sleep(settings.pollMs, signal)
  }
}

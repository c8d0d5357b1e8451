import type { WorkerHandle } from './worker-handle.js'

/** Milliseconds after the last work of a thread in which the engine finishes what it compiles for it. */
export const quietMs = 100

/** Most workers that leave at a time. */
const mostLeaving = 2

/**
 * Ends workers when it is safe: in browsers at once. Node takes a thread off its platform before it waits for the
 * compiler that works for the thread in the background; where the compiler asks for the platform in between, the whole
 * process aborts (`node_platform.cc`, ForIsolate; since nodejs/node#51290). So a worker answers its last call first, and
 * is left in peace for a moment. One that does not answer in time, or is in the way of others, is killed.
 */
export class Retirement {
  readonly #leaving = new Map<WorkerHandle, { readonly hurry: AbortController; readonly gone: Promise<void> }>()

  /** Ends a worker once `answered` has settled and all is quiet, at the latest after so many milliseconds. */
  add(handle: WorkerHandle, answered: Promise<unknown>, lingerMs: number): void {
    const [oldest] = this.#leaving.values()
    if (this.#leaving.size >= mostLeaving) oldest?.hurry.abort()
    const hurry = new AbortController()
    const gone = this.#end(handle, answered, lingerMs, hurry.signal)
    this.#leaving.set(handle, { hurry, gone })
  }

  /** Waits until all that leave are gone. */
  async finished(): Promise<void> {
    const leaving = [...this.#leaving]
    for (const [handle] of leaving) handle.ref()
    await Promise.all(leaving.map(([, { gone }]) => gone))
  }

  async #end(handle: WorkerHandle, answered: Promise<unknown>, lingerMs: number, hurry: AbortSignal): Promise<void> {
    // At once means now: a thread that floods this one leaves timers no turn.
    if (!handle.endsSafely && lingerMs > 0) {
      const quiet = answered.catch(() => {}).then(() => pause(quietMs))
      await Promise.race([quiet, pause(lingerMs), aborted(hurry), aborted(handle.died)])
    }
    // One that cannot be ended is gone as far as anybody here can tell.
    await handle.terminate().catch(() => {})
    this.#leaving.delete(handle)
  }
}

/** Keeps no process alive. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer: number | { unref?: () => void } = setTimeout(resolve, milliseconds)
    if (typeof timer === 'object') timer.unref?.()
  })
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

import type { Clock } from '../execution/clock.js'

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/**
 * Virtual time, beginning at 0 ms. It stands still while anything is being done, and jumps to the next sleeper when all promises have
 * settled: by time, and among equals in the order in which they lay down. What is slept through costs no time. What has to be waited for
 * outside, such as threads that plan, says so by `outside`: meanwhile time stands still.
 */
export class SimulatedClock implements Clock {
  #now = 0
  /** By time; of equals the earlier one first. */
  readonly #sleepers: Sleeper[] = []
  /** What is waited for that virtual time does not bring. */
  readonly #outside = new Set<Promise<unknown>>()

  now(): number {
    return this.#now
  }

  /** Calls `wake` after so many milliseconds of virtual time, unless it is taken back before. */
  after(milliseconds: number, wake: () => void): () => void {
    const sleeper = { at: this.#now + Math.max(0, milliseconds), wake }
    this.#sleepers.splice(this.#positionAfter(sleeper.at), 0, sleeper)
    return () => {
      const position = this.#sleepers.indexOf(sleeper)
      if (position >= 0) this.#sleepers.splice(position, 1)
    }
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason)
        return
      }
      const abort = () => {
        takeBack()
        reject(signal?.reason)
      }
      const takeBack = this.after(milliseconds, () => {
        signal?.removeEventListener('abort', abort)
        resolve()
      })
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  /** Waits for something real, such as threads, files or a socket, while virtual time stands still: it takes no time at all. */
  outside<Output>(real: PromiseLike<Output>): Promise<Output> {
    const settled = Promise.resolve(real)
    const awaited = settled.then(
      () => {},
      () => {}
    )
    this.#outside.add(awaited)
    void awaited.then(() => this.#outside.delete(awaited))
    return settled
  }

  /**
   * Does the work, letting time pass whenever it waits for time alone. Sleepers that are left over stay asleep. Rejects when the work
   * waits for something that no sleeper brings: of the real clock and real I/O it knows only what is awaited by `outside`.
   */
  async run<Output>(work: () => Promise<Output>): Promise<Output> {
    let isOver = false
    const output = work().finally(() => {
      isOver = true
    })
    // Whoever awaits the output learns of a failure; meanwhile it is nobody's.
    const ended = output.then(
      () => {},
      () => {}
    )
    for (;;) {
      await allPromisesSettle()
      if (isOver) return output
      if (this.#outside.size > 0) {
        await Promise.race([...this.#outside, ended])
        continue
      }
      const next = this.#sleepers.shift()
      if (next === undefined) throw new Error('the simulation waits for something that time does not bring')
      this.#now = next.at
      next.wake()
    }
  }

  #positionAfter(at: number): number {
    let [low, high] = [0, this.#sleepers.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sleepers[middle] as Sleeper).at <= at) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** A macrotask: every promise that can settle without time or I/O has settled before it. The quickest that the platform has. */
const allPromisesSettle: () => Promise<void> = (() => {
  if (typeof setImmediate === 'function') return () => new Promise<void>((resolve) => setImmediate(resolve))
  // Pages hold back nested timeouts by milliseconds, but no messages.
  if (typeof MessageChannel === 'function') {
    return () =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          port1.close()
          resolve()
        }
        port2.postMessage(null)
      })
  }
  return () => new Promise<void>((resolve) => setTimeout(resolve, 0))
})()

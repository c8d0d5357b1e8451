import type { WorkerThread } from './worker-thread.js'

/** Lends each thread to one borrower at a time, first come, first served. */
export class ThreadQueue {
  readonly threads: readonly WorkerThread[]
  readonly #idle: Set<WorkerThread>
  readonly #waiting = new Set<(thread: WorkerThread) => void>()

  constructor(threads: readonly WorkerThread[]) {
    this.threads = threads
    this.#idle = new Set(threads)
  }

  /** Waits for a thread; null once `stop` aborts. Threads that have started are lent before those that have not. */
  async borrow(stop: AbortSignal): Promise<WorkerThread | null> {
    if (stop.aborted) return null
    const idle = [...this.#idle]
    const thread = idle.find((candidate) => candidate.spawned) ?? idle[0]
    if (thread !== undefined) {
      this.#idle.delete(thread)
      return thread
    }
    return await new Promise((resolve) => {
      const leave = () => {
        this.#waiting.delete(take)
        resolve(null)
      }
      const take = (lent: WorkerThread) => {
        stop.removeEventListener('abort', leave)
        resolve(lent)
      }
      stop.addEventListener('abort', leave, { once: true })
      this.#waiting.add(take)
    })
  }

  giveBack(thread: WorkerThread): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#idle.add(thread)
      return
    }
    this.#waiting.delete(next)
    next(thread)
  }
}

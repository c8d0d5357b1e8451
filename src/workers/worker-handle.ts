import type { Endpoint } from 'comlink'

/** A worker thread as the pool sees it, the same in Node and in browsers. */
export interface WorkerHandle {
  readonly endpoint: Endpoint
  /** Aborts when the thread is gone, `terminate` included, after its last message; the reason is a WorkerDiedError. */
  readonly died: AbortSignal
  /** Whether the thread may be killed at any moment without harm to others; where not, it is left in peace first. */
  readonly endsSafely: boolean
  /** Kills the thread, whatever it is doing. */
  terminate(): Promise<void>
  /** Keeps the process alive. */
  ref(): void
  /** Lets the process end. A fresh worker is in this state. */
  unref(): void
}

/** The thread under a call ended before it answered. */
export class WorkerDiedError extends Error {
  override readonly name = 'WorkerDiedError'
  readonly code = 'WORKER_DIED'
}

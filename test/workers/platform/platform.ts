import { Worker } from 'node:worker_threads'
import './killed-threads.js'

/** The worker of the package for this platform. */
export const solverWorker = new URL('../../../dist/src/workers/solver-worker.node.js', import.meta.url)

/** Whether memory can be shared with workers here. */
export const sharesMemory = true

/** A worker whose end can be seen. */
export class TestWorker extends Worker {
  get hasEnded(): boolean {
    return this.threadId === -1
  }
}

import { Worker } from 'node:worker_threads'

/** Makes workers of the package and remembers them, so that a test can look at them or kill them. */
export function watchedWorkers(script = '../../dist/src/workers/solver-worker.node.js', workerData?: unknown) {
  const workers: Worker[] = []
  const createWorker = () => {
    const worker = new Worker(new URL(script, import.meta.url), { workerData })
    workers.push(worker)
    return worker
  }
  return { workers, createWorker }
}

/** Workers that answer only while their gate is open, `answered` says whether one has. */
export function gatedWorkers() {
  const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
  return {
    ...watchedWorkers('./gated-worker.mjs', shared),
    open: () => {
      Atomics.store(shared, 0, 1)
      Atomics.notify(shared, 0)
    },
    /** Blocks this thread. */
    waitForAnswer: () => void Atomics.wait(shared, 1, 0)
  }
}

import { Worker } from 'node:worker_threads'

/** Makes workers of the package and remembers them, so that a test can look at them or kill them. */
export function watchedWorkers(script = '../../dist/src/workers/solver-worker.node.js') {
  const workers: Worker[] = []
  const createWorker = () => {
    const worker = new Worker(new URL(script, import.meta.url))
    workers.push(worker)
    return worker
  }
  return { workers, createWorker }
}

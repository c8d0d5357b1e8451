import { Worker } from 'node:worker_threads'
import '../workers/platform/killed-threads.js'

/** Workers of the package that can be killed. */
export function mortalWorkers() {
  const workers: Worker[] = []
  const createWorker = () => {
    const worker = new Worker(new URL('../../dist/src/workers/solver-worker.node.js', import.meta.url))
    workers.push(worker)
    return worker
  }
  return { workers, createWorker }
}

/** Kills them all, and those that follow them, three times a second until it is stopped. */
export function reap(workers: Worker[]) {
  let killed = 0
  const timer = setInterval(() => {
    for (const worker of workers.splice(0)) {
      killed++
      void worker.terminate()
    }
  }, 300)
  return {
    /** @returns how many were killed */
    stop: () => {
      clearInterval(timer)
      return killed
    }
  }
}

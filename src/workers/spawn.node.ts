import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expectWorker } from './expect-worker.js'
import { nodeEndpoint } from './node-endpoint.js'
import { WorkerDiedError, type WorkerHandle } from './worker-handle.js'

export type PlatformWorker = Worker

/** Threads that this machine runs at once. */
export function availableThreads(): number {
  return availableParallelism()
}

export function spawnWorker(): PlatformWorker {
  // Flags of the host, such as --input-type, are not meant for this file.
  return new Worker(new URL('./solver-worker.node.js', import.meta.url), { name: 'solver-worker', execArgv: [] })
}

let threads = 0

/** Whether any thread that was adopted is alive. */
export function hasThreads(): boolean {
  return threads > 0
}

export function adoptWorker(worker: PlatformWorker): WorkerHandle {
  const methods = ['postMessage', 'terminate', 'on', 'once', 'off', 'ref', 'unref']
  expectWorker(worker, methods, 'a Worker of node:worker_threads')
  const death = new AbortController()
  const die = (message: string, cause?: unknown) => death.abort(new WorkerDiedError(message, { cause }))
  threads++
  worker.unref()
  worker.once('exit', () => threads--)
  worker.once('error', (error) => die(`the worker failed: ${error.message}`, error))
  worker.once('exit', (code) => die(`the worker exited with code ${code}`))
  worker.once('messageerror', (error) => {
    die('the worker sent what cannot be read', error)
    void worker.terminate()
  })
  return {
    endpoint: nodeEndpoint(worker),
    died: death.signal,
    endsSafely: false,
    terminate: async () => void (await worker.terminate()),
    ref: () => worker.ref(),
    unref: () => worker.unref()
  }
}

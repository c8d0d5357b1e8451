import { expectWorker } from './expect-worker.js'
import { WorkerDiedError, type WorkerHandle } from './worker-handle.js'

export type PlatformWorker = Worker

/** Threads that this machine runs at once; 2 where the browser does not say. */
export function availableThreads(): number {
  return navigator.hardwareConcurrency ?? 2
}

export function spawnWorker(): PlatformWorker {
  // Bundlers find a worker only in exactly these words.
  return new Worker(new URL('./solver-worker.js', import.meta.url), { type: 'module' })
}

export function adoptWorker(worker: PlatformWorker): WorkerHandle {
  expectWorker(worker, ['postMessage', 'terminate', 'addEventListener', 'removeEventListener'], 'a Worker')
  const death = new AbortController()
  const die = (message: string) => {
    worker.terminate()
    death.abort(new WorkerDiedError(message))
  }
  worker.addEventListener('error', (event) => {
    // Whoever called learns of it: it is not for the error handler of the page, too.
    event.preventDefault()
    // Browsers do not tell what they could not load.
    die(`the worker failed: ${event.message || 'its script, or one that it imports, could not be loaded'}`)
  })
  worker.addEventListener('messageerror', () => die('the worker sent what cannot be read'))
  return {
    endpoint: worker,
    died: death.signal,
    endsSafely: true,
    terminate: async () => die('the worker was terminated'),
    ref: () => {},
    unref: () => {}
  }
}

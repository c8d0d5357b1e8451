import { sharesMemory, solverWorker, TestWorker } from './platform/platform.js'

/** What the workers of tests do, each said in its file in scripts/. */
type Script = 'crashing' | 'failing' | 'flooding' | 'gated' | 'glpk' | 'nonsense' | 'stubborn'

/** Makes workers, those of the package unless told otherwise, and remembers them: a test can look at them or kill them. */
export function watchedWorkers(script: Script | null = null, data?: unknown) {
  const url = script === null ? solverWorker : new URL(`./scripts/${script}-worker.mjs`, import.meta.url)
  const workers: TestWorker[] = []
  const createWorker = () => {
    const worker = new TestWorker(url)
    if (data !== undefined) worker.postMessage(data)
    workers.push(worker)
    return worker
  }
  return { workers, createWorker }
}

/** Skips a test where memory cannot be shared with workers. */
export function needSharedMemory(skip: (reason: string) => never): void {
  if (!sharesMemory) skip('needs shared memory, which browsers give to isolated pages only')
}

/** Workers that answer only while their gate is open; the test is skipped where memory cannot be shared. */
export function gatedWorkers(skip: (reason: string) => never) {
  needSharedMemory(skip)
  const gate = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
  return {
    ...watchedWorkers('gated', { gate }),
    open: () => {
      Atomics.store(gate, 0, 1)
      Atomics.notify(gate, 0)
    },
    /** Blocks this thread: by turning, for the main thread of a page may not wait. */
    waitForAnswer: () => {
      while (Atomics.load(gate, 1) === 0);
    }
  }
}

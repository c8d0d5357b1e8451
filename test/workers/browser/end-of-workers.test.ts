import { expect, onTestFinished, test, vi } from 'vitest'
import { createSolverPool } from '../../../dist/src/workers/pool.js'
import { packingProgram } from '../../solvers/packing-program.js'
import { TestWorker } from '../platform/platform.js'
import { watchedWorkers } from '../worker-fixtures.js'

const job = { solver: 'highs', program: packingProgram(6, 3) } as const

/** Notes what reaches the error handlers of the page. */
function watchPage() {
  const heard = vi.fn()
  window.addEventListener('error', heard)
  onTestFinished(() => window.removeEventListener('error', heard))
  return heard
}

test('a worker that is given up is killed at once: a browser takes no harm', async () => {
  const { workers, createWorker } = watchedWorkers('stubborn')
  await using pool = createSolverPool({ createWorker, graceMs: 1, lingerMs: 1e9 })
  const controller = new AbortController()
  const outcome = await pool.run(job, { signal: controller.signal, onProgress: () => controller.abort() })
  expect(outcome).toMatchObject({ termination: 'interrupted', objective: 3 })
  expect(workers.map(({ hasEnded }) => hasEnded)).toEqual([true])
})

test('what fails in a worker is told to the caller and not to the page', async () => {
  const heard = watchPage()
  await using pool = createSolverPool(watchedWorkers('crashing'))
  await expect(pool.run(job)).rejects.toMatchObject({ message: expect.stringContaining('RangeError: out of luck') })
  expect(heard).not.toHaveBeenCalled()
})

test('a script that is not there has no message of its own; ours says what may be wrong', async () => {
  const createWorker = () => new TestWorker(new URL('../no-such-worker.mjs', import.meta.url))
  await using pool = createSolverPool({ createWorker })
  const message = 'the worker failed: its script, or one that it imports, could not be loaded'
  await expect(pool.run(job)).rejects.toMatchObject({ code: 'WORKER_DIED', message })
})

test('a message that cannot be read ends its worker', async () => {
  const { workers, createWorker } = watchedWorkers('stubborn')
  await using pool = createSolverPool({ createWorker })
  // No page can send such a message to itself: what shares its memory can always be read.
  const fail = (worker: unknown) => (worker as EventTarget).dispatchEvent(new MessageEvent('messageerror'))
  const onProgress = () => void fail(workers[0])
  await expect(pool.run(job, { onProgress })).rejects.toMatchObject({
    code: 'WORKER_DIED',
    message: expect.stringContaining('cannot be read')
  })
  expect(workers[0]?.hasEnded).toBe(true)
})

import { once } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import { createSolverPool, type SolverPool } from '../../dist/src/workers/pool.js'
import { packingProgram } from '../solvers/packing-program.js'
import { gatedWorkers, watchedWorkers } from './worker-fixtures.js'

const job = { solver: 'highs', program: packingProgram(6, 3) } as const

afterEach(() => vi.useRealTimers())

/** Runs the job and aborts it at its point. */
async function runAndAbort(pool: SolverPool) {
  const controller = new AbortController()
  return await pool.run(job, { signal: controller.signal, onProgress: () => controller.abort() })
}

test('a solver that outstays its grace is not killed: it ends when it has answered, beside its successor', async () => {
  const { workers, createWorker, open } = gatedWorkers()
  await using pool = createSolverPool({ createWorker, graceMs: 1, lingerMs: 2 ** 31 - 1 })
  const terminated: number[] = []
  for (let run = 0; run < 2; run++) {
    expect(await runAndAbort(pool)).toMatchObject({ termination: 'interrupted', objective: 3 })
    const worker = workers[run]
    if (worker !== undefined) vi.spyOn(worker, 'terminate').mockImplementation(async () => terminated.push(run))
  }
  expect(workers).toHaveLength(2)
  expect(terminated).toEqual([])
  vi.restoreAllMocks()
  const exits = workers.map((worker) => once(worker, 'exit'))
  open()
  await Promise.all(exits)
})

test('no more than two linger: the oldest makes room', async () => {
  const { workers, createWorker } = watchedWorkers('./stubborn-worker.mjs')
  const pool = createSolverPool({ createWorker, graceMs: 1, lingerMs: 2 ** 31 - 1 })
  await runAndAbort(pool)
  const exits = workers.map((worker) => once(worker, 'exit'))
  await runAndAbort(pool)
  expect(workers.map(({ threadId }) => threadId)).not.toContain(-1)
  await runAndAbort(pool)
  await Promise.all(exits)
  expect(workers.map(({ threadId }) => threadId === -1)).toEqual([true, false, false])
  await Promise.all(workers.map((worker) => worker.terminate()))
  await pool.close()
})

test('one that never answers is killed in the end', async () => {
  const { workers, createWorker } = watchedWorkers('./stubborn-worker.mjs')
  const pool = createSolverPool({ createWorker, graceMs: 1, lingerMs: 20 })
  await runAndAbort(pool)
  await pool.close()
  expect(workers[0]?.threadId).toBe(-1)
})

test('close waits for a solver that is about to answer', async () => {
  const { workers, createWorker, open } = gatedWorkers()
  const pool = createSolverPool({ createWorker, graceMs: 1, lingerMs: 2 ** 31 - 1 })
  const run = runAndAbort(pool)
  await run
  const [worker] = workers
  const killed = vi.fn()
  const terminate = worker?.terminate.bind(worker)
  const answers = vi.fn()
  worker?.on('message', answers)
  if (worker !== undefined && terminate !== undefined) {
    worker.terminate = () => {
      killed(answers.mock.calls.length)
      return terminate()
    }
  }
  const closed = pool.close()
  open()
  await closed
  expect(killed).toHaveBeenCalledExactlyOnceWith(1)
})

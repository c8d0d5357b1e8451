import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { expect, test, vi } from 'vitest'
import { createSolverPool, type SolverPool } from '../../../dist/src/workers/pool.js'
import { packingProgram } from '../../solvers/packing-program.js'
import { gatedWorkers, watchedWorkers } from '../worker-fixtures.js'

const job = { solver: 'highs', program: packingProgram(6, 3) } as const

/** The longest delay of a timer. */
const never = 2 ** 31 - 1

/** Runs the job and aborts it at its point. */
async function runAndAbort(pool: SolverPool) {
  const controller = new AbortController()
  return await pool.run(job, { signal: controller.signal, onProgress: () => controller.abort() })
}

/** Notes, whenever a worker whose job was given up is terminated, whether it had answered before. */
function watchEnd(worker: Worker | undefined) {
  if (worker === undefined) throw new Error('no worker')
  const end = { answered: false, terminatedAfterAnswer: [] as boolean[], exit: once(worker, 'exit') }
  worker.on('message', () => {
    end.answered = true
  })
  const terminate = worker.terminate.bind(worker)
  vi.spyOn(worker, 'terminate').mockImplementation(() => {
    end.terminatedAfterAnswer.push(end.answered)
    return terminate()
  })
  return end
}

test('a solver that outstays its grace is not killed: it ends when it has answered, beside its successor', async ({
  skip
}) => {
  const { workers, createWorker, open } = gatedWorkers(skip)
  await using pool = createSolverPool({ createWorker, graceMs: 1, lingerMs: never })
  expect(await runAndAbort(pool)).toMatchObject({ termination: 'interrupted', objective: 3 })
  expect(await runAndAbort(pool)).toMatchObject({ termination: 'interrupted', objective: 3 })
  expect(workers).toHaveLength(2)
  const ends = workers.map(watchEnd)
  open()
  await Promise.all(ends.map(({ exit }) => exit))
  expect(ends.map(({ terminatedAfterAnswer }) => terminatedAfterAnswer)).toEqual([[true], [true]])
})

test('close waits for a solver that is about to answer', async ({ skip }) => {
  const { workers, createWorker, open } = gatedWorkers(skip)
  const pool = createSolverPool({ createWorker, graceMs: 1, lingerMs: never })
  await runAndAbort(pool)
  const end = watchEnd(workers[0])
  const closed = pool.close()
  open()
  await closed
  expect(end.terminatedAfterAnswer).toEqual([true])
})

test('no more than two linger: the oldest makes room', async () => {
  const { workers, createWorker } = watchedWorkers('stubborn')
  const pool = createSolverPool({ createWorker, graceMs: 1, lingerMs: never })
  await runAndAbort(pool)
  const exits = workers.map((worker) => once(worker, 'exit'))
  await runAndAbort(pool)
  expect(workers.map(({ hasEnded }) => hasEnded)).not.toContain(true)
  await runAndAbort(pool)
  await Promise.all(exits)
  expect(workers.map(({ hasEnded }) => hasEnded)).toEqual([true, false, false])
  await Promise.all(workers.map((worker) => worker.terminate()))
  await pool.close()
})

test('one that never answers is killed in the end', async () => {
  const { workers, createWorker } = watchedWorkers('stubborn')
  const pool = createSolverPool({ createWorker, graceMs: 1, lingerMs: 20 })
  await runAndAbort(pool)
  await pool.close()
  expect(workers[0]?.hasEnded).toBe(true)
})

test('one that cannot be ended holds nothing up', async () => {
  const { workers, createWorker } = watchedWorkers()
  const pool = createSolverPool({ createWorker })
  await pool.run(job)
  const [worker] = workers
  const terminate = worker?.terminate.bind(worker)
  vi.spyOn(worker as Worker, 'terminate').mockRejectedValue(new Error('it stays'))
  await pool.close()
  await terminate?.()
})

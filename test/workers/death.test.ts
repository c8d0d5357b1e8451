import { expect, test } from 'vitest'
import { createSolverPool } from '../../dist/src/workers/pool.js'
import { packingProgram } from '../solvers/packing-program.js'
import { TestWorker } from './platform/platform.js'
import { watchedWorkers } from './worker-fixtures.js'

const job = { solver: 'highs', program: packingProgram(6, 3) } as const

test('a thread that dies under a job rejects it with a typed error, and the pool goes on with a new one', async () => {
  const { workers, createWorker } = watchedWorkers('crashing')
  await using pool = createSolverPool({ createWorker })
  const told: unknown[] = []
  const runs = [1, 2].map(() => pool.run(job, { onProgress: ({ objective }) => void told.push(objective) }))
  for (const run of runs) {
    await expect(run).rejects.toMatchObject({
      name: 'WorkerDiedError',
      code: 'WORKER_DIED',
      message: expect.stringContaining('out of luck')
    })
  }
  expect(told).toEqual([3, 3])
  expect(workers).toHaveLength(2)
})

test('a worker that cannot load is a typed error, too, and it says so', async () => {
  const createWorker = () => new TestWorker(new URL('./no-such-worker.mjs', import.meta.url))
  await using pool = createSolverPool({ createWorker })
  await expect(pool.run(job)).rejects.toMatchObject({
    code: 'WORKER_DIED',
    message: expect.stringMatching(/no-such-worker|could not be loaded/)
  })
})

test('a solver that breaks down is a failed outcome with the point it told, and its thread is replaced', async () => {
  const { workers, createWorker } = watchedWorkers('failing')
  await using pool = createSolverPool({ createWorker })
  const crash = { solver: 'highs', program: { ...job.program, name: 'crash' } } as const
  const outcome = await pool.run(crash)
  expect(outcome).toMatchObject({ termination: 'failed', objective: 3, bound: 1, message: 'out of memory' })
  await pool.run(crash)
  expect(workers).toHaveLength(2)
})

import { expect, test } from 'vitest'
import { createSolverPool } from '../../dist/src/workers/pool.js'
import { packingProgram } from '../solvers/packing-program.js'
import { watchedWorkers } from './worker-fixtures.js'

const job = { solver: 'highs', program: packingProgram(60, 24) } as const
const small = { solver: 'highs', program: packingProgram(6, 3) } as const

test('a thread that dies under a job rejects it with a typed error, and the pool goes on with a new one', async () => {
  const { workers, createWorker } = watchedWorkers()
  await using pool = createSolverPool({ createWorker })
  const run = pool.run(job, { onProgress: () => void workers[0]?.terminate() })
  const next = pool.run(small)
  await expect(run).rejects.toMatchObject({ name: 'WorkerDiedError', code: 'WORKER_DIED' })
  expect((await next).termination).toBe('optimal')
  expect(workers).toHaveLength(2)
})

test('so does one that dies before it could start, and one that dies while it is idle costs nothing', async () => {
  const { workers, createWorker } = watchedWorkers()
  await using pool = createSolverPool({ createWorker })
  const run = pool.run(small)
  await Promise.resolve()
  await Promise.all([expect(run).rejects.toMatchObject({ code: 'WORKER_DIED' }), workers[0]?.terminate()])
  expect((await pool.run(small)).termination).toBe('optimal')
  await workers[1]?.terminate()
  expect((await pool.run(small)).termination).toBe('optimal')
  expect(workers).toHaveLength(3)
})

test('a worker that cannot load says why', async () => {
  await using pool = createSolverPool(watchedWorkers('./no-such-worker.mjs'))
  await expect(pool.run(small)).rejects.toMatchObject({
    code: 'WORKER_DIED',
    message: expect.stringContaining('no-such-worker')
  })
})

test('a solver that breaks down is a failed outcome with the point it told, and its thread is replaced', async () => {
  const { workers, createWorker } = watchedWorkers('./failing-worker.mjs')
  await using pool = createSolverPool({ createWorker })
  const crash = { solver: 'highs', program: { ...small.program, name: 'crash' } } as const
  const outcome = await pool.run(crash)
  expect(outcome).toMatchObject({ termination: 'failed', objective: 3, bound: 1, message: 'out of memory' })
  await pool.run(crash)
  expect(workers).toHaveLength(2)
})

import { expect, test } from 'vitest'
import { createSolverPool } from '../../../dist/src/workers/pool.js'
import { packingProgram } from '../../solvers/packing-program.js'
import { watchedWorkers } from '../worker-fixtures.js'

const job = { solver: 'highs', program: packingProgram(60, 24) } as const
const small = { solver: 'highs', program: packingProgram(6, 3) } as const

test('a thread that is killed from outside under a job rejects it, and the pool goes on with a new one', async () => {
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

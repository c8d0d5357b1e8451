import { afterEach, expect, test, vi } from 'vitest'
import { createSolverPool } from '../../dist/src/workers/pool.js'
import { packingProgram } from '../solvers/packing-program.js'
import { watchedWorkers } from './worker-fixtures.js'

const tellingEvery = (milliseconds: number) =>
  ({ solver: 'highs', program: { ...packingProgram(6, 3), name: `${milliseconds}` } }) as const

afterEach(() => vi.useRealTimers())

test('a thread that floods this one with messages is killed: a solver that failed', async () => {
  const { workers, createWorker } = watchedWorkers('flooding')
  const pool = createSolverPool({ createWorker })
  const outcome = await pool.run(tellingEvery(0))
  expect(outcome).toMatchObject({ termination: 'failed', bound: 1, message: expect.stringContaining('floods') })
  await pool.close()
  expect(workers.map(({ hasEnded }) => hasEnded)).toEqual([true])
})

test.each([
  ['a deadline is', {}, { deadlineMs: 200 }],
  ['a time limit is', { timeLimitMs: 200 }, {}]
])('%s kept where messages leave timers no turn', async (_, options, limits) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { workers, createWorker } = watchedWorkers('flooding')
  const pool = createSolverPool({ createWorker, graceMs: 50 })
  const outcome = await pool.run({ ...tellingEvery(1), options }, limits)
  expect(outcome).toMatchObject({ termination: 'time-limit', bound: 1 })
  await pool.close()
  expect(workers.map(({ hasEnded }) => hasEnded)).toEqual([true])
})

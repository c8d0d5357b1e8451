import { expect, test } from 'vitest'
import { createSolverPool } from '../../dist/src/workers/pool.js'
import { packingProgram } from '../solvers/packing-program.js'

test('close stops what runs or waits, and nothing runs after it', async () => {
  const pool = createSolverPool()
  const job = { solver: 'highs', program: packingProgram(60, 24) } as const
  const runs = [pool.run(job), pool.run(job)]
  await pool.close()
  await pool.close()
  for (const outcome of await Promise.all(runs)) expect(outcome.termination).toBe('interrupted')
  await expect(pool.run(job)).rejects.toMatchObject({ code: 'POOL_CLOSED' })
})

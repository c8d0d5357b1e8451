import { expect, test } from 'vitest'
import { createSolverPool } from '../../dist/src/workers/pool.js'
import { packingProgram } from '../solvers/packing-program.js'
import { watchedWorkers } from './worker-fixtures.js'

const solvers = ['highs', 'glpk', 'javascript-lp-solver'] as const
const uninterruptible = ['glpk', 'javascript-lp-solver'] as const
const small = packingProgram(6, 3)
const large = packingProgram(60, 24)

test.each(solvers)('%s finds the optimum in a worker', async (solver) => {
  await using pool = createSolverPool(watchedWorkers('glpk'))
  const outcome = await pool.run({ solver, program: small })
  expect(outcome).toMatchObject({ termination: 'optimal', solver })
  expect(outcome.objective).toBeCloseTo(21, 6)
})

test.each(solvers)('%s ends at the deadline of its call', async (solver) => {
  await using pool = createSolverPool(watchedWorkers('glpk'))
  await pool.run({ solver, program: small })
  const outcome = await pool.run({ solver, program: large }, { deadlineMs: 500 })
  expect(outcome.termination).toBe('time-limit')
})

test.each(uninterruptible)(
  '%s hears no abort: its thread is killed, and the next call has a new one',
  async (solver) => {
    const { workers, createWorker } = watchedWorkers('glpk')
    const pool = createSolverPool({ createWorker, graceMs: 20, lingerMs: 20 })
    await pool.run({ solver, program: small })
    const controller = new AbortController()
    const run = pool.run({ solver, program: large }, { signal: controller.signal })
    setTimeout(() => controller.abort(), 50)
    expect((await run).termination).toBe('interrupted')
    expect((await pool.run({ solver, program: small })).termination).toBe('optimal')
    await pool.close()
    expect(workers.map(({ hasEnded }) => hasEnded)).toEqual([true, true])
  }
)

import { afterAll, describe, expect, test } from 'vitest'
import { createSolverPool } from '../../dist/src/workers/pool.js'
import { packingProgram } from '../solvers/packing-program.js'
import { watchedWorkers } from './worker-fixtures.js'

const small = packingProgram(6, 3)
const large = packingProgram(60, 24)

describe.each(['highs', 'glpk', 'javascript-lp-solver'] as const)('%s in a worker', (solver) => {
  const pool = createSolverPool(watchedWorkers('glpk'))
  afterAll(() => pool.close())

  test('finds the optimum', async () => {
    const outcome = await pool.run({ solver, program: small })
    expect(outcome).toMatchObject({ termination: 'optimal', solver })
    expect(outcome.objective).toBeCloseTo(21, 6)
  })

  test('ends at the deadline of its call', async () => {
    const outcome = await pool.run({ solver, program: large }, { deadlineMs: 500 })
    expect(outcome.termination).toBe('time-limit')
  })

  test('ends when it is aborted, and the next call is answered', async () => {
    const controller = new AbortController()
    const run = pool.run({ solver, program: large }, { signal: controller.signal })
    setTimeout(() => controller.abort(), 50)
    expect((await run).termination).toBe('interrupted')
    expect((await pool.run({ solver, program: small })).termination).toBe('optimal')
  })
})

test('GLPK hears no abort: its thread is killed, and the next call has a new one', async () => {
  const { workers, createWorker } = watchedWorkers('glpk')
  const pool = createSolverPool({ createWorker, graceMs: 20, lingerMs: 20 })
  await pool.run({ solver: 'glpk', program: small })
  const controller = new AbortController()
  const run = pool.run({ solver: 'glpk', program: large }, { signal: controller.signal })
  setTimeout(() => controller.abort(), 50)
  await run
  expect((await pool.run({ solver: 'glpk', program: small })).termination).toBe('optimal')
  await pool.close()
  expect(workers.map(({ hasEnded }) => hasEnded)).toEqual([true, true])
})

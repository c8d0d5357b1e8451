import { expect, test } from 'vitest'
import { createSolverPool } from '../../dist/src/workers/pool.js'
import type { PatternJob } from '../../src/workers/jobs/patterns.js'
import { packingProgram } from '../solvers/packing-program.js'
import { watchedWorkers } from './worker-fixtures.js'

const small = packingProgram(6, 3)
const solve = (name: string) => ({ solver: 'highs', program: { ...small, name } }) as const
/** The worker of this test looks at the name only. */
const generate = (name: string) => ({ problem: { name } }) as unknown as PatternJob

test.each([
  'null',
  'undefined',
  'no point',
  'another array',
  'another number',
  'no number',
  'no bound',
  'no termination',
  'no answer',
  'no text'
])(
  'a thread that says what means nothing (%s) is a solver that failed, with the point it told before',
  async (name) => {
    const { workers, createWorker } = watchedWorkers('nonsense')
    await using pool = createSolverPool({ createWorker })
    const outcome = await pool.run(solve(name))
    expect(outcome).toMatchObject({ termination: 'failed', objective: 3, bound: 1 })
    expect(outcome.message).toMatch(/what is no (progress|output) of a job 'solve'/)
    expect(await pool.run(solve('sound'))).toMatchObject({ termination: 'optimal', objective: 3 })
    expect(workers).toHaveLength(2)
  }
)

test.each(['no patterns', 'a number', 'no counts', 'half a node', 'no list'])(
  'one that generates columns (%s) fails its call',
  async (name) => {
    const { workers, createWorker } = watchedWorkers('nonsense')
    await using pool = createSolverPool({ createWorker })
    await expect(pool.call('patterns', generate(name))).rejects.toMatchObject({ code: 'SOLVER_CRASHED' })
    expect((await pool.run(solve('sound'))).termination).toBe('optimal')
    expect(workers).toHaveLength(2)
  }
)

test('what a listener throws rejects the call it listens to, and nobody else hears of it', async () => {
  await using pool = createSolverPool(watchedWorkers('nonsense'))
  const onProgress = () => {
    throw new RangeError('not mine')
  }
  await expect(pool.run(solve('sound'), { onProgress })).rejects.toMatchObject({ message: 'not mine' })
  expect((await pool.run(solve('sound'))).termination).toBe('optimal')
})

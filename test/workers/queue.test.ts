import { expect, test } from 'vitest'
import { createSolverPool } from '../../dist/src/workers/pool.js'
import { packingProgram } from '../solvers/packing-program.js'
import { watchedWorkers } from './worker-fixtures.js'

const large = { solver: 'highs', program: packingProgram(60, 24) } as const
const small = { solver: 'highs', program: packingProgram(6, 3) } as const

test('two threads run two jobs at the same time', async () => {
  await using pool = createSolverPool({ size: 2 })
  const told = new Set<number>()
  const controller = new AbortController()
  const run = (number: number) =>
    pool.run(large, {
      signal: controller.signal,
      // Neither job ends by itself: both end only when both have told something.
      onProgress: () => {
        if (told.add(number).size === 2) controller.abort()
      }
    })
  const outcomes = await Promise.all([run(0), run(1)])
  expect(outcomes.map(({ termination }) => termination)).toEqual(['interrupted', 'interrupted'])
})

test('one thread runs its jobs first come, first served', async () => {
  await using pool = createSolverPool()
  const order: number[] = []
  const run = async (number: number) => {
    await pool.run(small)
    order.push(number)
  }
  await Promise.all([0, 1, 2, 3].map(run))
  expect(order).toEqual([0, 1, 2, 3])
})

test('threads start when they are needed, and a warm one is taken before a cold one', async () => {
  const { workers, createWorker } = watchedWorkers()
  await using pool = createSolverPool({ size: 3, createWorker })
  expect(workers).toHaveLength(0)
  for (let run = 0; run < 3; run++) await pool.run(small)
  expect(workers).toHaveLength(1)
  await pool.warm()
  expect(workers).toHaveLength(3)
})

test.each([0, -1, 1.5, Number.NaN])('a pool of %d threads is refused', (size) => {
  expect(() => createSolverPool({ size })).toThrow(RangeError)
})

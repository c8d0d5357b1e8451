import { expect, test } from 'vitest'
import { createSolverPool } from '../../../dist/src/workers/pool.js'
import { loadHighs } from '../../../src/solvers/highs/runtime.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { packingProgram } from '../../solvers/packing-program.js'
import { watchedWorkers } from '../worker-fixtures.js'

const program = packingProgram(6, 3)
const start = new Float64Array(program.columns).fill(Number.NaN).fill(1, 0, 3)

test('200 solves need no more memory of the solver than 50', async () => {
  const highs = await loadHighs()
  const solve = async (times: number) => {
    for (let run = 0; run < times; run++) await solveWith('highs', program, { start })
    return highs.memoryBytes
  }
  const after50 = await solve(50)
  expect(await solve(150)).toBe(after50)
})

test('50 runs of a pool leave one worker with the listeners it had after the first', async () => {
  const { workers, createWorker } = watchedWorkers()
  await using pool = createSolverPool({ createWorker })
  await pool.run({ solver: 'highs', program })
  const listeners = workers[0]?.listenerCount('message')
  for (let run = 0; run < 50; run++) await pool.run({ solver: 'highs', program })
  expect(workers).toHaveLength(1)
  expect(workers[0]?.listenerCount('message')).toBe(listeners)
})

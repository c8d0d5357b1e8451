import { expect, test } from 'vitest'
import { createSolverPool } from '../../../dist/src/workers/pool.js'
import { packingProgram } from '../../solvers/packing-program.js'

const program = packingProgram(6, 3)

test('a page that provides no glpk.js is told how to, and the next solver answers', async () => {
  await using pool = createSolverPool()
  const alone = await pool.run({ solver: 'glpk', program })
  expect(alone).toMatchObject({ termination: 'unsupported', message: expect.stringContaining('provideGlpk') })
  expect(await pool.run({ solver: ['glpk', 'highs'], program })).toMatchObject({
    termination: 'optimal',
    solver: 'highs'
  })
})

import { afterAll, expect, test } from 'vitest'
import { createSolverPool } from '../../dist/src/workers/pool.js'
import { ProgramBuilder } from '../../models/linear-program/program.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { firstFit, packingProgram } from '../solvers/packing-program.js'

const pool = createSolverPool()
afterAll(() => pool.close())

const small = packingProgram(10, 4)
const large = packingProgram(60, 24)

test('an optimum is that of the same solver without a thread', async () => {
  const { seconds: _, ...inside } = await solveWith('highs', small, { seed: 3 })
  const { seconds: __, ...outside } = await pool.run({ solver: 'highs', program: small, options: { seed: 3 } })
  expect(outside).toEqual(inside)
})

test('the arrays of a program stay with the caller', async () => {
  await pool.run({ solver: 'highs', program: small })
  expect(small.cost.length).toBe(small.columns)
})

test('infeasible and unbounded are outcomes', async () => {
  const builder = new ProgramBuilder()
  builder.column('', { cost: -1 })
  expect((await pool.run({ solver: 'highs', program: builder.build('') })).termination).toBe('unbounded')
  builder.row('', 2, 1, [[0, 1]])
  expect((await pool.run({ solver: 'highs', program: builder.build('') })).termination).toBe('infeasible')
})

test('a time limit ends with a point and a bound', async () => {
  const options = { timeLimitMs: 700, start: firstFit(60, 24) }
  const outcome = await pool.run({ solver: 'highs', program: large, options })
  expect(outcome.termination).toBe('time-limit')
  expect(outcome.solution).toHaveLength(large.columns)
  expect(outcome.bound).toBeLessThanOrEqual(outcome.objective)
})

test('what the solver tells arrives while it runs, the best of it last', async () => {
  const objectives: number[] = []
  const run = pool.run(
    { solver: 'highs', program: large, options: { timeLimitMs: 1500, start: firstFit(60, 24) } },
    { onProgress: ({ objective }) => void (objective === undefined || objectives.push(objective)) }
  )
  let atEnd = -1
  const early = new Promise<number>((resolve) => {
    const timer = setInterval(() => {
      if (objectives.length === 0 && atEnd < 0) return
      clearInterval(timer)
      resolve(atEnd)
    }, 5)
  })
  const outcome = await run
  atEnd = objectives.length
  expect(await early).toBe(-1)
  expect(objectives.at(-1)).toBe(outcome.objective)
})

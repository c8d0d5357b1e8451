import { afterEach, expect, test } from 'vitest'
import { provideGlpk } from '../../src/solvers/glpk/runtime.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { firstFit, packingProgram } from './packing-program.js'

const [items, bins] = [6, 3]
const program = packingProgram(items, bins)
const point = firstFit(items, bins)

afterEach(() => provideGlpk(() => import('glpk.js/node')))

/** GLPK that stops at a point, does not say why, and keeps what it was asked. */
function stopping(): { mipgap?: number } {
  const asked: { mipgap?: number } = {}
  const objective = point.reduce((sum, value, column) => sum + value * (program.cost[column] as number), 0)
  provideGlpk(async () => async () => ({
    solve: ({ objective: { vars } }: { objective: { vars: { coef: number }[] } }, options: { mipgap: number }) => {
      asked.mipgap = options.mipgap
      const scale = (vars[0]?.coef as number) / (program.cost[0] as number)
      const values = Object.fromEntries([...point, 1].map((value, column) => [String(column), value]))
      return { result: { status: 2, z: objective * scale, vars: values } }
    }
  }))
  return asked
}

test.each([undefined, 0, 1e-6, 1e-4])(
  'a point of GLPK with a gap of %s and no reason is no optimum',
  async (relativeGap) => {
    const asked = stopping()
    const options = relativeGap === undefined ? {} : { relativeGap }
    const outcome = await solveWith('glpk', program, options)
    expect(asked.mipgap).toBe(0)
    expect(outcome).toMatchObject({ termination: 'failed', solution: point, bound: -Infinity })
    expect(outcome.message).toBe('GLPK stopped at a point and gave no reason')
  }
)

test('a wide gap is asked of GLPK, and proves no bound', async () => {
  const asked = stopping()
  const outcome = await solveWith('glpk', program, { relativeGap: 0.5 })
  expect(asked.mipgap).toBe(0.5)
  expect(outcome).toMatchObject({ termination: 'gap-limit', solution: point, bound: -Infinity })
})

test('a point of GLPK when time is over is one of the time limit', async () => {
  stopping()
  expect(await solveWith('glpk', program, { timeLimitMs: 0 })).toMatchObject({
    termination: 'time-limit',
    solution: point,
    bound: -Infinity
  })
})

test('the optimum of GLPK is proven even where a small gap was allowed', async () => {
  const outcome = await solveWith('glpk', program, { relativeGap: 1e-4 })
  expect(outcome.termination).toBe('optimal')
  expect(outcome.bound).toBeLessThanOrEqual(outcome.objective)
  expect(outcome.bound).toBeGreaterThan(outcome.objective - 1e-4)
})

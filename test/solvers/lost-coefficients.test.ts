import { expect, test } from 'vitest'
import { type LinearProgram, ProgramBuilder } from '../../models/linear-program/program.js'
import { modelData } from '../../src/solvers/highs/model-data.js'
import { solveWith } from '../../src/solvers/solvers.js'

/** Two copies that do not fit together, and what gives way, in one row of numbers far apart. */
function widening(large: number, small: number): LinearProgram {
  const builder = new ProgramBuilder()
  builder.column('', { lower: 2, upper: 2, integer: true })
  builder.column('', { cost: small / large, upper: (4 * large) / small })
  builder.row('', -Infinity, 8 * large, [
    [0, 6 * large],
    [1, -small]
  ])
  return builder.build('widening')
}

test.each([
  [2 ** 40, 1],
  [1, 2 ** -40],
  [2 ** 60, 2 ** 20],
  [2 ** -20, 2 ** -60]
])('HiGHS gets every coefficient of a row with %d and %d', async (large, small) => {
  const { matrix } = modelData(widening(large, small))
  for (const value of matrix?.values ?? []) expect(Math.abs(value)).toBeGreaterThan(1e-9)
  const { termination, objective } = await solveWith('highs', widening(large, small))
  expect(termination).toBe('optimal')
  expect(objective).toBeCloseTo(4, 5)
})

test.each([
  [2 ** 90, 1],
  [1, 2 ** -1070]
])('a row with %d and %d is one that HiGHS fails at, not one that is infeasible', async (large, small) => {
  expect(await solveWith('highs', widening(large, small))).toMatchObject({ termination: 'failed', bound: -Infinity })
})

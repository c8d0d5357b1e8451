import { expect, test } from 'vitest'
import { ProgramBuilder } from '../../models/linear-program/program.js'
import { elasticProgram } from '../../src/solvers/glpk/elastic-program.js'
import { solveWith } from '../../src/solvers/solvers.js'

/** A fixed column in a row, beside a whole one that costs something and may as well be 0. */
function fixed(value: number, lower: number, upper: number) {
  const builder = new ProgramBuilder()
  builder.offset = 7
  builder.column('', { lower: value, upper: value })
  builder.column('', { cost: 5, upper: 0.5, integer: true })
  builder.row('', lower, upper, [
    [0, 1],
    [1, 1]
  ])
  return elasticProgram(builder.build('fixed'))
}

test.each([
  ['below the lower end', 1, 3, Infinity, 2],
  ['above the upper end', 4.5, -Infinity, 3, 1.5],
  ['below both ends', 1, 2, 3, 1],
  ['above both ends', 4, 2, 3, 1],
  ['above an equality', 4, 3, 3, 1],
  ['between the ends', 2.5, 2, 3, 0],
  ['without ends', 9, -Infinity, Infinity, 0]
])('a value %s costs what it is away', async (_, value, lower, upper, price) => {
  const { termination, objective } = await solveWith('highs', fixed(value, lower, upper))
  expect(termination).toBe('optimal')
  expect(objective).toBeCloseTo(price, 9)
})

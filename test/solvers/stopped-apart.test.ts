import { expect, test } from 'vitest'
import { ProgramBuilder } from '../../models/linear-program/program.js'
import { seededRandom } from '../../src/random.js'
import { solveWith } from '../../src/solvers/solvers.js'

/** A column that falls for ever, and choices that must halve some sums: it takes long to find any. */
const program = (() => {
  const builder = new ProgramBuilder()
  const random = seededRandom(4)
  const choices = Array.from({ length: 40 }, () => builder.column('', { cost: 1, upper: 1, integer: true }))
  const falling = builder.column('', { cost: -1 })
  for (let sum = 0; sum < 4; sum++) {
    const parts = choices.map(() => 2 * Math.floor(50 * random()))
    const half = parts.reduce((total, part) => total + part, 0) / 2
    builder.row(
      '',
      half,
      half,
      choices.map((choice, index) => [choice, parts[index] as number] as const)
    )
  }
  builder.row('', -Infinity, 20, [
    [choices[0] as number, 1],
    [choices[1] as number, 1],
    [falling, -1]
  ])
  return builder.build('falls or has no point')
})()

test.each([1, 5, 20, 80])(
  'HiGHS, stopped while it looks for a point of an unbounded program, proves nothing: look %i',
  async (last) => {
    let looks = 0
    const outcome = await solveWith('highs', program, {}, { interrupted: () => ++looks >= last })
    expect(outcome).toMatchObject({ termination: 'interrupted', solution: null, bound: -Infinity })
  }
)

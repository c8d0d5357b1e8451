import { expect, test } from 'vitest'
import { type LinearProgram, ProgramBuilder } from '../../models/linear-program/program.js'
import { solveWith } from '../../src/solvers/solvers.js'

const infinity = Number.POSITIVE_INFINITY

function program(state: (builder: ProgramBuilder) => void): LinearProgram {
  const builder = new ProgramBuilder()
  builder.offset = 3
  state(builder)
  return builder.build('termination')
}

const cases: readonly [what: string, termination: string, objective: number, program: LinearProgram][] = [
  ['nothing at all', 'optimal', 3, program(() => {})],
  ['no columns, a row that 0 satisfies', 'optimal', 3, program((builder) => builder.row('', -1, 1, []))],
  ['no columns, a row that 0 breaks', 'infeasible', infinity, program((builder) => builder.row('', 1, 2, []))],
  [
    'no rows',
    'optimal',
    1,
    program((builder) => {
      builder.column('', { cost: 1, upper: 2, integer: true })
      builder.column('', { cost: -1, upper: 2.5, integer: true })
    })
  ],
  [
    'an equality between a free and a fixed column',
    'optimal',
    5,
    program((builder) => {
      builder.column('', { cost: 1, lower: -infinity })
      builder.column('', { lower: 2, upper: 2 })
      builder.row('', 4, 4, [
        [0, 1],
        [1, 1]
      ])
    })
  ],
  [
    'whole columns that cannot reach their row',
    'infeasible',
    infinity,
    program((builder) => {
      builder.column('', { upper: 1, integer: true })
      builder.row('', 0.25, 0.75, [[0, 1]])
    })
  ],
  ['a column that falls for ever', 'unbounded', infinity, program((builder) => builder.column('', { cost: -1 }))],
  [
    'a whole column that falls for ever',
    'unbounded',
    infinity,
    program((builder) => builder.column('', { cost: -1, integer: true }))
  ],
  [
    'one that presolve calls infeasible although it is unbounded',
    'unbounded',
    infinity,
    program((builder) => {
      builder.column('', { cost: 1, lower: -infinity, upper: 0 })
      builder.column('', {})
      builder.column('', { lower: -3, upper: 1 })
      for (const [lower, upper] of [
        [0, infinity],
        [-infinity, 3]
      ] as const) {
        builder.row('', lower, upper, [
          [0, -1],
          [1, -1],
          [2, 1]
        ])
      }
    })
  ],
  [
    'a feasible one that presolve calls infeasible while bounds of whole columns are fractions',
    'optimal',
    5,
    program((builder) => {
      builder.column('', { cost: 2, lower: 0.5, upper: 1.5, integer: true })
      builder.column('', { cost: 4, upper: 3, integer: true })
      builder.row('', 1.25, infinity, [
        [0, 2],
        [1, -1]
      ])
    })
  ],
  ['a number that is none', 'failed', infinity, program((builder) => builder.column('', { cost: Number.NaN }))]
]

test.each(cases)('%s: %s', async (_, termination, objective, stated) => {
  const outcome = await solveWith('highs', stated)
  expect(outcome).toMatchObject({ termination, objective })
  expect(outcome.solution === null).toBe(objective === infinity)
})

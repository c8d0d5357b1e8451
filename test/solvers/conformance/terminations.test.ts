import { describe, expect, test } from 'vitest'
import { reportPoint } from '../../../models/linear-program/point-report.js'
import { type LinearProgram, ProgramBuilder } from '../../../models/linear-program/program.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { solvers } from './solvers-under-test.js'

const infinity = Number.POSITIVE_INFINITY
const freeWhole = 'a free whole column'

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
    'columns with an upper bound only, below 0',
    'optimal',
    3,
    program((builder) => {
      builder.column('', { cost: -1, lower: -infinity, upper: -2 })
      builder.column('', { cost: 1, lower: -infinity, upper: -1, integer: true })
      builder.row('', -2.5, infinity, [[1, 1]])
      builder.row('', -9, -3.5, [
        [0, 1],
        [1, 1]
      ])
    })
  ],
  [
    'a free column that is cheapest below 0',
    'optimal',
    0,
    program((builder) => {
      builder.column('', { lower: -0.5, upper: 3 })
      builder.column('', { cost: 1, lower: -infinity })
      builder.row('', -1, 2, [
        [0, 2],
        [1, -1]
      ])
    })
  ],
  [
    freeWhole,
    'optimal',
    -4,
    program((builder) => {
      builder.column('', { cost: 1, lower: -infinity, integer: true })
      builder.row('', -7.5, 7.5, [[0, 1]])
    })
  ],
  [
    'whole and other columns in rows with two ends',
    'optimal',
    6.5,
    program((builder) => {
      builder.column('', { cost: 2, upper: 1, integer: true })
      builder.column('', { cost: 3, upper: 10, integer: true })
      builder.column('', { cost: 1, upper: 2.5 })
      builder.row('', 2.5, 4, [
        [0, 1],
        [1, 2],
        [2, 1]
      ])
      builder.row('', -1, 1.5, [
        [2, 1],
        [0, -1]
      ])
    })
  ],
  [
    'no costs at all',
    'optimal',
    3,
    program((builder) => {
      builder.column('', { upper: 5, integer: true })
      builder.row('', 2.5, 4, [[0, 1]])
    })
  ],
  [
    'small costs',
    'optimal',
    3e-6,
    program((builder) => {
      builder.offset = 0
      builder.column('', { cost: 1e-6, upper: 5, integer: true })
      builder.column('', { cost: 4e-6, upper: 5, integer: true })
      builder.row('', 2.5, infinity, [
        [0, 1],
        [1, 2]
      ])
    })
  ],
  [
    'rows without entries and without ends',
    'optimal',
    5,
    program((builder) => {
      builder.column('', { cost: 1, lower: 2, upper: 5, integer: true })
      builder.row('', -1, 2, [])
      builder.row('', -infinity, infinity, [[0, 1]])
    })
  ],
  [
    'a row without entries that 0 breaks',
    'infeasible',
    infinity,
    program((builder) => {
      builder.column('', { cost: 1, upper: 5, integer: true })
      builder.row('', 1, 2, [])
    })
  ],
  [
    'rows that contradict each other',
    'infeasible',
    infinity,
    program((builder) => {
      builder.column('', { cost: 1 })
      builder.column('', { cost: 1 })
      builder.row('', 2, infinity, [
        [0, 1],
        [1, 1]
      ])
      builder.row('', -infinity, 1, [
        [0, 2],
        [1, 2]
      ])
    })
  ],
  [
    'ends of a row that contradict each other',
    'infeasible',
    infinity,
    program((builder) => {
      builder.column('', { cost: 1 })
      builder.row('', 2, 1, [[0, 1]])
    })
  ],
  [
    'bounds between two whole numbers',
    'infeasible',
    infinity,
    program((builder) => builder.column('', { lower: 0.25, upper: 0.75, integer: true }))
  ],
  [
    'an odd sum of even numbers',
    'infeasible',
    infinity,
    program((builder) => {
      builder.column('', { cost: 1, lower: -50, upper: 50, integer: true })
      builder.column('', { cost: 1, lower: -50, upper: 50, integer: true })
      builder.row('', 1, 1, [
        [0, 2],
        [1, 2]
      ])
    })
  ],
  [
    'a column that falls for ever, where no whole point is',
    'infeasible',
    infinity,
    program((builder) => {
      builder.column('', { cost: -1, integer: true })
      builder.column('', { upper: 5, integer: true })
      builder.row('', 0.2, 0.8, [[1, 1]])
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
  [
    'a column that falls for ever beside whole ones',
    'unbounded',
    infinity,
    program((builder) => {
      builder.column('', { cost: -1 })
      builder.column('', { cost: 1, upper: 5, integer: true })
      builder.row('', 1.5, infinity, [
        [0, 1],
        [1, 1]
      ])
    })
  ],
  ['a cost that is no number', 'failed', infinity, program((builder) => builder.column('', { cost: Number.NaN }))],
  ['a cost without end', 'failed', infinity, program((builder) => builder.column('', { cost: infinity, upper: 1 }))],
  ['a bound that is no number', 'failed', infinity, program((builder) => builder.column('', { lower: Number.NaN }))],
  ['a lower bound of Infinity', 'failed', infinity, program((builder) => builder.column('', { lower: infinity }))]
]

/** These are told before any solver is asked, so that they are proven whoever is. */
const toldAtOnce = /^(nothing|no columns|ends of a row|bounds between|a row without entries)/

describe.each(solvers)('$name', ({ name, capabilities }) => {
  test.each(cases)('%s: %s', async (what, termination, objective, stated) => {
    const outcome = await solveWith(name, stated)
    if (!capabilities.freeIntegers && what === freeWhole) {
      expect(outcome).toMatchObject({ termination: 'unsupported', solution: null })
      expect(outcome.message).toBe(`${name} takes no whole columns without bounds`)
      return
    }
    expect(outcome).toMatchObject({ termination, solver: name })
    expect(outcome.solution === null).toBe(objective === infinity)
    if (outcome.solution === null) expect(outcome.objective).toBe(infinity)
    else {
      expect(outcome.objective).toBeCloseTo(objective, 10)
      expect(reportPoint(stated, outcome.solution)).toMatchObject({ infeasibility: 0, fractionality: 0 })
    }
    if (termination === 'unbounded' || termination === 'failed') expect(outcome.bound).toBe(-infinity)
    else if (!capabilities.proves && !toldAtOnce.test(what)) expect(outcome.bound).toBe(-infinity)
    else if (termination === 'infeasible') expect(outcome.bound).toBe(infinity)
    else {
      expect(outcome.bound).toBeLessThanOrEqual(outcome.objective)
      expect(outcome.bound).toBeCloseTo(objective, 5)
    }
  })
})

import { expect, test } from 'vitest'
import { ProgramBuilder } from '../../models/linear-program/program.js'
import type { SolverOutcome, SolverProgress } from '../../models/linear-program/solution.js'
import { checkingHooks, checkOutcome } from '../../src/solvers/check-outcome.js'
import { loadSolver } from '../../src/solvers/solvers.js'

const infinity = Number.POSITIVE_INFINITY
const builder = new ProgramBuilder()
builder.column('', { cost: 1, upper: 9, integer: true })
builder.column('', { cost: 2, upper: 9, integer: true })
builder.row('', 3.5, infinity, [
  [0, 1],
  [1, 2]
])
// The best point costs 4: (4, 0), (2, 1) or (0, 2).
const program = builder.build('claims')
const solver = await loadSolver('highs')
const word = await loadSolver('javascript-lp-solver')
const start = Float64Array.of(2, 1)

function claim(parts: Partial<SolverOutcome>): SolverOutcome {
  return { termination: 'optimal', solution: Float64Array.of(0, 2), objective: 4, bound: 4, seconds: 1, ...parts }
}

test('what is true is left as it is', () => {
  for (const outcome of [
    claim({}),
    claim({ solution: Float64Array.of(0, 2 + 1e-7), objective: 4 + 2e-7 }),
    claim({ termination: 'gap-limit', bound: 3 }),
    claim({ termination: 'time-limit', bound: -infinity }),
    claim({ termination: 'time-limit', solution: null, objective: infinity, bound: 3 })
  ]) {
    expect(checkOutcome(program, { start }, solver, outcome)).toEqual(outcome)
  }
})

const dropped = { solution: null, objective: infinity }
const fraction = Float64Array.of(0, 1.75)
const short = Float64Array.of(0, 1)

test.each<[what: string, outcome: Partial<SolverOutcome>, answer: Partial<SolverOutcome>, said: RegExp]>([
  ['fractions', { solution: fraction, objective: 3.5 }, { ...dropped, termination: 'failed' }, /0\.25 away from whole/],
  [
    'fractions at the limit',
    { termination: 'time-limit', solution: fraction, objective: 3.5, bound: 3.5 },
    { ...dropped, termination: 'time-limit', bound: 3.5 },
    /0\.25 away from whole/
  ],
  ['a broken row', { solution: short, objective: 2 }, { ...dropped, termination: 'failed' }, /breaks a row or bound/],
  ['no numbers', { solution: Float64Array.of(Number.NaN, 2) }, { ...dropped, termination: 'failed' }, /by Infinity/],
  ['too few', { solution: Float64Array.of(4) }, { ...dropped, termination: 'failed' }, /by Infinity/],
  ['a cost that is not its own', { objective: 3 }, { termination: 'failed', objective: 4 }, /point of 3, .* one of 4/],
  ['a cost that is no number', { objective: Number.NaN }, { termination: 'failed', objective: 4 }, /one of 4/],
  ['a bound above it', { bound: 5 }, { termination: 'failed', objective: 4 }, /bound of 5, but there is a point of 4/],
  [
    'a cost above that of the start',
    { solution: Float64Array.of(6, 0), objective: 6, bound: -infinity },
    { termination: 'failed', objective: 6 },
    /optimal with 6, but the start is a point of 4/
  ],
  [
    'no point, infeasible',
    { termination: 'infeasible', ...dropped, bound: infinity },
    { ...dropped, termination: 'failed' },
    /infeasible, but the start is a point of 4/
  ],
  [
    'no point and a bound above the start',
    { termination: 'time-limit', ...dropped, bound: 5 },
    { ...dropped, termination: 'failed' },
    /bound of 5/
  ]
])('a claim with %s is refused, with a reason', (_, parts, answer, said) => {
  const checked = checkOutcome(program, { start }, solver, claim(parts))
  expect(checked).toMatchObject({ bound: -infinity, ...answer })
  expect(checked.message).toMatch(/^highs claims /)
  expect(checked.message).toMatch(said)
})

test('the relaxation may have fractions', () => {
  const outcome = claim({ solution: fraction, objective: 3.5, bound: 3.5 })
  expect(checkOutcome(program, { relaxation: true }, solver, outcome)).toEqual(outcome)
})

test('the word of a solver that proves nothing is no bound', () => {
  expect(checkOutcome(program, {}, word, claim({}))).toEqual(claim({ bound: -infinity }))
  const infeasible = claim({ termination: 'infeasible', ...dropped, bound: infinity })
  expect(checkOutcome(program, {}, word, infeasible)).toEqual({ ...infeasible, bound: -infinity })
})

test('a start that is no point, or unknown in part, refutes nothing', () => {
  const infeasible = claim({ termination: 'infeasible', ...dropped, bound: infinity })
  for (const unproven of [short, fraction, Float64Array.of(Number.NaN, 2)]) {
    expect(checkOutcome(program, { start: unproven }, solver, infeasible)).toEqual(infeasible)
  }
})

test('a point told on the way that breaks the program is not passed on, its bound is', () => {
  const told: SolverProgress[] = []
  const { onProgress } = checkingHooks(solver, program, {}, { onProgress: (progress) => told.push(progress) })
  onProgress?.({ solution: short, objective: 2, bound: 1, seconds: 1 })
  onProgress?.({ solution: start, objective: 4, bound: 2, seconds: 2 })
  onProgress?.({ bound: 3, seconds: 3 })
  expect(told).toEqual([
    { bound: 1, seconds: 1, solver: 'highs' },
    { solution: start, objective: 4, bound: 2, seconds: 2, solver: 'highs' },
    { bound: 3, seconds: 3, solver: 'highs' }
  ])
})

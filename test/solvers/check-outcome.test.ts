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
    claim({ solution: Float64Array.of(0, 2 - 1e-6), objective: 4 - 2e-6 }),
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
  [
    'fractions of a twentieth',
    { solution: Float64Array.of(0, 1.95), objective: 3.9 },
    { ...dropped, termination: 'failed' },
    /0\.05\d* away from whole/
  ],
  ['no numbers', { solution: Float64Array.of(Number.NaN, 2) }, { ...dropped, termination: 'failed' }, /by Infinity/],
  ['too few', { solution: Float64Array.of(4) }, { ...dropped, termination: 'failed' }, /by Infinity/],
  ['a cost that is not its own', { objective: 3 }, { termination: 'failed', objective: 4 }, /point of 3, .* one of 4/],
  ['a cost a little off its own', { objective: 3.98 }, { termination: 'failed', objective: 4 }, /point of 3\.98/],
  ['a bound a little above it', { bound: 4.02 }, { termination: 'failed', objective: 4 }, /bound of 4\.02/],
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

/** min 3y, where x is at least 1, and at most so much of the whole y. */
function switched(large: number) {
  const builder = new ProgramBuilder()
  builder.column('', { lower: 1, upper: large })
  builder.column('', { cost: 3, upper: 1, integer: true })
  builder.row('', -infinity, 0, [
    [0, 1],
    [1, -large]
  ])
  return builder.build('switched')
}

test.each([
  ['is excused by the tolerances of a solver leaves its bound', 1e7, 1e-7, 0],
  ['is excused by them once it is rounded does so, too', 1e7, 0, 0],
  ['nothing excuses leaves none', 1e3, 0, -infinity]
])('a point that breaks a row and %s', (_, large, value, left) => {
  const solution = Float64Array.of(1, value)
  const outcome = claim({ solution, objective: 3 * value, bound: 0 })
  const checked = checkOutcome(switched(large), {}, solver, outcome)
  expect(checked).toMatchObject({ ...dropped, termination: 'failed', bound: left })
  expect(checked.message).toMatch(/breaks a row or bound by 1$/)
})

test('an excused point leaves no bound above a start', () => {
  const outcome = claim({ solution: Float64Array.of(1, 1e-7), objective: 4, bound: 4 })
  const checked = checkOutcome(switched(1e7), { start: Float64Array.of(1, 1) }, solver, outcome)
  expect(checked).toMatchObject({ ...dropped, termination: 'failed', bound: -infinity })
})

test('a start that breaks a row of small numbers refutes nothing', () => {
  const small = new ProgramBuilder()
  small.column('', { cost: -1, upper: 9 })
  small.row('', -infinity, 1e-10, [[0, 1e-10]])
  const optimum = claim({ solution: Float64Array.of(1), objective: -1, bound: -1 })
  const options = { start: Float64Array.of(9) }
  expect(checkOutcome(small.build('small'), options, solver, optimum)).toEqual(optimum)
  const lie = claim({ ...optimum, solution: options.start, objective: -9 })
  expect(checkOutcome(small.build('small'), {}, solver, lie)).toMatchObject({ ...dropped, termination: 'failed' })
})

test('the relaxation may have fractions', () => {
  const outcome = claim({ solution: fraction, objective: 3.5, bound: 3.5 })
  expect(checkOutcome(program, { relaxation: true }, solver, outcome)).toEqual(outcome)
})

test('the relaxation must hold its rows, and nothing excuses a hundredth', () => {
  const outcome = claim({ solution: Float64Array.of(3.46, 0), objective: 3.46, bound: 3 })
  const checked = checkOutcome(program, { relaxation: true }, solver, outcome)
  expect(checked).toMatchObject({ ...dropped, termination: 'failed', bound: -infinity })
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

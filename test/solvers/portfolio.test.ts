import { expect, test } from 'vitest'
import { ProgramBuilder } from '../../models/linear-program/program.js'
import type { SolverProgress } from '../../models/linear-program/solution.js'
import type { SolverName } from '../../src/solvers/portfolio.js'
import { solveWith, UnknownSolverError } from '../../src/solvers/solvers.js'
import { packingProgram } from './packing-program.js'

const small = packingProgram(6, 3)

/** More columns than javascript-lp-solver declares. */
const wide = (() => {
  const builder = new ProgramBuilder()
  for (let column = 0; column < 5000; column++) builder.column('', { cost: 1 + (column % 7), upper: 3, integer: true })
  builder.row(
    '',
    4,
    Infinity,
    Array.from({ length: 5000 }, (_, column) => [column, 1] as const)
  )
  return builder.build('wide')
})()

test('the first solver that takes the program answers, and says so', async () => {
  expect(await solveWith(['glpk', 'highs'], small)).toMatchObject({ termination: 'optimal', solver: 'glpk' })
  const fallen = await solveWith(['javascript-lp-solver', 'glpk', 'highs'], wide)
  expect(fallen).toMatchObject({ termination: 'optimal', objective: 4, solver: 'glpk' })
})

test('whoever does not take a program is not told of as passed over: it is there', async () => {
  const told: SolverProgress[] = []
  await solveWith(['javascript-lp-solver', 'highs'], wide, {}, { onProgress: (progress) => void told.push(progress) })
  expect(told.filter(({ passedOver }) => passedOver !== undefined)).toEqual([])
})

test('when none takes it, every reason is given', async () => {
  const outcome = await solveWith(['javascript-lp-solver', 'javascript-lp-solver'], wide)
  expect(outcome).toMatchObject({ termination: 'unsupported', solution: null, bound: -Infinity })
  expect(outcome.message?.split('; ')).toHaveLength(2)
  expect(outcome.solver).toBeUndefined()
  expect((await solveWith([], small)).termination).toBe('unsupported')
})

test('only what a solver does not take goes on to the next: infeasible is an answer', async () => {
  const builder = new ProgramBuilder()
  builder.column('', { upper: 1 })
  builder.row('', 2, Infinity, [[0, 1]])
  const outcome = await solveWith(['javascript-lp-solver', 'highs'], builder.build('infeasible'))
  expect(outcome).toMatchObject({ termination: 'infeasible', bound: -Infinity, solver: 'javascript-lp-solver' })
})

test('a name that is none is an error, not a reason to go on', async () => {
  await expect(solveWith(['nope' as SolverName, 'highs'], small)).rejects.toThrow(UnknownSolverError)
})

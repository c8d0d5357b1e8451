import { afterEach, expect, test } from 'vitest'
import { ProgramBuilder } from '../../models/linear-program/program.js'
import { provideGlpk } from '../../src/solvers/glpk/runtime.js'
import { solveWith } from '../../src/solvers/solvers.js'

afterEach(() => provideGlpk(() => import('glpk.js/node')))

const builder = new ProgramBuilder()
builder.column('', { cost: 1, upper: 5, integer: true })
builder.row('', 2, Infinity, [[0, 1]])
const program = builder.build('unexplained')

/** GLPK that finds no point of the program, one of its relaxation, and so much broken at least. */
function unexplained(broken: number): void {
  const undefinedStatus = 1
  const optimal = 5
  const answers = [
    { status: undefinedStatus, z: 0, vars: {} },
    { status: optimal, z: 2, vars: { 0: 2, 1: 1 } },
    { status: optimal, z: broken, vars: {} }
  ]
  provideGlpk(async () => async () => ({ solve: () => ({ result: answers.shift() }) }))
}

test.each([0, 1e-9])('what must be broken by %d only is not infeasible', async (broken) => {
  unexplained(broken)
  const outcome = await solveWith('glpk', program)
  expect(outcome).toMatchObject({ termination: 'failed', solution: null, bound: -Infinity })
  expect(outcome.message).toBe('GLPK found no point and gave no reason')
})

test.each([1e-5, 0.5])('what must be broken by %d is infeasible', async (broken) => {
  unexplained(broken)
  expect(await solveWith('glpk', program)).toMatchObject({ termination: 'infeasible', bound: Infinity })
})

import { describe, expect, test } from 'vitest'
import { solveWith } from '../../../src/solvers/solvers.js'
import { packingProgram } from '../packing-program.js'
import { requireCapability, solvers } from './solvers-under-test.js'

const program = packingProgram(12, 5)

describe.each(solvers)('$name', (solver) => {
  const name = solver.name

  test('the same program has the same answer, whatever was solved in between', async () => {
    const first = await solveWith(name, program)
    await solveWith(name, packingProgram(6, 3))
    const second = await solveWith(name, program)
    expect(second).toEqual({ ...first, seconds: second.seconds })
  })

  test('the same seed gives the same answer', async ({ skip }) => {
    requireCapability(solver, 'seed', skip)
    const [one, two] = [await solveWith(name, program, { seed: 7 }), await solveWith(name, program, { seed: 7 })]
    expect(two.solution).toEqual(one.solution)
    expect(two.bound).toBe(one.bound)
  })

  test('a seed, obeyed or not, changes no optimum', async () => {
    const objectives = new Set<number>()
    for (const seed of [0, 1, 2 ** 40]) {
      objectives.add(Math.round((await solveWith(name, packingProgram(6, 3), { seed })).objective * 1e6))
    }
    expect(objectives.size).toBe(1)
  })
})

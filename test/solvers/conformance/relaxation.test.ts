import { expect, test } from 'vitest'
import { solveWith } from '../../../src/solvers/solvers.js'
import { packingProgram } from '../packing-program.js'
import { solvers } from './solvers-under-test.js'

const program = packingProgram(12, 5)

test.each(solvers)('the relaxation of $name bounds the program from below', async ({ name, capabilities }) => {
  const relaxed = await solveWith(name, program, { relaxation: true })
  const whole = await solveWith(name, program)
  expect(relaxed.termination).toBe('optimal')
  expect(relaxed.objective).toBeLessThan(whole.objective)
  expect(relaxed.solution?.some((value) => !Number.isInteger(value))).toBe(true)
  expect(relaxed.bound).toBe(capabilities.proves ? relaxed.objective : Number.NEGATIVE_INFINITY)
})

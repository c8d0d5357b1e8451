import { describe, expect, test } from 'vitest'
import { ProgramBuilder } from '../../../models/linear-program/program.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { packingProgram } from '../packing-program.js'
import { solvers } from './solvers-under-test.js'

/** min 3y, where x is at least 1, and 0 unless the whole y is 1. */
function switched(large: number) {
  const builder = new ProgramBuilder()
  builder.column('', { lower: 1, upper: large })
  builder.column('', { cost: 3, upper: 1, integer: true })
  builder.row('', -Infinity, 0, [
    [0, 1],
    [1, -large]
  ])
  return builder.build('switched')
}

describe.each(solvers)('$name', ({ name }) => {
  test.each([1e3, 1e5, 1e7, 1e9])('a little of a switch with a coefficient of %d is none of it', async (large) => {
    const { termination, solution, objective, bound } = await solveWith(name, switched(large))
    expect(bound).toBeLessThanOrEqual(3)
    if (solution === null) expect(termination).toBe('failed')
    else expect(objective).toBeCloseTo(3, 5)
  })

  test.each([1e-9, 1, 2 ** 30])('honest points of capacity rows in units of %d pass', async (unit) => {
    const program = packingProgram(10, 4)
    const capacity = (row: number) => (program.rowUpper[row] === 0 ? unit : 1)
    const entryValue = program.entryValue.slice()
    for (let row = 0; row < program.rows; row++) {
      for (let entry = program.rowStart[row] as number; entry < (program.rowStart[row + 1] as number); entry++) {
        entryValue[entry] = capacity(row) * (entryValue[entry] as number)
      }
    }
    const { objective } = await solveWith(name, program)
    const scaled = await solveWith(name, { ...program, entryValue })
    expect(scaled.termination).toBe('optimal')
    expect(scaled.objective).toBeCloseTo(objective, 5)
  })

  test.each([1, 1e-6, 1e-12])('a row of numbers as small as %d holds', async (unit) => {
    const builder = new ProgramBuilder()
    builder.column('', { cost: -1, upper: 9 })
    builder.column('', { cost: -1, upper: 9 })
    builder.row('', -Infinity, unit, [
      [0, unit],
      [1, 2 * unit]
    ])
    const { termination, objective } = await solveWith(name, builder.build('small'))
    expect(termination).toBe('optimal')
    expect(objective).toBeCloseTo(-1, 5)
  })
})

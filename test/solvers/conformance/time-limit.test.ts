import { describe, expect, test } from 'vitest'
import { reportPoint } from '../../../models/linear-program/point-report.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { packingProgram } from '../packing-program.js'
import { solvers } from './solvers-under-test.js'
import { splitProgram } from './split-program.js'

const large = packingProgram(60, 24)

describe.each(solvers)('$name', ({ name }) => {
  test.each([0, 1])('a time limit before the first point ends without one: %i ms', async (timeLimitMs) => {
    const outcome = await solveWith(name, large, { timeLimitMs })
    expect(outcome).toMatchObject({ termination: 'time-limit', solution: null, objective: Number.POSITIVE_INFINITY })
    expect(outcome.bound).toBeLessThan(Number.POSITIVE_INFINITY)
  })

  test('a time limit after the first point ends with the best by then', async () => {
    const program = splitProgram()
    const outcome = await solveWith(name, program, { timeLimitMs: 2000 })
    expect(outcome.termination).toBe('time-limit')
    const { infeasibility, fractionality, objective } = reportPoint(program, outcome.solution as Float64Array)
    expect(infeasibility).toBeLessThan(1e-6)
    expect(fractionality).toBeLessThan(1e-6)
    expect(outcome.objective).toBeCloseTo(objective, 6)
    expect(outcome.bound).toBeLessThan(outcome.objective)
  })
})

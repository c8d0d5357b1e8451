import { describe, expect, test } from 'vitest'
import { relativeGap } from '../../../src/solvers/solver.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { packingProgram } from '../packing-program.js'
import { requireCapability, solvers } from './solvers-under-test.js'

describe.each(solvers)('$name', (solver) => {
  const name = solver.name

  test('a gap limit ends early and says so', async ({ skip }) => {
    requireCapability(solver, 'gapLimit', skip)
    const outcome = await solveWith(name, packingProgram(24, 8), { relativeGap: 0.5, timeLimitMs: 30_000 })
    expect(outcome.termination).toBe('gap-limit')
    expect(outcome.solution).not.toBeNull()
    if (!solver.capabilities.bound) {
      expect(outcome.bound).toBe(-Infinity)
      return
    }
    const gap = relativeGap(outcome.objective, outcome.bound)
    expect(gap).toBeGreaterThan(1e-6)
    expect(gap).toBeLessThanOrEqual(0.5 + 1e-9)
  })

  test('the constant of the objective belongs to the gap', async ({ skip }) => {
    requireCapability(solver, 'gapLimit', skip)
    const program = packingProgram(12, 5)
    const optimum = (await solveWith(name, program)).objective
    const outcome = await solveWith(name, { ...program, offset: 1 - optimum }, { relativeGap: 0.5 })
    expect(outcome.objective).toBeGreaterThanOrEqual(1 - 1e-6)
    expect(outcome.objective).toBeLessThanOrEqual(2 + 1e-6)
  })

  test('a gap limit, obeyed or not, makes no bound of its own', async () => {
    const program = packingProgram(10, 4)
    const optimum = (await solveWith(name, program)).objective
    for (const gap of [0, 0.1, 0.9]) {
      const outcome = await solveWith(name, program, { relativeGap: gap })
      expect(outcome.bound).toBeLessThanOrEqual(optimum + 1e-6)
      expect(outcome.objective).toBeGreaterThanOrEqual(optimum - 1e-6)
    }
  })
})

import { describe, expect, test } from 'vitest'
import type { SolverProgress } from '../../../models/linear-program/solution.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { firstFit, packingProgram } from '../packing-program.js'
import { requireCapability, solvers } from './solvers-under-test.js'
import { splitProgram } from './split-program.js'

describe.each(solvers)('$name', (solver) => {
  const name = solver.name

  test('an interrupt ends with the best point and the bound found by then', async ({ skip }) => {
    requireCapability(solver, 'interrupt', skip)
    requireCapability(solver, 'progress', skip)
    const told: number[] = []
    const hooks = {
      onProgress: ({ objective }: SolverProgress) => objective !== undefined && told.push(objective),
      interrupted: () => told.length > 0
    }
    const outcome = await solveWith(name, splitProgram(), { timeLimitMs: 30_000 }, hooks)
    expect(outcome.termination).toBe('interrupted')
    expect(outcome.objective).toBe(Math.min(...told))
    expect(outcome.bound).toBeLessThan(outcome.objective)
  })

  test('an interrupt before the first point ends without one', async ({ skip }) => {
    requireCapability(solver, 'interrupt', skip)
    const outcome = await solveWith(name, packingProgram(60, 24), { timeLimitMs: 30_000 }, { interrupted: () => true })
    expect(outcome).toMatchObject({ termination: 'interrupted', solution: null })
  })

  test('an interrupt leaves the bound that was proven by then', async ({ skip }) => {
    requireCapability(solver, 'interrupt', skip)
    requireCapability(solver, 'bound', skip)
    let proven = Number.NEGATIVE_INFINITY
    const hooks = {
      onProgress: ({ bound }: SolverProgress) => {
        proven = Math.max(proven, bound)
      },
      interrupted: () => proven > 0
    }
    const options = { timeLimitMs: 30_000, start: firstFit(60, 24) }
    const outcome = await solveWith(name, packingProgram(60, 24), options, hooks)
    expect(outcome.termination).toBe('interrupted')
    expect(outcome.bound).toBeGreaterThanOrEqual(proven)
    expect(outcome.bound).toBeLessThanOrEqual(outcome.objective)
  })

  test('a solver that hears no interrupt does not say that it was', async ({ skip }) => {
    if (solver.capabilities.interrupt) skip(`${name} hears interrupts`)
    const outcome = await solveWith(name, packingProgram(6, 3), {}, { interrupted: () => true })
    expect(outcome.termination).toBe('optimal')
  })
})

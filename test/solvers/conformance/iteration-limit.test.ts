import { describe, expect, test } from 'vitest'
import type { SolverOptions } from '../../../models/linear-program/solution.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { firstFit, packingProgram } from '../packing-program.js'
import { requireCapability, solvers } from './solvers-under-test.js'

const large = packingProgram(60, 24)

describe.each(solvers)('$name', (solver) => {
  const solve = async (options: SolverOptions) => {
    const told: unknown[] = []
    const hooks = {
      onProgress: ({ seconds: _, ...progress }: { readonly seconds: number }) => {
        told.push(progress)
      }
    }
    const { seconds, ...outcome } = await solveWith(solver.name, large, options, hooks)
    return { outcome, told }
  }

  test('a limit of iterations ends with what was found by then, and with the same each time', async ({ skip }) => {
    requireCapability(solver, 'iterationLimit', skip)
    const first = await solve({ iterationLimit: 3000, seed: 3 })
    expect(first.outcome.termination).toBe('time-limit')
    expect(first.outcome.iterations).toBeGreaterThanOrEqual(3000)
    expect(first.outcome.iterations).toBeLessThan(9000)
    expect(first.outcome.bound).toBeGreaterThan(Number.NEGATIVE_INFINITY)
    expect(await solve({ iterationLimit: 3000, seed: 3 })).toEqual(first)
  })

  test('iterations over a start count, too', async ({ skip }) => {
    requireCapability(solver, 'iterationLimit', skip)
    const start = firstFit(60, 24).map((value, column) => (column % 3 === 0 ? Number.NaN : value))
    const { outcome } = await solve({ iterationLimit: 1000, start })
    expect(outcome.termination).toBe('time-limit')
    expect(outcome.iterations).toBeLessThan(9000)
  })

  test('a limit that is not reached changes nothing', async ({ skip }) => {
    requireCapability(solver, 'iterationLimit', skip)
    const small = packingProgram(6, 3)
    const { termination, objective, iterations } = await solveWith(solver.name, small, { iterationLimit: 1e6 })
    expect(termination).toBe('optimal')
    expect(objective).toBeCloseTo((await solveWith(solver.name, small)).objective, 6)
    expect(iterations).toBeLessThan(1e6)
  })

  test('a solver that counts none says that it cannot', async ({ skip }) => {
    if (solver.capabilities.iterationLimit) skip(`${solver.name} counts iterations`)
    const { outcome } = await solve({ iterationLimit: 1000 })
    expect(outcome).toMatchObject({ termination: 'unsupported', solution: null })
  })
})

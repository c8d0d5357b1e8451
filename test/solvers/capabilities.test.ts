import { expect, test } from 'vitest'
import type { SolverName } from '../../src/solvers/portfolio.js'
import { loadSolver, UnknownSolverError } from '../../src/solvers/solvers.js'

test.each(['highs'] as const)('%s is loaded once and goes by its own name', async (name) => {
  const solver = await loadSolver(name)
  expect(solver.name).toBe(name)
  expect(solver.capabilities).toEqual((await loadSolver(name)).capabilities)
})

test.each(['nope', '__proto__', 'constructor', ''])('%j is no solver', async (name) => {
  await expect(loadSolver(name as SolverName)).rejects.toThrow(UnknownSolverError)
})

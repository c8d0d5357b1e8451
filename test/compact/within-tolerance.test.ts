import { compact, type ProblemInput } from 'replica-compactor'
import { verifyResult } from 'replica-compactor/models'
import { describe, expect, test } from 'vitest'
import { portfolio } from '../../src/solvers/portfolio.js'
import { brimfulProblem } from '../brute-force/brimful-problem.js'
import { findOptimum } from '../brute-force/enumerate-placements.js'

/** Two cheap nodes take six replicas that are together more than they have, by less than the checker minds; with or without a dear one. */
function overfilled(times: number, capacity: number, hasDearNode: boolean): ProblemInput {
  const parts = [0.5, 0.3, 0.2, 0.4, 0.4, 0.2]
  return {
    schemaVersion: 1,
    nodes: [1, 1, ...(hasDearNode ? [5] : [])].map((costPerHour, index) => ({
      id: `n${index}`,
      capacity: { cpu: capacity },
      costPerHour
    })),
    deployments: parts.map((part, index) => ({ id: `d${index}`, demand: { cpu: part * times * capacity } })),
    replicas: parts.map((_, index) => ({ id: `r${index}`, deployment: `d${index}`, node: null }))
  }
}

describe.each(portfolio)('%s', (solver) => {
  test.each([1 + 1e-8, 1 + 1e-7, 1 + 9e-7])('nodes filled %d times are full, not too full', async (times) => {
    for (const capacity of [1, 1e3, 1e12]) {
      for (const hasDearNode of [true, false]) {
        const problem = overfilled(times, capacity, hasDearNode)
        const result = await compact(problem, { solver, relativeGap: 0, timeLimitMs: 5000 })
        expect(verifyResult(problem, result)).toEqual([])
        expect(result).toMatchObject({ termination: 'optimal', objective: { total: 2 }, bound: { total: 2 } })
      }
    }
  })

  test('what is legal by enumeration is not called infeasible, nor below a bound', async () => {
    for (let seed = 0; seed < 12; seed++) {
      for (const resource of ['cores', 'bytes', 'shares'] as const) {
        const problem = brimfulProblem(seed, resource)
        const best = findOptimum(problem)
        if (best === null) continue
        const result = await compact(problem, { solver, relativeGap: 0, timeLimitMs: 3000 })
        expect(result.termination, problem.name).not.toBe('infeasible')
        expect(result.bound?.total ?? 0, problem.name).toBeLessThanOrEqual(best.total + 1e-6)
      }
    }
  })
})

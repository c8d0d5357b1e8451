import { compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { needTool } from '../needed-tools.js'
import { referenceProblem } from './reference-problem.js'
import { solveReference } from './solve-reference.js'

const CASES = 25
const glpsol = needTool('glpsol')

test('compact proves the optimum of the reference wherever a safe order leads there, and never a bound above it', async () => {
  const seen = { optimal: 0, infeasible: 0, broken: 0, unreachable: 0 }
  for (let seed = 7001; seed <= 7000 + CASES; seed++) {
    const problem = referenceProblem(seed)
    const optima = await solveReference(glpsol, problem)
    const result = await compact(problem, { relativeGap: 0, timeLimitMs: 10_000, threads: 1 })
    const [total, moves, broken] = (['total', 'moves', 'broken-rules'] as const).map((level) => optima?.get(level) ?? 0)
    if (optima === null) {
      expect(result.primalStatus, `seed ${seed}`).toBe('none')
      seen.infeasible++
    } else if (broken !== undefined && broken > 1e-6) {
      // What cannot be repaired is listed, or told as the contradiction that it is.
      const told = result.primalStatus === 'none' ? (result.explanation.conflict ?? []) : result.violations
      expect(told, `seed ${seed}`).not.toEqual([])
      seen.broken++
    } else {
      expect(result.bound?.total ?? 0, `seed ${seed}`).toBeLessThanOrEqual((total ?? 0) + 1e-6)
      if (result.termination !== 'optimal' || result.plan.status === 'partial') seen.unreachable++
      else {
        expect(result.objective?.total, `seed ${seed}`).toBeCloseTo(total ?? 0, 5)
        if (problem.objective.horizonHours === null)
          expect(result.objective?.moveCost, `seed ${seed}`).toBeCloseTo(moves ?? 0, 5)
        seen.optimal++
      }
    }
  }
  expect(seen.optimal).toBeGreaterThan(CASES / 4)
  expect(seen.infeasible).toBeGreaterThan(0)
  expect(seen.unreachable).toBeLessThan(CASES / 5)
})

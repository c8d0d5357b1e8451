import { compact } from 'replica-compactor'
import { verifyResult } from 'replica-compactor/models'
import { expect, test } from 'vitest'
import { findOptimum } from './enumerate-placements.js'
import { randomProblem } from './random-problem.js'
import { stateDevices } from './state-devices.js'

const CASES = 60

test('compact finds and proves what the enumeration finds, wherever a safe order leads there', async () => {
  const seen = { optimal: 0, infeasible: 0, broken: 0, unreachable: 0 }
  for (let seed = 5001; seed <= 5000 + CASES; seed++) {
    const problem = stateDevices(randomProblem(seed))
    const best = findOptimum(problem)
    const result = await compact(problem, { relativeGap: 0, timeLimitMs: 10_000, threads: 1 })
    expect(verifyResult(problem, result), `seed ${seed}`).toEqual([])
    if (best === null) {
      expect(result.primalStatus, `seed ${seed}`).toBe('none')
      seen.infeasible++
    } else if (best.broken > 0) {
      // What cannot be repaired is listed, or told as the contradiction that it is.
      if (result.primalStatus === 'none') expect(result.explanation.conflict ?? [], `seed ${seed}`).not.toEqual([])
      else expect(result.violations, `seed ${seed}`).not.toEqual([])
      seen.broken++
    } else {
      expect(result.bound?.total ?? 0, `seed ${seed}`).toBeLessThanOrEqual(best.total + 1e-6)
      if (result.termination !== 'optimal' || result.plan.status === 'partial') seen.unreachable++
      else {
        expect(result.objective?.total, `seed ${seed}`).toBeCloseTo(best.total, 6)
        if (problem.objective.horizonHours === null) {
          expect(result.objective?.moveCost, `seed ${seed}`).toBeCloseTo(best.moveCost, 6)
        }
        seen.optimal++
      }
    }
  }
  expect(seen.optimal).toBeGreaterThan(CASES / 3)
  expect(seen.infeasible).toBeGreaterThan(0)
  expect(seen.unreachable).toBeLessThan(CASES / 10)
})

import { compact } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'

// The one place where tests look at the clock: what the contract allows, 10 % and a second, and as much again for a busy machine.
const allowed = (limitMs: number) => 2 * (limitMs * 0.1 + 1000) + limitMs

describe.each([1, 50, 1000])('a limit of %i ms', (timeLimitMs) => {
  test.each(['synthetic/synthetic-12-1', 'dense/dense-100-1', 'openb/openb-slice-120', 'synthetic/synthetic-400-1'])(
    '%s: a checked answer in time',
    async (name) => {
      const problem = readFixture(name)
      const started = performance.now()
      const result = await compact(problem, { timeLimitMs })
      expect(performance.now() - started).toBeLessThan(allowed(timeLimitMs))
      expectChecked(problem, result)
      expect(result.primalStatus).toBe('feasible')
      expect(result.plan.status).toBe('complete')
    }
  )
})

test('there may be no limit', async () => {
  const problem = readFixture('synthetic/synthetic-12-1')
  const result = await compact(problem, { timeLimitMs: Number.POSITIVE_INFINITY })
  expectChecked(problem, result)
  expect(result.gap).toBeLessThanOrEqual(1e-4)
})

import { compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'

const problem = readFixture('synthetic/synthetic-25-1')
const optimum = 95.3

test('a cluster is planned to its optimum, with a plan that passes the checker', async () => {
  const result = await compact(problem, { timeLimitMs: 20_000 })
  expectChecked(problem, result)
  expect(result.primalStatus).toBe('feasible')
  expect(result.objective?.costPerHour).toBeCloseTo(optimum, 6)
  expect(result.bound?.total).toBeGreaterThan(optimum * (1 - 1e-4))
  expect(result.plan.status).toBe('complete')
  expect(result.gap).toBeLessThanOrEqual(1e-4)
  expect(['optimal', 'gap-limit']).toContain(result.termination)
})

test.each([1, 4])('%i threads come to the same cost', async (threads) => {
  const result = await compact(problem, { timeLimitMs: 20_000, threads, relativeGap: 1e-6 })
  expect(result.objective?.costPerHour).toBeCloseTo(optimum, 6)
})

test('two calls at once share the workers, and both answer', async () => {
  const other = readFixture('synthetic/synthetic-12-1')
  const [first, second] = await Promise.all([
    compact(problem, { timeLimitMs: 20_000, threads: 2 }),
    compact(other, { timeLimitMs: 20_000, threads: 2 })
  ])
  expectChecked(problem, first)
  expectChecked(other, second)
  expect(first.objective?.costPerHour).toBeCloseTo(optimum, 6)
  expect(second.objective?.costPerHour).toBeCloseTo(25.68, 6)
})

test('a wide gap is enough where it is asked for', async () => {
  const result = await compact(problem, { relativeGap: 0.5, timeLimitMs: 20_000 })
  expectChecked(problem, result)
  expect(result.gap).toBeLessThanOrEqual(0.5)
  expect(['optimal', 'gap-limit']).toContain(result.termination)
})

test('a Problem is only read: a frozen one is planned', async () => {
  const frozen = freeze(structuredClone(problem))
  expectChecked(frozen, await compact(frozen, { solver: 'greedy' }))
  expect(frozen).toEqual(problem)
})

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) freeze(part)
    Object.freeze(value)
  }
  return value
}

import { compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'

const problem = readFixture('dense/dense-400-1')

test('an interrupt gives the best placement so far, checked', async () => {
  const run = compact(problem, { timeLimitMs: 60_000, relativeGap: 0 })
  setTimeout(() => run.interrupt(), 1500)
  const result = await run
  expectChecked(problem, result)
  expect(result.termination).toBe('interrupted')
  expect(result.objective?.costPerHour).toBeLessThan(result.initial.costPerHour)
})

test('an interrupt before the run has begun gives an answer, too', async () => {
  const run = compact(problem, { timeLimitMs: 60_000 })
  run.interrupt()
  run.interrupt()
  const result = await run
  expectChecked(problem, result)
  expect(result.termination).toBe('interrupted')
})

test('an interrupt after the end changes nothing', async () => {
  const run = compact(readFixture('synthetic/synthetic-12-1'))
  const before = await run
  run.interrupt()
  expect(await run).toBe(before)
})

import { compact, type Progress, parseProblem, type Result, verifyResult } from 'replica-compactor'
import { expect, test } from 'vitest'
import hard from '../../fixtures/openb/openb-slice-120.problem.json' with { type: 'json' }
import small from '../../fixtures/synthetic/synthetic-25-1.problem.json' with { type: 'json' }
import large from '../../fixtures/synthetic/synthetic-200-1.problem.json' with { type: 'json' }
import { watchedWorkers } from './worker-fixtures.js'

const phases: readonly Progress['phase'][] = ['greedy', 'placement', 'moves', 'sequence', 'check']

function expectChecked(problem: unknown, result: Result) {
  expect(verifyResult(parseProblem(problem), result)).toEqual([])
}

test('compact reaches the optimum, proves it and tells how far it is', async () => {
  const heard = new Set<Progress['phase']>()
  const result = await compact(small, { threads: 2, timeLimitMs: 30_000, onProgress: ({ phase }) => heard.add(phase) })
  expectChecked(small, result)
  expect(result.objective?.costPerHour).toBeCloseTo(95.3, 6)
  expect(result.gap).toBeLessThanOrEqual(1e-4)
  expect(result.solve.solver).toBe('highs')
  expect([...heard]).toEqual(phases)
})

test('an abort rejects it with the reason of the signal, and the next call works', async () => {
  const controller = new AbortController()
  const reason = { why: 'enough' }
  const { createWorker } = watchedWorkers()
  const run = compact(large, { threads: 1, timeLimitMs: 30_000, signal: controller.signal, createWorker })
  setTimeout(() => controller.abort(reason), 1000)
  await expect(run).rejects.toBe(reason)
  expectChecked(small, await compact(small, { threads: 1, timeLimitMs: 2000, createWorker }))
})

test('a deadline ends it with the best there is', async () => {
  const result = await compact(hard, { threads: 2, timeLimitMs: 2000 })
  expectChecked(hard, result)
  expect(result.termination).toBe('time-limit')
})

test('workers that die under it do not lose the answer', async () => {
  const crashing = watchedWorkers('crashing')
  const healthy = watchedWorkers()
  const createWorker = () => (crashing.workers.length < 2 ? crashing : healthy).createWorker()
  const result = await compact(small, { threads: 1, timeLimitMs: 5000, createWorker })
  expectChecked(small, result)
  expect(result.objective?.costPerHour).toBeLessThan(result.initial.costPerHour)
  expect(healthy.workers).not.toHaveLength(0)
})

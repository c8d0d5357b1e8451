import type { Worker } from 'node:worker_threads'
import { compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { mortalWorkers, reap } from './mortal-workers.js'
import { expectChecked, readFixture } from './planned.js'
import { tightCluster } from './tight-cluster.js'

const problem = readFixture('synthetic/synthetic-200-1')

test.each([1, 2])('workers that are killed under the call do not lose the answer: %i threads', async (threads) => {
  const { workers, createWorker } = mortalWorkers()
  const reaper = reap(workers)
  const result = await compact(problem, { timeLimitMs: 3000, threads, createWorker }).finally(reaper.stop)
  expectChecked(problem, result)
  expect(result.objective?.costPerHour).toBeLessThan(result.initial.costPerHour)
})

test('one death is no end: the next call has workers again', async () => {
  const { workers, createWorker } = mortalWorkers()
  const run = compact(problem, { timeLimitMs: 2000, threads: 2, createWorker })
  setTimeout(() => void workers[0]?.terminate(), 500)
  expectChecked(problem, await run)
  const small = readFixture('synthetic/synthetic-12-1')
  const result = await compact(small, { threads: 2, createWorker })
  expect(result.objective?.costPerHour).toBeCloseTo(25.68, 6)
  expect(result.gap).toBeLessThanOrEqual(1e-4)
})

test.each<[string, unknown]>([
  ['an object', {}],
  ['an instance of Promise', Promise.resolve()],
  ['nothing', undefined],
  ['an instance of EventTarget', new EventTarget()]
])('what is no worker is named, and greedy answers: %s', async (found, returned) => {
  const createWorker = () => returned as Worker
  const result = await compact(tightCluster, { createWorker })
  expect(result.explanation.notes).toContain(
    `no solver gave anything: createWorker returned ${found}, expected a Worker of node:worker_threads`
  )
})

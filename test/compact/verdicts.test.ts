import { Worker } from 'node:worker_threads'
import { compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { tightCluster } from './tight-cluster.js'

test('"infeasible" without a proof makes no Result infeasible', async () => {
  const createWorker = () =>
    new Worker(new URL('./lying-worker.mjs', import.meta.url), { workerData: 'infeasible without a proof' })
  const result = await compact(tightCluster, { timeLimitMs: 600, createWorker })
  expect(result.primalStatus).toBe('none')
  expect(result.termination).toBe('time-limit')
})

test('it is a claim of the solver alone: there is a placement', async () => {
  expect((await compact(tightCluster)).primalStatus).toBe('feasible')
})

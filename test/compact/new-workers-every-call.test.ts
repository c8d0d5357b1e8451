import { Worker } from 'node:worker_threads'
import { compact } from 'replica-compactor'
import { expect, test, vi } from 'vitest'
import { readFixture } from './planned.js'

const problem = readFixture('synthetic/synthetic-12-1')
const script = new URL('../../dist/src/workers/solver-worker.node.js', import.meta.url)

test('calls that bring ever new functions to make workers leave no heap of workers behind', async () => {
  const living = new Set<Worker>()
  let made = 0
  const plan = () =>
    compact(problem, {
      threads: 1,
      createWorker: () => {
        const worker = new Worker(script)
        made++
        living.add(worker)
        worker.once('exit', () => living.delete(worker))
        return worker
      }
    })
  for (let call = 0; call < 5; call++) expect((await plan()).gap).toBeLessThanOrEqual(1e-4)
  await Promise.all([plan(), plan(), plan()])
  expect(made).toBe(8)
  await vi.waitFor(() => expect(living.size).toBe(2), { timeout: 30_000 })
})

test('a function that is passed again finds its workers warm', async () => {
  let made = 0
  const createWorker = () => {
    made++
    return new Worker(script)
  }
  for (let call = 0; call < 3; call++) await compact(problem, { threads: 1, createWorker })
  expect(made).toBe(1)
})

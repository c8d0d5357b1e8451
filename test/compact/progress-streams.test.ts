import { Worker } from 'node:worker_threads'
import { compact, type Progress } from 'replica-compactor'
import { expect, test } from 'vitest'
import { readFixture } from './planned.js'

const problem = readFixture('synthetic/synthetic-50-1')

test('progress comes while every worker is busy', async () => {
  const { objective, bound } = await compact(problem, { solver: 'greedy' })
  const told = ((objective?.total ?? 0) + (bound?.total ?? 0)) / 2
  const gate = new Int32Array(new SharedArrayBuffer(8))
  const script = new URL('busy-worker.mjs', import.meta.url)
  const heard: Progress[] = []
  await compact(problem, {
    threads: 2,
    timeLimitMs: 3000,
    createWorker: () => new Worker(script, { workerData: { gate, bound: told } }),
    onProgress: (progress) => {
      heard.push(progress)
      if (progress.bound < told) return
      Atomics.store(gate, 0, 1)
      Atomics.notify(gate, 0)
    }
  })
  // Costs come in units, and bounds are rounded up to them.
  expect(heard.some(({ phase, bound: proven }) => phase === 'placement' && proven >= told)).toBe(true)
  expect(gate[1], 'a worker waited in vain').toBe(0)
})

test('who iterates gets a placement before the search that found it has ended', async () => {
  let phase: Progress['phase'] = 'greedy'
  const run = compact(problem, {
    timeLimitMs: 15_000,
    threads: 2,
    onProgress: (progress) => {
      phase = progress.phase
    }
  })
  const seen: string[] = []
  for await (const { producer } of run) {
    if (producer === 'greedy') continue
    seen.push(phase)
    run.interrupt()
  }
  expect(seen[0]).toBe('placement')
})

import { Worker } from 'node:worker_threads'
import { compact } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'

const problem = readFixture('synthetic/synthetic-200-1')

/** Solvers that block their thread and hear nobody; the cluster is too large for them. */
describe.each(['glpk', 'javascript-lp-solver'] as const)('%s', (solver) => {
  test('does not keep an answer from coming in time', async () => {
    const timeLimitMs = 4000
    const started = performance.now()
    const result = await compact(problem, { solver, timeLimitMs })
    // Generous: what is left to itself works for minutes on this, and the machine may be busy.
    expect(performance.now() - started).toBeLessThan(3 * timeLimitMs)
    expectChecked(problem, result)
    expect(result.plan.status).toBe('complete')
  })

  test('is left at an abort, and the next call has a solver again', async () => {
    const controller = new AbortController()
    let asked = Infinity
    const run = compact(problem, {
      solver,
      timeLimitMs: 20_000,
      signal: controller.signal,
      onProgress: ({ phase }) => {
        if (phase !== 'placement' || asked < Infinity) return
        asked = performance.now() + 1000
        setTimeout(() => controller.abort('enough'), 1000)
      }
    })
    await expect(run).rejects.toBe('enough')
    // Generous: the grace of a solver is 0.25 s, and the machine may be busy.
    expect(performance.now() - asked).toBeLessThan(3000)
    const small = readFixture('golden-deadlock')
    const result = await compact(small, { solver })
    expectChecked(small, result)
    expect(result.solve.solver).toBe(solver)
  })

  test('whose worker is killed does not lose the answer', async () => {
    const workers: Worker[] = []
    const createWorker = () => {
      const worker = new Worker(new URL('../../dist/src/workers/solver-worker.node.js', import.meta.url))
      workers.push(worker)
      return worker
    }
    let killed = 0
    const reaper = setInterval(() => {
      for (const worker of workers.splice(0)) {
        killed++
        void worker.terminate()
      }
    }, 300)
    const result = await compact(problem, { solver, timeLimitMs: 3000, createWorker }).finally(() =>
      clearInterval(reaper)
    )
    expectChecked(problem, result)
    expect(killed).toBeGreaterThan(0)
    expect(result.objective?.costPerHour).toBeLessThan(result.initial.costPerHour)
  })
})

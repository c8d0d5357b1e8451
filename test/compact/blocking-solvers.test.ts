import { compact } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { mortalWorkers, reap } from './mortal-workers.js'
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
    const { workers, createWorker } = mortalWorkers()
    const reaper = reap(workers)
    const result = await compact(problem, { solver, timeLimitMs: 3000, createWorker }).finally(reaper.stop)
    expectChecked(problem, result)
    expect(reaper.stop()).toBeGreaterThan(0)
    expect(result.objective?.costPerHour).toBeLessThan(result.initial.costPerHour)
  })
})

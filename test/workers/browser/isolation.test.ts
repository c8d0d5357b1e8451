import { expect, inject, test } from 'vitest'
import { createSolverPool } from '../../../dist/src/workers/pool.js'
import { firstFit, packingProgram } from '../../solvers/packing-program.js'
import { watchedWorkers } from '../worker-fixtures.js'

test('a page is isolated exactly where its server asks for it', () => {
  expect(crossOriginIsolated).toBe(inject('asksForIsolation'))
})

test('an abort leaves the worker alive in an isolated page, and kills it in any other', async () => {
  const { workers, createWorker } = watchedWorkers()
  await using pool = createSolverPool({ createWorker, graceMs: 30_000 })
  const controller = new AbortController()
  const job = { solver: 'highs', program: packingProgram(60, 24), options: { start: firstFit(60, 24) } } as const
  const outcome = await pool.run(job, { signal: controller.signal, onProgress: () => controller.abort() })
  expect(outcome.termination).toBe('interrupted')
  expect(workers.map(({ hasEnded }) => hasEnded)).toEqual([!crossOriginIsolated])
})

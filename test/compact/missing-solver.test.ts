import { Worker } from 'node:worker_threads'
import { compact, InputError } from 'replica-compactor'
import { expect, test } from 'vitest'
import { expectChecked } from './planned.js'
import { tightCluster } from './tight-cluster.js'

const spawn = () => new Worker(new URL('./without-glpk-worker.mjs', import.meta.url))
const createWorker = () => spawn()

test('a solver that is named and not installed is an input error that says how to get it', async () => {
  const run = compact(tightCluster, { solver: 'glpk', createWorker })
  await expect(run).rejects.toBeInstanceOf(InputError)
  await expect(run).rejects.toMatchObject({
    subject: 'options',
    issues: [{ path: 'solver', found: '"glpk"', expected: 'a solver that can be used here' }]
  })
  await expect(run).rejects.toThrow(/npm install glpk\.js.*GPL-3\.0/)
})

test.each(['auto', 'highs', 'javascript-lp-solver'] as const)('%s works without it', async (solver) => {
  const result = await compact(tightCluster, { solver, createWorker })
  expectChecked(tightCluster, result)
  expect(result.primalStatus).toBe('feasible')
  expect(result.explanation.notes).toBe(undefined)
})

test('where HiGHS cannot be used, auto says why, and who answered in its place', async () => {
  const withoutHighs = () => new Worker(new URL('./without-highs-worker.mjs', import.meta.url))
  const result = await compact(tightCluster, { createWorker: withoutHighs })
  expectChecked(tightCluster, result)
  expect(result.solve.solver).toBe('glpk')
  expect(result.explanation.notes).toEqual([
    expect.stringMatching(/^HiGHS could not be used: .*no-such-highs\.wasm.*; glpk answered$/)
  ])
})

test('a limit too short to find out gives the answer of greedy', async () => {
  // Another function has workers of its own, and these have not started yet.
  const roomy = { ...tightCluster, replicas: tightCluster.replicas.slice(0, 2) }
  const result = await compact(roomy, { solver: 'glpk', timeLimitMs: 1, createWorker: spawn })
  expectChecked(roomy, result)
  expect(result.solve.solver).toBe('greedy')
})

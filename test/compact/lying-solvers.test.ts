import { Worker } from 'node:worker_threads'
import { compact } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'

const problem = readFixture('synthetic/synthetic-25-1')
const optimum = 95.3
const liar = (lie: string) => () => new Worker(new URL('./lying-worker.mjs', import.meta.url), { workerData: lie })

// A bound that is too high by less than the best placement shows cannot be told from a true one: nothing here claims otherwise.
describe.each([
  'zeros',
  'fractions',
  'ones',
  'no numbers',
  'a short point',
  'a bound too high',
  'an infinite bound',
  'infeasible',
  'infeasible without a proof',
  'unsupported by all',
  'unbounded',
  'garbage',
  'nothing',
  'no answer',
  'an error',
  'out of memory',
  'an exit',
  'no progress',
  'progress of strange numbers',
  'patterns that are none',
  'patterns beyond measure',
  'a flood of bounds'
])('a solver that answers with %s', (lie) => {
  test.each([1, 2])('leaves the answer of greedy, checked, and a bound that holds: %i threads', async (threads) => {
    const result = await compact(problem, { timeLimitMs: 600, threads, createWorker: liar(lie) })
    expectChecked(problem, result)
    expect(result.producer).toBe('greedy')
    expect(result.termination).toBe('time-limit')
    expect(result.objective?.costPerHour).toBeGreaterThanOrEqual(optimum - 1e-6)
    expect(result.bound?.total).toBeLessThanOrEqual(optimum + 1e-6)
  })
})

test.each([
  ['no answer', 'gave nothing in time'],
  ['no progress', "no progress of a job '"]
])('a solver that answers with %s leaves a note', async (lie, note) => {
  const result = await compact(problem, { timeLimitMs: 2000, createWorker: liar(lie) })
  expect(result.solve.solver).toBe('greedy')
  expect(result.explanation.notes).toEqual([expect.stringContaining(note)])
})

test('a worker that cannot be made leaves the answer of greedy', async () => {
  const createWorker = () => {
    throw new Error('no threads here')
  }
  const result = await compact(problem, { timeLimitMs: 2000, createWorker })
  expectChecked(problem, result)
  expect(result.producer).toBe('greedy')
  expect(result.explanation.notes).toEqual([expect.stringContaining('no threads here')])
})

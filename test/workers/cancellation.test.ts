import { afterEach, expect, test, vi } from 'vitest'
import { createSolverPool, type SolverPoolOptions } from '../../dist/src/workers/pool.js'
import { firstFit, packingProgram } from '../solvers/packing-program.js'
import { gatedWorkers, needSharedMemory, watchedWorkers } from './worker-fixtures.js'

const large = packingProgram(60, 24)
const job = { solver: 'highs', program: large, options: { start: firstFit(60, 24) } } as const
/** Does not stand still with the faked one. */
const { setTimeout: realTimeout } = globalThis

afterEach(() => vi.useRealTimers())

/** Runs the large program and aborts at its first point. */
async function abortAtFirstPoint(options: SolverPoolOptions) {
  await using pool = createSolverPool(options)
  const controller = new AbortController()
  const outcome = await pool.run(job, {
    signal: controller.signal,
    onProgress: ({ solution }) => {
      if (solution !== undefined) controller.abort()
    }
  })
  return outcome
}

test('an abort stops the solver, which gives its point and bound', async () => {
  const outcome = await abortAtFirstPoint({ graceMs: 30_000 })
  expect(outcome.termination).toBe('interrupted')
  expect(outcome.solution).toHaveLength(large.columns)
  expect(outcome.bound).toBeLessThanOrEqual(outcome.objective)
})

test('where memory can be shared, the solver obeys and keeps its thread', async ({ skip }) => {
  needSharedMemory(skip)
  const { workers, createWorker } = watchedWorkers()
  await using pool = createSolverPool({ createWorker, graceMs: 30_000 })
  const controller = new AbortController()
  const outcome = await pool.run(job, { signal: controller.signal, onProgress: () => controller.abort() })
  expect(outcome.termination).toBe('interrupted')
  await pool.run({ solver: 'highs', program: packingProgram(6, 3) })
  expect(workers).toHaveLength(1)
})

test('a solver that does not obey is given up after the grace; the point it told is not lost', async () => {
  const outcome = await abortAtFirstPoint({ ...watchedWorkers('stubborn'), graceMs: 50, lingerMs: 50 })
  expect(outcome).toMatchObject({ termination: 'interrupted', objective: 3, bound: 1 })
  expect(outcome.solution).toEqual(Float64Array.of(1, 2))
})

test('a solver that obeyed while this thread was busy is not given up', async ({ skip }) => {
  const { workers, createWorker, open, waitForAnswer } = gatedWorkers(skip)
  open()
  await using pool = createSolverPool({ createWorker, graceMs: 1 })
  const controller = new AbortController()
  const run = pool.run(job, {
    signal: controller.signal,
    onProgress: () => {
      controller.abort()
      waitForAnswer()
      // Now the answer is here, and soon the grace is over: both wait for this thread.
      const overAt = performance.now() + 20
      while (performance.now() < overAt);
    }
  })
  expect(await run).toMatchObject({ termination: 'interrupted', objective: 3 })
  await pool.run(job, { signal: AbortSignal.timeout(1) })
  expect(workers).toHaveLength(1)
})

test('where memory cannot be shared, an abort kills at once; the point it told is not lost', async () => {
  const { workers, createWorker } = watchedWorkers()
  const outcome = await abortAtFirstPoint({ createWorker, graceMs: 30_000, sharesMemory: false })
  expect(outcome.termination).toBe('interrupted')
  expect(outcome.solution).toHaveLength(large.columns)
  expect(workers[0]?.hasEnded).toBe(true)
})

test.each([
  ['a deadline', {}, { deadlineMs: 200 }],
  ['the time limit of a solver that ignores it', { timeLimitMs: 200 }, {}]
])('%s is kept by the pool', async (_, options, runOptions) => {
  // Time stands still until the solver has told its point, however long that takes.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  await using pool = createSolverPool({ ...watchedWorkers('stubborn'), graceMs: 50, lingerMs: 50 })
  const onProgress = () => void realTimeout(() => vi.advanceTimersByTime(400))
  const outcome = await pool.run({ ...job, options }, { ...runOptions, onProgress })
  expect(outcome).toMatchObject({ termination: 'time-limit', objective: 3 })
})

test('a job that waits is dropped when it is aborted or its deadline passes, and the next one still runs', async () => {
  await using pool = createSolverPool()
  const controller = new AbortController()
  const busy = new AbortController()
  const running = pool.run(job, { signal: busy.signal })
  const aborted = pool.run(job, { signal: controller.signal })
  const late = pool.run(job, { deadlineMs: 20 })
  const next = pool.run({ solver: 'highs', program: packingProgram(6, 3) })
  controller.abort()
  expect(await aborted).toMatchObject({ termination: 'interrupted', solution: null })
  expect(await late).toMatchObject({ termination: 'time-limit', solution: null })
  busy.abort()
  expect((await running).termination).toBe('interrupted')
  expect((await next).termination).toBe('optimal')
})

test('a signal that has aborted already starts nothing', async () => {
  const { workers, createWorker } = watchedWorkers()
  await using pool = createSolverPool({ createWorker })
  expect((await pool.run(job, { signal: AbortSignal.abort() })).termination).toBe('interrupted')
  expect(workers).toHaveLength(0)
})

test('a signal that outlives its job keeps no listener of it', async () => {
  await using pool = createSolverPool()
  const { signal } = new AbortController()
  const added = vi.spyOn(signal, 'addEventListener')
  const removed = vi.spyOn(signal, 'removeEventListener')
  for (let run = 0; run < 3; run++) await pool.run({ solver: 'highs', program: packingProgram(6, 3) }, { signal })
  expect(added).toHaveBeenCalledTimes(3)
  expect(removed.mock.calls).toEqual(added.mock.calls)
})

import { compact, InputError, type ProblemInput } from 'replica-compactor'
import { expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'
import { randomCluster } from './random-cluster.js'
import { tightCluster } from './tight-cluster.js'

const seeds = Array.from({ length: 10 }, (_, index) => index)
const problems: [string, () => ProblemInput][] = [
  ...['synthetic/synthetic-12-1', 'synthetic/synthetic-25-1', 'dense/dense-25-1', 'openb/openb-slice-30'].map(
    (name): [string, () => ProblemInput] => [name, () => readFixture(name)]
  ),
  ...seeds.map((seed): [string, () => ProblemInput] => [`cluster ${seed}`, () => randomCluster(seed)])
]

test.each(problems)('a larger work limit gives nothing worse, and a tiny one an answer: %s', async (_name, read) => {
  const problem = read()
  let last = Infinity
  for (const workLimit of [0.001, 30, 300, 1000, 3000]) {
    const result = await compact(problem, { workLimit, threads: 2 })
    expectChecked(problem, result)
    expect(result.solve).toMatchObject({ workLimit, work: expect.any(Number) })
    const total = result.objective?.total ?? Infinity
    expect(total).toBeLessThanOrEqual(last)
    last = total
  }
})

test('the work limit is told as why the search ended', async () => {
  const result = await compact(readFixture('dense/dense-100-1'), { workLimit: 100 })
  expect(result.termination).toBe('work-limit')
  expect(result.solve.work).toBeGreaterThan(0)
})

test('a time limit beside it ends the search, too', async () => {
  const problem = readFixture('dense/dense-400-1')
  const started = performance.now()
  const result = await compact(problem, { workLimit: 1e9, timeLimitMs: 1500, relativeGap: 0 })
  expect(performance.now() - started).toBeLessThan(20_000)
  expectChecked(problem, result)
  expect(result.termination).toBe('time-limit')
})

test('an interrupt gives the best placement so far', async () => {
  const problem = readFixture('dense/dense-400-1')
  const run = compact(problem, { workLimit: 1e9, relativeGap: 0 })
  setTimeout(() => run.interrupt(), 1500)
  const result = await run
  expectChecked(problem, result)
  expect(result.termination).toBe('interrupted')
})

test('progress is told', async () => {
  const phases = new Set<string>()
  await compact(readFixture('dense/dense-25-1'), { workLimit: 1000, onProgress: ({ phase }) => phases.add(phase) })
  expect([...phases]).toEqual(['greedy', 'placement', 'moves', 'sequence', 'check'])
})

test.each(['glpk', 'javascript-lp-solver'] as const)('%s cannot be limited so, and that is said', async (solver) => {
  const run = compact(tightCluster, { workLimit: 1000, solver })
  await expect(run).rejects.toBeInstanceOf(InputError)
  await expect(run).rejects.toMatchObject({ issues: [{ path: 'solver', found: JSON.stringify(solver) }] })
  await expect(run).rejects.toThrow(`${solver} cannot be limited by work, only by the clock`)
})

test('greedy alone counts its work', async () => {
  const result = await compact(tightCluster, { workLimit: 1000, solver: 'greedy' })
  expectChecked(tightCluster, result)
  expect(result.solve).toMatchObject({ solver: 'greedy', workLimit: 1000 })
})

test('without a work limit the Result tells of no work', async () => {
  const { solve } = await compact(tightCluster, { timeLimitMs: 1000 })
  expect(solve).not.toHaveProperty('work')
  expect(solve).not.toHaveProperty('workLimit')
})

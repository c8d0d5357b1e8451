import { compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'

const problem = readFixture('synthetic/synthetic-25-1')

test('each search that ran is on record, with what it found and proved', async () => {
  const result = await compact(problem, { timeLimitMs: 20_000, threads: 2 })
  expectChecked(problem, result)
  const { searches = [], incumbents } = result.solve
  const names = searches.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['greedy', 'covering-bound', 'column-generation']))
  expect(new Set(names).size).toBe(names.length)
  const found = searches.flatMap(({ name, incumbents: count }) => Array.from({ length: count }, () => name))
  expect(incumbents.map(({ search }) => search).sort()).toEqual(found.sort())
  const best = Math.min(...searches.map(({ bestCostPerHour = Infinity }) => bestCostPerHour))
  expect(best).toBeCloseTo(result.objective?.costPerHour ?? Number.NaN, 9)
  const proven = Math.max(...searches.map(({ bound = 0 }) => bound))
  expect(proven).toBeGreaterThanOrEqual((result.bound?.total ?? Infinity) - 1e-9)
})

test('without a solver, only what needs none is on record', async () => {
  const { solve } = await compact(problem, { solver: 'greedy' })
  expect(solve.searches?.map(({ name }) => name)).toEqual(['covering-bound', 'greedy'])
})

test.each([
  ['column-generation', ['column-generation']],
  ['compact-model', ['compact-model']],
  ['neighbourhoods', ['neighbourhoods']],
  ['bound-by-type', ['bound-by-type']],
  ['none but greedy', []]
] as const)('%s alone: no other search for the cheapest placement runs', async (_, searches) => {
  const result = await compact(problem, { timeLimitMs: 3_000, threads: 2, searches })
  expectChecked(problem, result)
  const always = ['covering-bound', 'greedy', 'moves']
  const ran = result.solve.searches?.map(({ name }) => name).filter((name) => !always.includes(name))
  expect(ran).toEqual(searches)
})

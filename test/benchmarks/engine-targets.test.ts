import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { listMissed } from '../../benchmarks/engine/measure-target.mjs'
import { countMigrations, searchGap, targets } from '../../benchmarks/engine/targets.mjs'
import { provide } from '../../benchmarks/instances.mjs'
import { lookUpKnown, readBestKnown } from '../../benchmarks/known.mjs'

test('no two targets have the same name', () => {
  expect(new Set(targets.map(({ key }) => key)).size).toBe(targets.length)
})

test('every target that is a fixture is there, and something is said of each in best-known.json', () => {
  const bestKnown = readBestKnown()
  for (const { key, place } of targets) {
    if (place.folder === 'fixtures') expect(existsSync(provide(place) ?? ''), key).toBe(true)
    // What may not be published is known beside the data alone.
    if (key.startsWith('packing/') && place.folder === 'shared') continue
    const known = lookUpKnown(bestKnown, key, place.folder)
    expect(known, key).toBeDefined()
    if (place.folder === 'generated') expect(known?.generator, key).toEqual(place.generator)
  }
})

test('the search goes on to half of the gap, or until it is closed', () => {
  expect(searchGap(0.001)).toBe(0.0005)
  expect(searchGap(1e-6)).toBe(1e-6)
})

test('a budget is a share of the replicas that are running, rounded down', () => {
  const replicas = Array.from({ length: 100 }, () => ({ node: 'n' as string | null }))
  const others = [{ node: null }, { node: 'n', state: 'draining' }, { node: 'n', state: 'starting' }]
  const problem = { replicas: [...replicas, ...others] }
  expect(countMigrations(problem, 0.29)).toBe(29)
  expect(countMigrations({ replicas: replicas.slice(0, 39) }, 0.05)).toBe(1)
  expect(countMigrations(problem, null)).toBeNull()
})

describe('a target is missed', () => {
  const kept = {
    key: 'one',
    folder: 'fixtures' as const,
    nodes: 1,
    replicas: 1,
    maxMigrations: null,
    targetGap: 0.01,
    targetSeconds: 5,
    cost: 100,
    bound: 99,
    gap: 0.01,
    seconds: 5,
    peakMegabytes: 4000,
    termination: 'gap-limit',
    producer: 'mip',
    migrations: 0,
    plan: 'complete',
    violations: 0,
    missed: []
  }

  test('not when all of it is just reached', () => {
    expect(listMissed(kept)).toEqual([])
    expect(listMissed({ ...kept, peakMegabytes: null })).toEqual([])
  })

  test.each([
    ['gap', { gap: 0.0101 }],
    ['gap', { gap: null, bound: null }],
    ['in time', { seconds: 5.01 }],
    ['memory', { peakMegabytes: 4001 }],
    ['complete plan', { plan: 'partial' }],
    ['accepted by the checker', { violations: 1 }],
    ['a bound below its cost', { bound: 101, gap: 0 }]
  ])('by its %s: %o', (words, change) => {
    expect(listMissed({ ...kept, ...change })).toEqual([words])
  })

  test('without an answer', () => {
    expect(listMissed({ ...kept, cost: null, bound: null, gap: null, plan: null })).toEqual(['an answer', 'gap'])
  })
})

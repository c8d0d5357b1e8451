import { type CompactOptions, compact } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { expectChecked } from './planned.js'
import { randomCluster } from './random-cluster.js'

// Thousands of these were held against a third checker when the library was written; these many keep watch.
describe.each<[string, number, CompactOptions]>([
  ['greedy', 150, { solver: 'greedy' }],
  ['a solver', 60, { timeLimitMs: 800, threads: 2 }]
])('random clusters planned by %s', (_name, clusters, options) => {
  const seeds = Array.from({ length: clusters }, (_, index) => index)
  const batches = Array.from({ length: clusters / 10 }, (_, index) => seeds.slice(index * 10, index * 10 + 10))

  test.each(batches.map((batch) => [batch[0], batch] as const))('seeds from %i', async (_first, batch) => {
    for (const seed of batch) {
      const problem = randomCluster(seed)
      const result = await compact(problem, { ...options, seed })
      expectChecked(problem, result)
      const { conflict = [], notes = [] } = result.explanation
      if (result.termination === 'infeasible') expect(conflict.length).toBeGreaterThan(0)
      else if (result.primalStatus === 'none')
        expect({ conflict, isNoted: notes.length > 0 }).toEqual({ conflict: [], isNoted: true })
    }
  })
})

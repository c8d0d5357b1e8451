import type { Highs } from 'highs'
import { beforeAll, expect, test } from 'vitest'
import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { patternScope } from '../../../src/search/patterns/pattern-scope.js'
import { loadHighs } from '../../../src/solvers/highs/runtime.js'
import { type BrimfulResource, brimfulProblem } from '../../brute-force/brimful-problem.js'
import { findOptimum } from '../../brute-force/enumerate-placements.js'
import { referenceProblem } from '../../reference/reference-problem.js'
import { patternCluster } from './pattern-cluster.js'
import { boundsBeside, isFalse } from './search-bounds.js'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

/** Searches the Problems that patterns have something to say of; how many bounds there were, and how many of them at the optimum. */
function judge(seeds: number, draw: (seed: number) => Problem) {
  const seen = { kinds: 0, contents: 0, bounds: 0, tight: 0 }
  for (let seed = 1; seed <= seeds; seed++) {
    const problem = draw(seed)
    const instance = compileInstance(problem)
    const scope = patternScope(instance)
    if (scope === 'none') continue
    const best = findOptimum(problem)
    if (best === null) continue
    seen[scope]++
    for (const proven of boundsBeside(highs, instance, best, seed % 5 === 0 ? 3 : 500)) {
      expect(isFalse(proven), `seed ${seed}: ${JSON.stringify(proven)}`).toBe(false)
      seen.bounds++
      if (proven.bound > proven.optimum - 1e-6) seen.tight++
    }
  }
  return seen
}

test('no bound is above the enumerated optimum, whatever budgets, pins, surplus and rules there are', () => {
  const seen = judge(120, patternCluster)
  expect(seen.kinds).toBeGreaterThan(12)
  expect(seen.contents).toBeGreaterThan(35)
  expect(seen.tight).toBeGreaterThan(0.6 * seen.bounds)
})

test('nor with a second device resource, bytes, and more of a resource while a copy starts', () => {
  const seen = judge(70, referenceProblem)
  expect(seen.bounds).toBeGreaterThan(35)
  expect(seen.tight).toBeGreaterThan(0.5 * seen.bounds)
})

test.each<BrimfulResource>(['cores', 'single cores', 'bytes', 'shares'])(
  'nor where nodes are full of %s up to the last of the tolerance',
  (resource) => {
    const seen = judge(12, (seed) => brimfulProblem(seed, resource, seed % 2 === 0))
    expect(seen.tight).toBeGreaterThan(0.8 * seen.bounds)
  }
)

test('of more pinned copies than are wanted some are stopped, and their nodes given back', () => {
  const problem = patternCluster(47)
  const instance = compileInstance(problem)
  const best = findOptimum(problem)
  if (best === null) throw new Error('there is a placement')
  expect(instance.copies.some(({ hold, neverSurplus }) => hold === 'pinned' && !neverSurplus)).toBe(true)
  expect(boundsBeside(highs, instance, best, 500).filter(isFalse)).toEqual([])
})

import { expect, test } from 'vitest'
import { makeDense } from '../../../benchmarks/families/dense.mjs'
import { makeSynthetic } from '../../../benchmarks/families/synthetic.mjs'
import { compactNaively } from './naive-ray.js'
import { randomShares } from './random-shares.js'
import { contentsOf, openState, policyNamed, unlimited } from './simulated-cluster.js'

const seeds = Array.from({ length: 400 }, (_, index) => index + 1)

test('what is remembered from round to round changes nothing: the same as trying everything anew', () => {
  const seen = { starts: 0, hangs: 0, rounds: 0 }
  const families = [
    ...seeds.map(randomShares),
    makeDense(40, 1),
    makeDense(60, 2),
    makeSynthetic(60, 1),
    makeSynthetic(90, 2)
  ]
  for (const problem of families) {
    const [state, naive] = [openState(problem), openState(problem)]
    const { starts, hangs, rounds } = policyNamed('ray-compaction').run(state, unlimited)
    expect(compactNaively(naive).starts, problem.name).toBe(starts)
    expect(contentsOf(state), problem.name).toEqual(contentsOf(naive))
    seen.starts += starts
    seen.hangs += hangs
    seen.rounds += rounds
  }
  // Otherwise nothing was compared.
  expect(seen.starts).toBeGreaterThan(500)
  expect(seen.hangs).toBeGreaterThan(50)
})

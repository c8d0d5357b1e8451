import { expect, test } from 'vitest'
import { compileInstance } from '../../models/instance/compile.js'
import { blockersOf } from '../../src/result/blockers.js'
import { contentLimits, ownerLimits } from '../../src/result/node-limits.js'
import { PackingState } from '../../src/search/packing-state.js'
import { randomProblem } from '../brute-force/random-problem.js'

test('a limit is named wherever one more copy may not come, and nowhere else', () => {
  const seen = { open: 0, closed: 0 }
  for (let seed = 1; seed <= 150; seed++) {
    const instance = compileInstance(randomProblem(seed))
    const state = new PackingState(instance)
    for (const { index: deployment } of instance.deployments) {
      for (const { index: node } of instance.nodes) {
        const about = `seed ${seed}: ${deployment} on ${node}`
        const blockers = blockersOf(state, deployment, node)
        expect(blockers.length === 0, `${about}: ${blockers.join()}`).toBe(state.admits(deployment, node))
        const limits = [...ownerLimits(state, deployment, node), ...contentLimits(state, deployment, node)]
        for (const { amount, describe } of limits) {
          expect(amount, about).toBeGreaterThan(0)
          expect(describe(), about).not.toBe('')
        }
        for (const blocker of blockers)
          expect(
            limits.map(({ resource, path }) => resource ?? path),
            about
          ).toContain(blocker)
        seen[blockers.length === 0 ? 'open' : 'closed']++
      }
    }
  }
  expect(Math.min(seen.open, seen.closed)).toBeGreaterThan(100)
})

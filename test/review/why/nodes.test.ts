import { expect, test } from 'vitest'
import { verifyPlacement } from '../../../models/checker/verify-placement.js'
import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'
import { compact } from '../../../src/index.js'
import { why } from '../../../src/review/index.js'
import { findOptimum, TooLargeError } from '../../brute-force/enumerate-placements.js'
import { randomProblem } from '../../brute-force/random-problem.js'
import { stateDevices } from '../../brute-force/state-devices.js'
import { oneLess, withEdits } from './smaller-step.js'

/** The smallest primary objective with a node empty; Infinity where there is none. */
function leastWithout(problem: Problem, node: string): number {
  const emptied = {
    ...problem,
    nodes: problem.nodes.map((one) => (one.id === node ? { ...one, mustEmpty: true } : one))
  }
  const best = findOptimum(parseProblem(emptied))
  return best === null || best.broken > 0 || best.unplaced.some((count) => count > 0) ? Infinity : best.total
}

test('what why says of a node is so, as the enumeration of all placements shows', async () => {
  const seen = { changes: 0, smallest: 0, refuted: 0, impossible: 0, more: 0 }
  for (let seed = 0; seed < 90; seed++) {
    const drawn = randomProblem(seed, { broken: false, mostReplicas: 5 })
    const problem = stateDevices(parseProblem({ ...drawn, pending: 'required' }))
    const result = await compact(problem, { timeLimitMs: 2000, threads: 1 })
    if (result.primalStatus === 'none' || result.violations.length > 0) continue
    const total = result.objective?.total ?? 0
    const least = total - 1e-6 * Math.max(1, total)
    for (const { node } of (result.explanation.nodes ?? []).slice(0, 2)) {
      const answer = await why(problem, result, {
        node,
        workLimit: 3000,
        threads: 1,
        onPlacement: (evidence) => expect(verifyPlacement(evidence.problem, evidence.placement)).toEqual([])
      })
      if (answer.kind !== 'why-node') throw new Error(answer.kind)
      const about = `seed ${seed}, ${node}`
      try {
        const asItIs = leastWithout(problem, node)
        if (answer.unchanged?.verdict === 'impossible') {
          seen.impossible++
          expect(asItIs, about).toBeGreaterThanOrEqual(least)
        }
        if (answer.unchanged?.price !== undefined) {
          seen.more++
          expect(answer.unchanged.price.total, about).toBeGreaterThanOrEqual(asItIs - 1e-6)
          expect(answer.unchanged.price.bound, about).toBeLessThanOrEqual(asItIs + 1e-6)
        }
        for (const { edits, total: reached, bound, saves, isSmallest, words } of answer.changes) {
          seen.changes++
          const changed = withEdits(problem, edits)
          const best = leastWithout(changed, node)
          expect(reached, `${about}: ${words}`).toBeGreaterThanOrEqual(best - 1e-6)
          expect(bound, `${about}: ${words}`).toBeLessThanOrEqual(best + 1e-6)
          expect(saves, `${about}: ${words}`).toBeCloseTo(total - reached, 6)
          expect(reached, `${about}: ${words}`).toBeLessThan(least)
          const smaller = oneLess(edits)
          if (!isSmallest || smaller === undefined) continue
          seen.smallest++
          expect(leastWithout(withEdits(problem, smaller), node), `${about}: ${words}`).toBeGreaterThanOrEqual(least)
        }
        for (const { edits, words } of answer.refuted) {
          seen.refuted++
          expect(leastWithout(withEdits(problem, edits), node), `${about}: ${words}`).toBeGreaterThanOrEqual(least)
        }
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error
      }
    }
  }
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(3)
}, 300_000)

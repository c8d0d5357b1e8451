import { expect, test } from 'vitest'
import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { compact } from '../../../src/index.js'
import { giveUpParts, listParts } from '../../../src/result/conflict/problem-parts.js'
import { why } from '../../../src/review/index.js'
import { findOptimum, TooLargeError } from '../../brute-force/enumerate-placements.js'
import { randomProblem } from '../../brute-force/random-problem.js'
import { stateDevices } from '../../brute-force/state-devices.js'
import { oneLess, withEdits } from './smaller-step.js'

/** The smallest primary objective of a legal placement with everything wanted in place; Infinity where there is none. */
function leastOf(problem: Problem): number {
  const best = findOptimum(parseProblem(problem))
  return best === null || best.broken > 0 || best.unplaced.some((count) => count > 0) ? Infinity : best.total
}

test('the parts of a conflict cannot hold together, each is needed, and ways out are as cheap as they say', async () => {
  const seen = { conflicts: 0, needed: 0, changes: 0, smallest: 0, refuted: 0 }
  for (let seed = 0; seed < 150; seed++) {
    const drawn = randomProblem(seed, { broken: false, mostReplicas: 5 })
    const problem = stateDevices(parseProblem({ ...drawn, pending: 'required', objective: {} }))
    const result = await compact(problem, { timeLimitMs: 2000, threads: 1 })
    if (result.termination !== 'infeasible') continue
    const answer = await why(problem, result, { workLimit: 4000, threads: 1 })
    if (answer.kind !== 'why-infeasible') throw new Error(answer.kind)
    const about = `seed ${seed}`
    try {
      const [conflict] = answer.conflicts
      const all = listParts(compileInstance(problem))
      const paths = new Set(conflict?.parts.map(({ path }) => path))
      const others = all.filter(({ path }) => !paths.has(path))
      if (conflict?.isProven === true && all.length - others.length === paths.size) {
        seen.conflicts++
        expect(leastOf(giveUpParts(problem, others)), about).toBe(Infinity)
        for (const { path, needed } of conflict.parts) {
          const part = all.find((one) => one.path === path)
          if (needed !== true || part === undefined) continue
          seen.needed++
          expect(leastOf(giveUpParts(problem, [...others, part])), `${about}: ${path}`).toBeLessThan(Infinity)
        }
      }
      for (const { edits, total, bound, isSmallest, words } of answer.changes) {
        seen.changes++
        const least = leastOf(withEdits(problem, edits))
        expect(total, `${about}: ${words}`).toBeGreaterThanOrEqual(least - 1e-6)
        expect(bound, `${about}: ${words}`).toBeLessThanOrEqual(least + 1e-6)
        const smaller = oneLess(edits)
        if (!isSmallest || smaller === undefined) continue
        seen.smallest++
        expect(leastOf(withEdits(problem, smaller)), `${about}: ${words}`).toBe(Infinity)
      }
      expect(answer.changes.map(({ total }) => total)).toEqual(
        answer.changes.map(({ total }) => total).sort((a, b) => a - b)
      )
      for (const { edits, kind, words } of answer.refuted) {
        if (kind === 'new-node') continue
        seen.refuted++
        expect(leastOf(withEdits(problem, edits)), `${about}: ${words}`).toBe(Infinity)
      }
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error
    }
  }
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(3)
}, 300_000)

test('of two independent conflicts, one change of each gives an answer, and neither does alone', async () => {
  const problem = parseProblem({
    schemaVersion: 1,
    pending: 'required',
    nodes: ['a', 'b'].map((id, order) => ({
      id,
      capacity: { cpu: 2 },
      costPerHour: 1 + order,
      labels: { kind: id }
    })),
    deployments: ['a', 'b'].map((kind) => ({
      id: `on-${kind}`,
      replicas: 2,
      demand: { cpu: 2 },
      nodeSelector: { kind: [kind] }
    })),
    replicas: ['a', 'b'].map((kind) => ({ id: `${kind}-0`, deployment: `on-${kind}`, node: kind }))
  })
  const result = await compact(problem, { timeLimitMs: 2000, threads: 1 })
  const answer = await why(problem, result, { workLimit: 8000, threads: 1 })
  if (answer.kind !== 'why-infeasible') throw new Error(answer.kind)
  expect(answer.conflicts.map(({ parts }) => parts.map(({ path }) => path)).sort()).toEqual([
    ['deployments[0].replicas'],
    ['deployments[1].replicas']
  ])
  expect(answer.changes).toEqual([])
  expect(answer.combined.length).toBeGreaterThan(3)
  for (const { edits, total, bound, words } of answer.combined) {
    const least = leastOf(withEdits(problem, edits))
    expect(total, words).toBeGreaterThanOrEqual(least - 1e-6)
    expect(bound, words).toBeLessThanOrEqual(least + 1e-6)
    for (const left of edits) {
      const others = edits.filter((one) => one !== left)
      expect(leastOf(withEdits(problem, others)), `${words}, without ${left.path}`).toBe(Infinity)
    }
  }
  const totals = answer.combined.map(({ total }) => total)
  expect(totals).toEqual([...totals].sort((left, right) => left - right))
})

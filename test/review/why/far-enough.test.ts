import { expect, test } from 'vitest'
import { parseProblem } from '../../../models/contract/parse.js'
import type { ProblemInput } from '../../../models/contract/problem.js'
import { why } from '../../../src/review/index.js'
import { findOptimum } from '../../brute-force/enumerate-placements.js'
import { node } from '../../compact/planned.js'
import { oneLess, withEdits } from './smaller-step.js'

async function whyInfeasible(about: Omit<ProblemInput, 'schemaVersion'>) {
  const problem = parseProblem({ schemaVersion: 1, ...about })
  const answer = await why(problem, undefined, { workLimit: 30_000, threads: 1 })
  if (answer.kind !== 'why-infeasible') throw new Error(answer.kind)
  const has = (edits: Parameters<typeof withEdits>[1]) => {
    const best = findOptimum(parseProblem(withEdits(problem, edits)))
    return best !== null && best.broken === 0 && best.unplaced.every((count) => count === 0)
  }
  return { ...answer, has }
}

test('a node that is to take what a copy holds until it is ready is made large enough for that', async () => {
  const { changes, refuted, has } = await whyInfeasible({
    nodes: [node('a', { capacity: { memory: 4 } })],
    deployments: [
      { id: 'x', demand: { memory: 2 }, startupDemand: { memory: 100 }, replicas: 1 },
      { id: 'y', demand: { memory: 1 } }
    ],
    replicas: [{ id: 'y-0', deployment: 'y', node: 'a' }]
  })
  const larger = changes.find(({ kind }) => kind === 'capacity')
  expect(larger?.edits).toMatchObject([{ path: 'nodes[0].capacity.memory' }])
  expect(has(larger?.edits ?? [])).toBe(true)
  expect(refuted.map(({ kind }) => kind)).not.toContain('capacity')
})

test('as many nodes are added as there are copies, where each takes one', async () => {
  const { changes, refuted } = await whyInfeasible({
    nodes: [node('a', { capacity: { cpu: 1 } })],
    deployments: [{ id: 'x', demand: { cpu: 1 }, replicas: 20 }],
    replicas: []
  })
  expect(changes.find(({ kind }) => kind === 'new-node')).toMatchObject({ amount: 19, isSmallest: true })
  expect(refuted).toEqual([])
})

test('fewer replicas are not always better: each number is solved for itself', async () => {
  const { changes, has } = await whyInfeasible({
    nodes: [node('a', { capacity: { cpu: 3 }, labels: { tier: 'x' } }), node('b', { capacity: { memory: 1 } })],
    deployments: [{ id: 'x', demand: { cpu: 1 }, replicas: 5 }],
    replicas: [],
    rules: [{ kind: 'at-least', deployments: ['x'], count: 2, nodeSelector: { tier: 'x' } }]
  })
  const fewer = changes.find(({ kind }) => kind === 'replicas')
  expect(fewer).toMatchObject({ amount: 2, isSmallest: true })
  expect(has(fewer?.edits ?? [])).toBe(true)
  expect(has(oneLess(fewer?.edits ?? []) ?? [])).toBe(false)
  // Four fewer do not: that is why two fewer would not be found by halving.
  expect(has([{ path: 'deployments[0].replicas', to: 1 }])).toBe(false)
})

test('a node that becomes a domain may ask for more than it gives: what is refuted is so for each size', async () => {
  const { changes, refuted, has } = await whyInfeasible({
    nodes: [
      node('a', { capacity: { cpu: 2 }, labels: { zone: 'a' } }),
      node('b', { capacity: { cpu: 0 }, labels: { zone: 'b' } })
    ],
    deployments: [{ id: 'x', demand: { cpu: 1 }, replicas: 3 }],
    replicas: [],
    rules: [{ kind: 'spread', deployments: ['x'], topologyKey: 'zone', maxSkew: 1 }]
  })
  for (const { edits, words, isSmallest } of changes) {
    expect(has(edits), words).toBe(true)
    const smaller = isSmallest === true ? oneLess(edits) : undefined
    if (smaller !== undefined) expect(has(smaller), words).toBe(false)
  }
  for (const { edits, words } of refuted) expect(has(edits), words).toBe(false)
  expect(changes.length).toBeGreaterThan(0)
})

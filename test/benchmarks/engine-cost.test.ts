import { compact, type ProblemInput, parseProblem } from 'replica-compactor'
import { expect, test } from 'vitest'
import { countCost } from '../../benchmarks/engine/measure-target.mjs'
import { provenGap } from '../../benchmarks/measures/proven-gap.mjs'

test('cost is counted again: nodes that host something, are kept free, bought, or never released', () => {
  const capacity = { cpu: 4 }
  const problem = parseProblem({
    schemaVersion: 1,
    nodes: [
      { id: 'hosts', capacity, costPerHour: 1 },
      { id: 'kept free', capacity, costPerHour: 2 },
      { id: 'never released', capacity, costPerHour: 4, releasable: false },
      { id: 'empty', capacity, costPerHour: 8 }
    ],
    nodeTypes: [{ type: 'large', capacity, costPerHour: 16, maxNew: 2 }],
    deployments: [{ id: 'd', demand: { cpu: 4 } }],
    replicas: [{ id: 'd-0', deployment: 'd', node: 'empty' }],
    headroom: [{ deployment: 'd', replicas: 1 }]
  })
  const placement = [{ replica: 'd-0', node: 'hosts' }]
  const headroom = [{ deployment: 'd', node: 'kept free' }]
  expect(countCost(problem, { placement, headroom, newNodes: [] })).toBe(7)
  const bought = { placement: [{ replica: 'd-0', node: 'new' }], headroom, newNodes: [{ id: 'new', type: 'large' }] }
  expect(countCost(problem, bought)).toBe(22)
})

test('it agrees with what a Result says where nodes are bought', async () => {
  const problem: ProblemInput = {
    schemaVersion: 1,
    nodes: [{ id: 'dear', capacity: { cpu: 8 }, costPerHour: 10 }],
    nodeTypes: [{ type: 'cheap', capacity: { cpu: 4 }, costPerHour: 2, maxNew: 3 }],
    deployments: [{ id: 'd', demand: { cpu: 4 } }],
    replicas: [
      { id: 'd-0', deployment: 'd', node: 'dear' },
      { id: 'd-1', deployment: 'd', node: 'dear' }
    ]
  }
  const result = await compact(problem, { timeLimitMs: 3000 })
  expect(result.newNodes.length).toBeGreaterThan(0)
  expect(countCost(parseProblem(problem), result)).toBeCloseTo(result.objective?.costPerHour ?? Number.NaN, 9)
})

test('a gap is the share of the cost that is not proven', () => {
  expect(provenGap(200, 150)).toBe(0.25)
  expect(provenGap(0, 0)).toBe(0)
  expect(provenGap(100, 101)).toBe(0)
})

import { compact } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { expectChecked } from './planned.js'

/** p finds a place only where d makes room for it: that costs a node more. */
function pendingBesideCost(costPerHour: number) {
  const node = (id: string) => ({ id, capacity: { cpu: 10 }, costPerHour })
  const deployment = (id: string, cpu: number) => ({ id, demand: { cpu } })
  const runs = (id: string, on: string) => ({ id: `${id} on ${on}`, deployment: id, node: on })
  return {
    schemaVersion: 1 as const,
    nodes: ['n0', 'n1', 'n2'].map(node),
    deployments: [deployment('a', 4), deployment('b', 3), deployment('d', 6), deployment('p', 9)],
    replicas: [
      ...['n0', 'n1'].flatMap((on) => [runs('a', on), runs('b', on)]),
      runs('d', 'n2'),
      { id: 'p', deployment: 'p', node: null }
    ],
    pending: 'best-effort' as const
  }
}

test.each([1, 1e6, 1e9, 1e12])('a replica finds its place whatever a node costs: %d', async (costPerHour) => {
  const problem = pendingBesideCost(costPerHour)
  const result = await compact(problem, { threads: 1 })
  expectChecked(problem, result)
  expect(result.unplaced).toEqual([])
  expect(result.objective?.costPerHour).toBe(3 * costPerHour)
})

describe('what cannot be reached safely', () => {
  const problem = {
    schemaVersion: 1 as const,
    nodes: [
      { id: 'n0', capacity: { cpu: 4, memory: 2 }, costPerHour: 1, labels: { k: 'a' } },
      { id: 'n1', capacity: { cpu: 4, memory: 4 }, costPerHour: 1 },
      { id: 'n2', capacity: { cpu: 1, memory: 4 }, costPerHour: 1 }
    ],
    deployments: [
      { id: 'x', demand: { cpu: 3, memory: 1 } },
      { id: 'y', demand: { cpu: 3 } },
      { id: 'z', demand: { cpu: 1, memory: 4 } },
      { id: 'p', demand: { cpu: 1, memory: 2 }, nodeSelector: { k: 'a' } }
    ],
    replicas: [
      { id: 'x-0', deployment: 'x', node: 'n0' },
      { id: 'y-0', deployment: 'y', node: 'n1' },
      { id: 'z-0', deployment: 'z', node: 'n2' },
      { id: 'p-0', deployment: 'p', node: null }
    ],
    pending: 'best-effort' as const
  }

  test.each(['highs', 'glpk', 'greedy'] as const)('is not called optimal without it: %s', async (solver) => {
    const result = await compact(problem, { solver, threads: 1, timeLimitMs: 3000 })
    expectChecked(problem, result)
    if (result.unplaced.length > 0) expect(result.termination).not.toBe('optimal')
    else expect(result.objective?.total).toBe(3)
  })
})

import { expect, test } from 'vitest'
import { node, planned, running } from './planned.js'

const cluster = {
  nodes: [node('a'), node('b', { costPerHour: 2 })],
  deployments: [{ id: 'd', demand: { cpu: 1 }, moveCost: 3 }],
  replicas: running('d', 'a', 'b')
}

test('over a long horizon a move pays', async () => {
  const { cost, result } = await planned({ ...cluster, objective: { horizonHours: 10, moveCostPrice: 5 } })
  expect(cost).toBe(1)
  expect(result.objective?.total).toBeCloseTo(1 * 10 + 3 * 5, 9)
  expect(result.bound?.total).toBeCloseTo(25, 3)
})

test('over a short one it does not', async () => {
  const { cost, result } = await planned({ ...cluster, objective: { horizonHours: 7, moveCostPrice: 5 } })
  expect(cost).toBe(3)
  expect(result.objective).toMatchObject({ moveCost: 0, total: 21 })
  expect(result.termination).toBe('optimal')
})

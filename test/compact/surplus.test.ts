import { expect, test } from 'vitest'
import { node, planned, running } from './planned.js'

const nodes = [node('a'), node('b'), node('c', { costPerHour: 3 })]

test('surplus copies are stopped where that empties nodes, and that is no migration', async () => {
  const { cost, result, steps } = await planned({
    nodes,
    deployments: [{ id: 'd', demand: { cpu: 2 }, replicas: 2 }],
    replicas: running('d', 'a', 'a', 'b', 'c')
  })
  expect(cost).toBe(1)
  expect(result.objective?.migrations).toBe(0)
  expect(steps('start')).toEqual([])
  expect(steps('stop')).toHaveLength(2)
})

test('a pinned replica is never the surplus one', async () => {
  const { homeOf } = await planned({
    nodes,
    deployments: [{ id: 'd', demand: { cpu: 2 }, replicas: 1 }],
    replicas: [
      { id: 'd-0', deployment: 'd', node: 'a' },
      { id: 'd-1', deployment: 'd', node: 'c', movable: false }
    ]
  })
  expect(homeOf('d-0')).toBeUndefined()
  expect(homeOf('d-1')).toBe('c')
})

test('nor is one that is pinned with its deployment, while another may be stopped', async () => {
  const { homeOf } = await planned({
    nodes,
    deployments: [{ id: 'd', demand: { cpu: 2 }, replicas: 1, movable: false }],
    replicas: [
      { id: 'd-0', deployment: 'd', node: 'a', movable: true },
      { id: 'd-1', deployment: 'd', node: 'c' }
    ]
  })
  expect(homeOf('d-0')).toBeUndefined()
  expect(homeOf('d-1')).toBe('c')
})

test('a deployment may be scaled to nothing', async () => {
  const { cost, result } = await planned({
    nodes,
    deployments: [
      { id: 'd', demand: { cpu: 2 }, replicas: 0 },
      { id: 'e', demand: { cpu: 1 } }
    ],
    replicas: [...running('d', 'a', 'b'), ...running('e', 'a')]
  })
  expect(cost).toBe(1)
  expect(result.placement.map(({ replica }) => replica)).toEqual(['e-0'])
})

import { expect, test } from 'vitest'
import { node, planned, running } from './planned.js'

const heavyStart = { id: 'd', demand: { cpu: 1 }, startupDemand: { cpu: 2 } }
const cluster = (level: 'any-order' | 'sequenced') => ({
  nodes: [node('a', { capacity: { cpu: 3 } }), node('b', { costPerHour: 2 })],
  deployments: [heavyStart],
  replicas: running('d', 'b', 'b'),
  migration: { level }
})

test('two that start at a time fit with their peaks, or both do not come', async () => {
  const sequenced = await planned(cluster('sequenced'))
  expect(sequenced.cost).toBe(1)
  const anyOrder = await planned(cluster('any-order'))
  // 2 + 2 cores at the peak do not fit into 3: so nothing is saved, and that is proven.
  expect(anyOrder.cost).toBe(2)
  expect(anyOrder.result).toMatchObject({ termination: 'optimal', bound: { costPerHour: 2 } })
})

test('a draining copy holds its room for every order', async () => {
  const replicas = [...(running('d', 'b') ?? []), { id: 'old', deployment: 'd', node: 'a', state: 'draining' as const }]
  const at = (level: 'any-order' | 'sequenced') =>
    planned({
      ...cluster(level),
      nodes: [node('a', { capacity: { cpu: 2 } }), node('b', { costPerHour: 2 })],
      replicas
    })
  expect((await at('sequenced')).cost).toBe(1)
  expect((await at('any-order')).cost).toBe(2)
})

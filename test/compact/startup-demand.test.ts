import { expect, test } from 'vitest'
import { node, planned, running } from './planned.js'

const deployments = [{ id: 'd', demand: { memory: 2 }, startupDemand: { memory: 5 } }]
const holds = (memory: number) => ({ capacity: { memory } })

test('a copy moves only where there is room for its start', async () => {
  const { homeOf } = await planned({
    nodes: [node('a', holds(6)), node('b', { ...holds(20), costPerHour: 0.5 })],
    deployments,
    replicas: running('d', 'a', 'b')
  })
  expect([homeOf('d-0'), homeOf('d-1')]).toEqual(['b', 'b'])
})

test('two that start on one node take turns when their starts do not fit together', async () => {
  const { homeOf, steps } = await planned({
    nodes: [node('a', holds(8)), node('b', { ...holds(8), costPerHour: 5 })],
    deployments,
    replicas: running('d', 'b', 'b')
  })
  expect([homeOf('d-0'), homeOf('d-1')]).toEqual(['a', 'a'])
  const [first, second] = steps('start')
  expect(second?.startSeconds).toBeGreaterThanOrEqual(first?.endSeconds as number)
})

test('where no start fits, everything stays', async () => {
  const { result } = await planned({
    nodes: [node('a', holds(4)), node('b', { ...holds(4), costPerHour: 5 })],
    deployments,
    replicas: running('d', 'a', 'b')
  })
  expect(result.objective?.migrations).toBe(0)
})

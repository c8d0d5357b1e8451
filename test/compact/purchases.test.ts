import { expect, test } from 'vitest'
import { node, planned, running } from './planned.js'

const small = { type: 'small', capacity: { cpu: 2 }, costPerHour: 0.5, maxNew: 2, provisionSeconds: 45 }
const cluster = {
  nodes: [node('a', { costPerHour: 3 }), node('b', { costPerHour: 3 })],
  deployments: [{ id: 'd', demand: { cpu: 2 }, startupSeconds: 10 }],
  replicas: running('d', 'a', 'b')
}

test('nodes are bought where that is cheaper, and what moves onto them waits for them', async () => {
  const { cost, result, steps } = await planned({ ...cluster, nodeTypes: [small] })
  expect(cost).toBe(1)
  expect(result.newNodes.map(({ type }) => type)).toEqual(['small', 'small'])
  expect(result.releasedNodes).toEqual(['a', 'b'])
  expect(steps('provision')).toHaveLength(2)
  for (const step of steps('provision')) expect(step.endSeconds - step.startSeconds).toBe(45)
  for (const step of steps('start')) expect(step.startSeconds).toBeGreaterThanOrEqual(45)
})

test('no more are bought than there are', async () => {
  const { cost, result } = await planned({ ...cluster, nodeTypes: [{ ...small, maxNew: 1 }] })
  expect(result.newNodes.length).toBeLessThanOrEqual(1)
  expect(cost).toBe(3)
})

test("a type of which none is left stands in nobody's way", async () => {
  const none = { ...small, type: 'none', costPerHour: 0.1, maxNew: 0 }
  const { cost, result } = await planned({ ...cluster, nodeTypes: [none, small] })
  expect(result.newNodes.map(({ type }) => type)).toEqual(['small', 'small'])
  expect(cost).toBe(1)
})

test('none is bought that costs more', async () => {
  const { result } = await planned({ ...cluster, nodeTypes: [{ ...small, costPerHour: 9 }] })
  expect(result.newNodes).toEqual([])
})

test('a cluster may start without any node', async () => {
  const { cost, steps } = await planned({
    nodes: [],
    nodeTypes: [small],
    deployments: [{ id: 'd', demand: { cpu: 1 }, replicas: 3 }],
    replicas: []
  })
  expect(cost).toBe(1)
  expect(steps('start')).toHaveLength(3)
})

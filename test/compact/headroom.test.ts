import { compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { expectChecked, node, planned, running } from './planned.js'

const cluster = {
  nodes: [node('a'), node('b'), node('c')],
  deployments: [{ id: 'd', demand: { cpu: 2 } }],
  replicas: running('d', 'a', 'b')
}

test('room for more replicas is kept on the nodes that stay', async () => {
  const { cost, result } = await planned({ ...cluster, headroom: [{ deployment: 'd', replicas: 2 }] })
  expect(cost).toBe(2)
  expect(result.headroom).toHaveLength(2)
  for (const { node: home } of result.headroom) expect(result.releasedNodes).not.toContain(home)
})

test('without headroom one node is enough', async () => {
  expect((await planned(cluster)).cost).toBe(1)
})

test('room for devices names the devices', async () => {
  const { result } = await planned({
    nodes: [node('a', { capacity: { cpu: 4, gpu: 2 } }), node('b', { capacity: { cpu: 4, gpu: 2 } })],
    deployments: [{ id: 'd', demand: { gpu: 1 } }],
    replicas: [{ id: 'd-0', deployment: 'd', node: 'a', devices: { gpu: [0] } }],
    headroom: [{ deployment: 'd', replicas: 1 }]
  })
  expect(result.headroom).toEqual([{ deployment: 'd', node: 'a', devices: { gpu: [1] } }])
  expect(result.releasedNodes).toEqual(['b'])
})

test('more room than there is: infeasible', async () => {
  const problem = { schemaVersion: 1 as const, ...cluster, headroom: [{ deployment: 'd', replicas: 5 }] }
  const result = await compact(problem)
  expectChecked(problem, result)
  expect(result).toMatchObject({ primalStatus: 'none', termination: 'infeasible' })
})

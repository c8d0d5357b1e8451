import { expect, test } from 'vitest'
import { describeCluster } from '../../../src/report/cluster/describe-cluster.js'
import { sampleProblem, sampleResult } from '../../cli/sample-result.js'
import { fullProblem, fullResult } from '../html/result/sample-reports.js'
import { FIXTURES, planFixture } from './fixture-results.js'

test('what becomes of each node, and who is there', () => {
  const { nodes } = describeCluster(sampleProblem(), sampleResult())
  expect(nodes.map(({ id, type, fate, costPerHour }) => ({ id, type, fate, costPerHour }))).toEqual([
    { id: 'large', type: 'p4d', fate: 'released', costPerHour: 21.9 },
    { id: 'small', type: 'g5', fate: 'stays', costPerHour: 1.5 },
    { id: 'idle', type: 'g5', fate: 'unused', costPerHour: 1.5 }
  ])
  const [large, small, idle] = nodes
  expect(large?.before?.residents).toEqual([{ replica: 'chat-0', deployment: 'chat', role: 'leaves', other: 'small' }])
  expect(large?.after).toBeUndefined()
  expect(small?.after?.residents).toEqual([
    { replica: 'chat-0', deployment: 'chat', role: 'arrives', other: 'large' },
    { replica: 'chat-1', deployment: 'chat', role: 'stays', other: 'small' }
  ])
  expect(small?.after?.resources).toMatchObject([
    { resource: 'gpu', used: 1, capacity: 1, share: 1, devices: [{ index: 0, used: 1 }] },
    { resource: 'cpu', used: 4, capacity: 8, share: 0.5 }
  ])
  expect([idle?.before?.isActive, large?.before?.isActive]).toEqual([false, true])
})

test('nodes that are bought and rented, room that is kept free, copies that drain on devices that nobody names', () => {
  const { nodes, pending } = describeCluster(fullProblem(), fullResult())
  const byId = new Map(nodes.map((node) => [node.id, node]))
  expect(byId.get('new-g5-1')).toMatchObject({ fate: 'new', type: 'g5', before: undefined })
  expect(byId.get('new-g5-1')?.after?.residents).toEqual([
    { replica: null, deployment: 'chat', role: 'room', other: null }
  ])
  expect(byId.get('new-g5-2')).toMatchObject({ fate: 'rented', before: undefined, after: undefined })
  const [gpu] = byId.get('small')?.before?.resources ?? []
  expect(gpu).toMatchObject({ resource: 'gpu', used: 1, unassigned: [{ share: 0.5 }] })
  expect(byId.get('small')?.before?.residents[1]).toEqual({
    ...{ replica: 'chat-2', deployment: 'chat', role: 'leaves', other: null }
  })
  expect(pending).toEqual(['chat-9'])
})

test('devices that a node does not have, and names that nobody knows, are shown or passed over', () => {
  const placement = [
    { replica: 'chat-0', node: 'small', devices: { gpu: [7] } },
    { replica: 'chat-1', node: 'nowhere' },
    { replica: 'stranger', node: 'small' },
    { replica: 'chat-new-1', deployment: '__proto__', node: 'small' }
  ]
  const { nodes } = describeCluster(sampleProblem(), sampleResult({ placement }))
  const small = nodes.find(({ id }) => id === 'small')
  expect(small?.after?.residents.map(({ replica }) => replica)).toEqual(['chat-0'])
  expect(small?.after?.resources[0]?.devices?.map(({ index, used }) => [index, used])).toEqual([
    [0, 0],
    [7, 0.5]
  ])
})

test.each(FIXTURES)(
  '%s: what nodes use is what their replicas demand, and what is paid is what the Result says',
  async (name) => {
    const [problem, result] = await planFixture(name)
    const { nodes } = describeCluster(problem, result)
    const demands = new Map(problem.deployments.map(({ id, demand }) => [id, demand]))
    for (const side of ['before', 'after'] as const) {
      for (const node of nodes) {
        for (const { resource, used, devices, unassigned = [] } of node[side]?.resources ?? []) {
          const residents = node[side]?.residents ?? []
          const sum = residents.reduce((total, { deployment }) => total + (demands.get(deployment)?.[resource] ?? 0), 0)
          expect(used).toBeCloseTo(sum, 6)
          if (devices === undefined) continue
          expect(unassigned).toEqual([])
          expect(devices.reduce((total, device) => total + device.used, 0)).toBeCloseTo(used, 6)
        }
      }
      const paid = nodes.reduce((total, node) => total + (node[side]?.isActive === true ? node.costPerHour : 0), 0)
      expect(paid).toBeCloseTo((side === 'before' ? result.initial : result.objective)?.costPerHour ?? 0, 6)
    }
  }
)

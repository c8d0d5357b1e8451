import { expect, test } from 'vitest'
import { alternatives } from '../../../src/review/alternatives/alternatives.js'
import { planOf, smallCluster } from '../revise/three-node-plan.js'

const problem = smallCluster({
  nodes: [
    { id: 'a', capacity: { cpu: 4, gpu: 2 }, costPerHour: 4, labels: { zone: 'x' } },
    { id: 'b', capacity: { cpu: 4, gpu: 2 }, costPerHour: 4, labels: { zone: 'y' } },
    { id: 'closed', capacity: { cpu: 4, gpu: 2 }, costPerHour: 1, acceptsReplicas: false, labels: { zone: 'x' } },
    { id: 'shared', capacity: { cpu: 8, gpu: 2 }, costPerHour: 2, labels: { zone: 'x' } }
  ],
  deployments: [
    { id: 'half', demand: { gpu: 0.6 }, movable: false },
    { id: 'web', demand: { cpu: 1, gpu: 0.5 }, nodeSelector: { zone: 'x' } }
  ],
  replicas: [
    { id: 'half-0', deployment: 'half', node: 'shared', devices: { gpu: [0] } },
    { id: 'half-1', deployment: 'half', node: 'shared', devices: { gpu: [1] } },
    { id: 'web-0', deployment: 'web', node: 'a', devices: { gpu: [0] } }
  ]
})
const plan = await planOf(problem)

test('each node is possible at a cost or forbidden by limits that are named', async () => {
  const answer = await alternatives(problem, plan, 'web-0')
  expect(answer).toMatchObject({
    replica: 'web-0',
    deployment: 'web',
    now: 'a',
    planned: 'a',
    counts: { possible: 1, forbidden: 3 }
  })
  expect(answer.possible).toMatchObject([
    { node: 'a', isPlanned: true, isHome: true, reachable: 'yes', costDifference: 0 }
  ])
  const limits = Object.fromEntries(answer.forbidden.map(({ node, limits }) => [node, limits]))
  expect(limits.b).toMatchObject([{ code: 'selector', path: 'deployments[1].nodeSelector.zone' }])
  expect(limits.closed).toMatchObject([{ code: 'closed-node' }])
  // 0.8 of the devices is free in sum, 0.4 on each.
  expect(limits.shared).toMatchObject([{ code: 'devices', resource: 'gpu', amount: expect.closeTo(0.1) }])
})

test('of forbidden nodes those come first of which least is lacking for what they are, whatever the unit', async () => {
  // Four GPUs too few of eight, and a few bytes too few of billions.
  const scarce = smallCluster({
    nodes: [
      { id: 'home', capacity: { cpu: 8, memory: 1e12, gpu: 8 }, costPerHour: 4 },
      { id: 'gpus', capacity: { cpu: 8, memory: 1e12, gpu: 4 }, costPerHour: 4 },
      { id: 'bytes', capacity: { cpu: 8, memory: 9e11, gpu: 8 }, costPerHour: 4 },
      { id: 'none', capacity: { cpu: 8, memory: 1e12 }, costPerHour: 4 }
    ],
    deployments: [{ id: 'web', demand: { memory: 1e12, gpu: 8 } }],
    replicas: [{ id: 'web-0', deployment: 'web', node: 'home' }]
  })
  const { forbidden, kind } = await alternatives(scarce, await planOf(scarce), 'web-0')
  expect(kind).toBe('alternatives')
  expect(forbidden.map(({ node, limits }) => [node, limits.map(({ resource }) => resource)])).toEqual([
    ['bytes', ['memory']],
    ['gpus', ['gpu']],
    ['none', ['gpu']]
  ])
})

test('who is pinned may be nowhere else', async () => {
  const { possible, forbidden } = await alternatives(problem, plan, 'half-0')
  expect(possible.map(({ node }) => node)).toEqual(['shared'])
  expect(forbidden.flatMap(({ limits }) => limits.map(({ code }) => code))).toEqual(['pinned', 'pinned', 'pinned'])
})

test('nodes that can be reached are told from those that cannot', async () => {
  // Both are full, and no rung lets anybody out of the way.
  const full = smallCluster({
    nodes: [
      { id: 'a', capacity: { cpu: 2 }, costPerHour: 2 },
      { id: 'b', capacity: { cpu: 3 }, costPerHour: 2 }
    ],
    deployments: [
      { id: 'web', demand: { cpu: 1 }, startupDemand: { cpu: 2 } },
      { id: 'db', demand: { cpu: 1 }, movable: false }
    ],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'b' },
      { id: 'db-0', deployment: 'db', node: 'a' },
      { id: 'db-1', deployment: 'db', node: 'b' }
    ]
  })
  const { possible } = await alternatives(full, await planOf(full), 'web-0')
  // There is room for it in the end, and not while it starts.
  expect(possible).toMatchObject([
    { node: 'b', isPlanned: true },
    { node: 'a', reachable: 'no', blockedBy: [expect.stringContaining('cpu')] }
  ])
})

test('an unknown replica, and options out of range, are input errors', async () => {
  await expect(alternatives(problem, plan, 'nobody')).rejects.toThrow('found "nobody", expected the id of a replica')
  await expect(alternatives(problem, plan, 'web-0', { limit: -1 })).rejects.toThrow('limit')
})

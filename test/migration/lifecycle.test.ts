import { expect, test } from 'vitest'
import { planOf } from './plan-of.js'
import { deployment, node, replica } from './small-clusters.js'

test('nothing to do has no steps', () => {
  const plan = planOf({ nodes: [node('a', 1)], deployments: [deployment('i', 1)], replicas: [replica('i-0', 'a')] }, {})
  expect(plan.plan).toMatchObject({ status: 'complete', steps: [], makespanSeconds: 0 })
})

test('a move: cordon, start, shift, drain, stop, release', () => {
  const plan = planOf(
    { nodes: [node('a', 1), node('b', 1)], deployments: [deployment('i', 1)], replicas: [replica('i-0', 'a')] },
    { 'i-0': 'b' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.plan.steps.map(({ id, startSeconds, endSeconds }) => [id, startSeconds, endSeconds])).toEqual([
    ['cordon:a', 0, 0],
    ['start:i-0@b', 0, 60],
    ['shift:i-0@a->b', 60, 60],
    ['drain:i-0@a', 60, 90],
    ['stop:i-0@a', 90, 90],
    ['release:a', 90, 90]
  ])
  expect(plan.releasedNodes).toEqual([0])
})

test('idle nodes are released, those that are not releasable or host headroom are not, closed ones without a cordon', () => {
  const plan = planOf(
    {
      nodes: [
        node('a', 1),
        node('idle', 1),
        node('head', 1, { releasable: false }),
        node('closed', 1, { acceptsReplicas: false })
      ],
      deployments: [deployment('i', 1)],
      replicas: [replica('i-0', 'a')]
    },
    {}
  )
  expect(plan.violations).toEqual([])
  expect(plan.list('cordon')).toEqual(['idle'])
  expect(plan.list('release').sort()).toEqual(['closed', 'idle'])
})

test('a pending replica starts, a surplus one is drained and stopped, a draining one is stopped', () => {
  const plan = planOf(
    {
      nodes: [node('a', 4)],
      deployments: [deployment('i', 1, { replicas: 1 }), deployment('j', 1), deployment('k', 1, { replicas: 0 })],
      replicas: [
        replica('i-0', 'a'),
        replica('i-1', 'a'),
        replica('j-0', null),
        replica('k-0', 'a', { state: 'draining' })
      ]
    },
    { 'i-1': null, 'j-0': 'a' }
  )
  expect(plan.violations).toEqual([])
  expect([plan.list('start'), plan.list('drain'), plan.list('stop').sort()]).toEqual([
    ['j-0@a'],
    ['i-1@a'],
    ['i-1@a', 'k-0@a']
  ])
  expect(plan.migrations).toBe(0)
})

test('a replica that the problem does not list carries its deployment', () => {
  const plan = planOf(
    { nodes: [node('a', 2)], deployments: [deployment('i', 1, { replicas: 2 })], replicas: [replica('i-0', 'a')] },
    {},
    { 'i-new-1': ['i', 'a'] }
  )
  expect(plan.violations).toEqual([])
  expect(plan.step('start:i-new-1@a')).toMatchObject({ replica: 'i-new-1', deployment: 'i' })
})

test('the copy that is replaced goes when its replacement is ready', () => {
  const plan = planOf(
    {
      nodes: [node('a', 1), node('b', 1)],
      deployments: [deployment('i', 1, { replicas: 1, maxUnavailable: 1 })],
      replicas: [replica('i-0', 'a'), replica('i-1', 'b', { state: 'starting', replaces: 'i-0' })]
    },
    { 'i-0': null }
  )
  expect(plan.violations).toEqual([])
  expect(plan.precedes('start:i-1@b', 'drain:i-0@a')).toBe(true)
})

test('a bought node is provided before anything starts there', () => {
  const plan = planOf(
    {
      nodes: [node('a', 4)],
      nodeTypes: [{ type: 'small', capacity: { cpu: 1 }, costPerHour: 0.1, maxNew: 1 }],
      deployments: [deployment('i', 1)],
      replicas: [replica('i-0', 'a')]
    },
    { 'i-0': 'new-small-1' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.precedes('provision:new-small-1', 'start:i-0@new-small-1')).toBe(true)
  expect(plan.plan.makespanSeconds).toBe(270)
})

test('names may be anything', () => {
  const plan = planOf(
    {
      nodes: [node('__proto__', 1), node('constructor', 1)],
      deployments: [{ id: 'toString', demand: { cpu: 1 } }],
      replicas: [{ id: '🚀 -> @', deployment: 'toString', node: '__proto__' }]
    },
    { '🚀 -> @': 'constructor' }
  )
  expect(plan.violations).toEqual([])
  expect(new Set(plan.plan.steps.map(({ id }) => id)).size).toBe(plan.plan.steps.length)
})

import { expect, test } from 'vitest'
import { planOf } from './plan-of.js'
import { deployment, node, replica } from './small-clusters.js'

test('one copy above the desired number: the second move waits for the first', () => {
  const plan = planOf(
    {
      nodes: [node('a', 2), node('b', 2)],
      deployments: [deployment('i', 1, { maxSurge: 1 })],
      replicas: [replica('i-0', 'a'), replica('i-1', 'a')]
    },
    { 'i-0': 'b', 'i-1': 'b' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.plan.makespanSeconds).toBe(180)
  expect(plan.precedes('stop:i-0@a', 'start:i-1@b') || plan.precedes('stop:i-1@a', 'start:i-0@b')).toBe(true)
})

test('a surplus copy drains only when enough others are ready', () => {
  const plan = planOf(
    {
      nodes: [node('a', 1), node('b', 1)],
      deployments: [deployment('i', 1, { replicas: 1 })],
      replicas: [replica('i-0', 'a'), replica('i-1', 'b', { state: 'starting' })]
    },
    { 'i-0': null }
  )
  expect(plan.violations).toEqual([])
  expect(plan.precedes('start:i-1@b', 'drain:i-0@a')).toBe(true)
  expect(plan.list('release')).toEqual(['a'])
})

test('a newcomer waits until its anti-affine peer is fully gone', () => {
  const plan = planOf(
    {
      nodes: [node('a', 4), node('b', 4), node('c', 4)],
      deployments: [deployment('i', 1), deployment('j', 1)],
      replicas: [replica('i-0', 'a'), replica('j-0', 'b')],
      rules: [{ kind: 'anti-affinity', deployments: ['i', 'j'] }]
    },
    { 'i-0': 'c', 'j-0': 'a' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.precedes('stop:i-0@a', 'start:j-0@a')).toBe(true)
})

test('sides of a conflict never meet, not even while one drains', () => {
  const plan = planOf(
    {
      nodes: [node('a', 4), node('b', 4), node('c', 4)],
      deployments: [deployment('i', 1), deployment('j', 1)],
      replicas: [replica('i-0', 'a'), replica('i-1', 'a'), replica('j-0', 'b')],
      rules: [{ kind: 'conflict', between: [['i'], ['j']] }]
    },
    { 'i-0': 'c', 'i-1': 'c', 'j-0': 'a' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.precedes('stop:i-0@a', 'start:j-0@a') && plan.precedes('stop:i-1@a', 'start:j-0@a')).toBe(true)
})

test('what a start needs above the steady demand is given back when it is ready', () => {
  const plan = planOf(
    {
      nodes: [node('a', 4), node('b', 4)],
      deployments: [
        deployment('i', 1, { startupDemand: { cpu: 3 } }),
        deployment('j', 1, { startupDemand: { cpu: 3 } })
      ],
      replicas: [replica('i-0', 'a'), replica('j-0', 'a')]
    },
    { 'i-0': 'b', 'j-0': 'b' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.step('start:j-0@b').after).toContain('start:i-0@b')
})

test('copies per node are counted with those that leave', () => {
  const plan = planOf(
    {
      nodes: [node('a', 4), node('b', 4), node('c', 4)],
      deployments: [deployment('i', 1, { maxReplicasPerNode: 1 }), deployment('j', 3)],
      replicas: [replica('i-0', 'a'), replica('i-1', 'b'), replica('j-0', 'c')]
    },
    { 'i-0': 'c', 'j-0': 'b', 'i-1': 'a' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.migrations).toBe(2)
  expect(plan.plan.status).toBe('complete')
})

test('an overfull node takes nobody before it is repaired', () => {
  const plan = planOf(
    {
      nodes: [node('a', 2), node('b', 2), node('c', 2)],
      deployments: [deployment('i', 1), deployment('j', 1)],
      replicas: [replica('i-0', 'a'), replica('i-1', 'a'), replica('i-2', 'a'), replica('j-0', 'b')]
    },
    { 'i-0': 'c', 'i-1': 'c', 'j-0': 'a' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.precedes('stop:i-0@a', 'start:j-0@a') && plan.precedes('stop:i-1@a', 'start:j-0@a')).toBe(true)
})

import { expect, test } from 'vitest'
import { planOf } from './plan-of.js'
import { deployment, node, replica } from './small-clusters.js'

test('a gang moves whole', () => {
  const plan = planOf(
    {
      nodes: [node('a', 2), node('b', 2)],
      deployments: [deployment('i', 1)],
      replicas: [replica('i-0', 'a', { gang: 'g' }), replica('i-1', 'a', { gang: 'g' })]
    },
    { 'i-0': 'b', 'i-1': 'b' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.list('start').sort()).toEqual(['i-0@b', 'i-1@b'])
})

test('a gang of which one member is blocked stays', () => {
  const plan = planOf(
    {
      nodes: [node('a', 2), node('b', 1), node('c', 1)],
      deployments: [deployment('i', 1), deployment('j', 1, { maxSurge: 0, maxUnavailable: 1 })],
      replicas: [replica('i-0', 'a', { gang: 'g' }), replica('j-0', 'a', { gang: 'g' })]
    },
    { 'i-0': 'b', 'j-0': 'c' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.list('start')).toEqual([])
  expect(plan.cut.moves.map(({ replica: who, reason }) => [who, reason])).toEqual([
    ['j-0', 'blocked'],
    ['i-0', 'gang']
  ])
})

test('a spread is not left worse when one of its moves is blocked', () => {
  const zone = (name: string) => ({ labels: { zone: name } })
  const plan = planOf(
    {
      nodes: [node('a', 2, zone('x')), node('b', 2, zone('y')), node('c', 2, zone('x')), node('d', 2, zone('y'))],
      deployments: [deployment('i', 1), deployment('j', 1, { maxSurge: 0, maxUnavailable: 1 })],
      replicas: [replica('i-0', 'a'), replica('j-0', 'b')],
      rules: [{ kind: 'spread', deployments: ['i', 'j'], topologyKey: 'zone', minDomains: 2 }]
    },
    { 'i-0': 'd', 'j-0': 'c' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.endOf('i-0')).toBe('a')
  expect(plan.cut.moves.map(({ replica: who, reason }) => [who, reason])).toEqual([
    ['j-0', 'blocked'],
    ['i-0', 'final-rule']
  ])
})

test('a pending replica that cannot start is unplaced, the rest is done', () => {
  const plan = planOf(
    {
      nodes: [node('a', 1), node('b', 1)],
      deployments: [deployment('i', 1, { maxSurge: 0, maxUnavailable: 1 }), deployment('j', 1)],
      replicas: [replica('i-0', 'a'), replica('j-0', null)]
    },
    { 'i-0': 'b', 'j-0': 'a' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.plan.status).toBe('partial')
  expect(plan.target.unplaced.map(({ id }) => id)).toEqual(['j-0'])
})

import { expect, test } from 'vitest'
import { planOf } from './plan-of.js'
import { deployment, node, replica } from './small-clusters.js'

test('a move waits for a surplus copy that waits for a newcomer', () => {
  const plan = planOf(
    {
      nodes: [node('n0', 2), node('n1', 2), node('n2', 1)],
      deployments: [deployment('d', 2, { replicas: 1 }), deployment('e', 1)],
      replicas: [replica('d-0', null), replica('d-1', 'n1'), replica('e-0', 'n2')]
    },
    { 'd-0': 'n0', 'd-1': null, 'e-0': 'n1' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.plan.status).toBe('complete')
  expect(plan.precedes('start:d-0@n0', 'drain:d-1@n1')).toBe(true)
  expect(plan.precedes('stop:d-1@n1', 'start:e-0@n1')).toBe(true)
})

test('where the newcomer has no way in, the surplus copy stays in its place', () => {
  const plan = planOf(
    {
      nodes: [node('n0', 1), node('n1', 1)],
      deployments: [deployment('d', 1, { replicas: 1 }), deployment('e', 1)],
      replicas: [replica('d-0', null), replica('d-1', 'n0'), replica('e-0', 'n1')]
    },
    { 'd-0': 'n1', 'd-1': null, 'e-0': 'n0' }
  )
  expect(plan.violations).toEqual([])
  expect([plan.plan.status, plan.plan.steps]).toEqual(['partial', []])
  expect([plan.endOf('d-1'), plan.endOf('d-0')]).toEqual(['n0', undefined])
})

test('a surplus copy stays where another of its deployment was to come', () => {
  const plan = planOf(
    {
      nodes: [node('n0', 1)],
      deployments: [deployment('d', 1, { replicas: 1 })],
      replicas: [replica('d-0', null), replica('d-1', 'n0')]
    },
    { 'd-0': 'n0', 'd-1': null }
  )
  expect(plan.violations).toEqual([])
  expect([plan.plan.status, plan.plan.steps]).toEqual(['complete', []])
  expect([plan.endOf('d-1'), plan.endOf('d-0')]).toEqual(['n0', undefined])
})

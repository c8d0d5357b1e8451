import { expect, test } from 'vitest'
import { planOf } from './plan-of.js'
import { deployment, node, replica } from './small-clusters.js'

const three = [deployment('i', 1), deployment('j', 1), deployment('k', 1)]

test('the order that empties first what others wait for is found: i, k, j', () => {
  const plan = planOf(
    {
      nodes: [node('n', 2), node('m', 1), node('x', 1)],
      deployments: three,
      replicas: [replica('k-0', 'n'), replica('i-0', 'm'), replica('j-0', 'x')]
    },
    { 'k-0': 'm', 'i-0': 'n', 'j-0': 'n' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.plan.status).toBe('complete')
  expect(plan.list('start')).toEqual(['i-0@n', 'k-0@m', 'j-0@n'])
  expect(plan.precedes('stop:i-0@m', 'start:k-0@m')).toBe(true)
  expect(plan.precedes('stop:k-0@n', 'start:j-0@n')).toBe(true)
})

test('two that trade places go through a third node', () => {
  const plan = planOf(
    {
      nodes: [node('a', 1), node('b', 1), node('spare', 1, { releasable: false })],
      deployments: three.slice(0, 2),
      replicas: [replica('i-0', 'a'), replica('j-0', 'b')]
    },
    { 'i-0': 'b', 'j-0': 'a' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.plan.status).toBe('complete')
  expect(plan.migrations).toBe(3)
  expect((plan.plan.rungs ?? []).map(({ rung, extraMigrations }) => [rung, extraMigrations])).toEqual([['hop', 1]])
})

test('an emptied node is used in passing, its cordon and release wait', () => {
  const plan = planOf(
    {
      nodes: [node('a', 1), node('b', 1), node('idle', 1)],
      deployments: three.slice(0, 2),
      replicas: [replica('i-0', 'a'), replica('j-0', 'b')]
    },
    { 'i-0': 'b', 'j-0': 'a' }
  )
  expect(plan.violations).toEqual([])
  expect((plan.plan.rungs ?? []).map(({ rung }) => rung)).toEqual(['delay-release'])
  const passing = plan.list('start').find((start) => start.endsWith('@idle'))
  expect(plan.precedes(`start:${passing}`, 'cordon:idle')).toBe(true)
  expect(plan.precedes(`stop:${passing}`, 'release:idle')).toBe(true)
})

test('a swap without any room is given up and says what is in the way', () => {
  const plan = planOf(
    {
      nodes: [node('a', 1), node('b', 1)],
      deployments: three.slice(0, 2),
      replicas: [replica('i-0', 'a'), replica('j-0', 'b')]
    },
    { 'i-0': 'b', 'j-0': 'a' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.plan).toMatchObject({ status: 'partial', steps: [], makespanSeconds: 0 })
  expect(plan.cut.moves.map(({ replica: who, reason, limits }) => [who, reason, limits])).toEqual([
    ['i-0', 'blocked', ['cpu of b']],
    ['j-0', 'blocked', ['cpu of a']]
  ])
  expect(plan.cut.nodes).toEqual([0, 1])
})

test('a hop is not made beyond the budget', () => {
  const swap = {
    nodes: [node('a', 1), node('b', 1), node('spare', 1)],
    deployments: three.slice(0, 2),
    replicas: [replica('i-0', 'a'), replica('j-0', 'b')]
  }
  const wish = { 'i-0': 'b', 'j-0': 'a' }
  expect(planOf({ ...swap, budget: { maxMigrations: 2 } }, wish).migrations).toBe(0)
  expect(planOf({ ...swap, budget: { maxMigrations: 3 } }, wish).migrations).toBe(3)
  expect(planOf({ ...swap, migration: { rungs: ['reorder', 'cut'] } }, wish).migrations).toBe(0)
})

test('replicas of one deployment never trade places', () => {
  const plan = planOf(
    {
      nodes: [node('a', 1), node('b', 1), node('c', 1)],
      deployments: [deployment('i', 1)],
      replicas: [replica('i-0', 'a'), replica('i-1', 'b')]
    },
    { 'i-0': 'b', 'i-1': 'c' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.list('start')).toEqual(['i-0@c'])
  expect(plan.endOf('i-1')).toBe('b')
})

test('which replica takes which place is chosen so that none waits for itself', () => {
  const plan = planOf(
    {
      nodes: [node('a', 1), node('b', 2), node('c', 1), node('d', 1)],
      deployments: [deployment('i', 1), deployment('j', 1)],
      replicas: [replica('i-0', 'a'), replica('i-1', 'b'), replica('j-0', 'c'), replica('j-1', 'b')]
    },
    { 'i-0': 'd', 'i-1': 'c', 'j-0': 'b', 'j-1': 'a' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.plan.status).toBe('complete')
})

test('a move off a node that cannot be emptied after all is not made', () => {
  const plan = planOf(
    {
      nodes: [node('a', 2), node('b', 1), node('c', 1, { releasable: false })],
      // Nothing may be started beside a replica of y: it would have to be stopped first.
      deployments: [deployment('x', 1), deployment('y', 1, { maxSurge: 0, maxUnavailable: 1 })],
      replicas: [replica('x-0', 'a'), replica('y-0', 'a')]
    },
    { 'x-0': 'c', 'y-0': 'b' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.plan.status).toBe('partial')
  expect(plan.list('start')).toEqual([])
  expect(plan.cut.moves.map(({ replica: who, reason }) => [who, reason])).toEqual([
    ['y-0', 'blocked'],
    ['x-0', 'pointless']
  ])
  expect(plan.list('release')).toEqual(['b'])
})

import { expect, test } from 'vitest'
import { planOf } from './plan-of.js'
import { deployment, node, replica } from './small-clusters.js'

const ids = [0, 1, 2, 3]
const four = (
  limits: { inFlight?: number | null; startsPerNode?: number | null; perDeployment?: number | null },
  more: object = {}
) =>
  planOf(
    {
      nodes: [node('a', 4), node('b', 4)],
      deployments: [deployment('i', 1)],
      replicas: ids.map((index) => replica(`i-${index}`, 'a')),
      migration: { limits: { inFlight: null, startsPerNode: null, perDeployment: null, ...limits }, ...more }
    },
    Object.fromEntries(ids.map((index) => [`i-${index}`, 'b']))
  )

test('without limits all moves are made at once', () => {
  expect(four({}).plan.makespanSeconds).toBe(90)
})

test('limits show in the times and nowhere else', () => {
  const after = (plan: ReturnType<typeof four>) =>
    plan.plan.steps.map(({ id, after: before }) => `${id}:${before}`).sort()
  const free = after(four({}))
  for (const [limits, seconds] of [
    [{ inFlight: 1 }, 360],
    [{ inFlight: 2 }, 180],
    [{ perDeployment: 2 }, 180],
    [{ startsPerNode: 1 }, 270],
    [{ startsPerNode: 2 }, 150]
  ] as const) {
    const plan = four(limits)
    expect(plan.violations).toEqual([])
    expect({ limits, seconds: plan.plan.makespanSeconds }).toEqual({ limits, seconds })
    expect(after(plan)).toEqual(free)
  }
})

test('what would end after the deadline is given up', () => {
  const plan = four({ inFlight: 1 }, { deadlineSeconds: 200 })
  expect(plan.violations).toEqual([])
  expect(plan.plan.status).toBe('partial')
  expect(plan.plan.makespanSeconds).toBeLessThanOrEqual(200)
  expect(plan.cut.moves.map(({ reason }) => reason)).toContain('deadline')
})

test('the more expensive node is emptied first', () => {
  const plan = planOf(
    {
      nodes: [node('cheap', 1), node('dear', 1, { costPerHour: 9 }), node('b', 2)],
      deployments: [deployment('i', 1), deployment('j', 1)],
      replicas: [replica('i-0', 'cheap'), replica('j-0', 'dear')],
      migration: { limits: { inFlight: 1 } }
    },
    { 'i-0': 'b', 'j-0': 'b' }
  )
  expect(plan.violations).toEqual([])
  expect(plan.list('release')).toEqual(['dear', 'cheap'])
})

import { expect, test } from 'vitest'
import type { ProblemInput } from '../../models/contract/problem.js'
import { sequenceMigration } from '../../src/migration/sequence.js'
import { planOf } from './plan-of.js'
import { randomCase } from './random-case.js'
import { deployment, node, replica } from './small-clusters.js'

const timed = { startupSeconds: 20, drainSeconds: 10 }
const limits = (inFlight: number | null, startsPerNode: number | null, perDeployment: number | null = null) => ({
  limits: { inFlight, startsPerNode, perDeployment }
})

/** Six replicas of two deployments leave a for b. */
function exodus(migration: ProblemInput['migration']) {
  return planOf(
    {
      nodes: [node('a', 6), node('b', 6)],
      deployments: [deployment('i', 1, timed), deployment('j', 1, timed)],
      replicas: [0, 1, 2, 3]
        .map((number) => replica(`i-${number}`, 'a'))
        .concat([replica('j-0', 'a'), replica('j-1', 'a')]),
      ...(migration === undefined ? {} : { migration })
    },
    { 'i-0': 'b', 'i-1': 'b', 'i-2': 'b', 'i-3': 'b', 'j-0': 'b', 'j-1': 'b' }
  ).plan
}

test.each([
  ['one after the other', limits(1, null), 180],
  ['four at a time: some place has two of the six', limits(4, null), 60],
  ['two starts at a time on the node, and the last drain', limits(null, 2), 70],
  ['one of a deployment at a time: four of i', limits(null, null, 1), 120],
  ['no limit: as long as one takes', limits(null, null), 30]
])('%s', (_, migration, bound) => {
  expect(exodus(migration).makespanBoundSeconds).toBe(bound)
})

test('a chain of rooms: who waits for room waits for the whole way of who leaves it', () => {
  const { plan } = planOf(
    {
      nodes: ['a', 'b', 'c', 'd'].map((id) => node(id, 1)),
      deployments: ['i', 'j', 'k'].map((id) => deployment(id, 1, timed)),
      replicas: [replica('i-0', 'a'), replica('j-0', 'b'), replica('k-0', 'c')]
    },
    { 'i-0': 'b', 'j-0': 'c', 'k-0': 'd' }
  )
  expect([plan.makespanBoundSeconds, plan.makespanSeconds]).toEqual([90, 90])
})

test('one copy too many at a time: one move after the other', () => {
  const { plan } = planOf(
    {
      nodes: [node('a', 4), node('b', 4)],
      deployments: [deployment('i', 1, { ...timed, maxSurge: 1 })],
      replicas: [0, 1, 2, 3].map((number) => replica(`i-${number}`, 'a'))
    },
    { 'i-0': 'b', 'i-1': 'b', 'i-2': 'b', 'i-3': 'b' }
  )
  expect([plan.makespanBoundSeconds, plan.makespanSeconds]).toEqual([120, 120])
})

test('a node that is bought is waited for', () => {
  const { plan } = planOf(
    {
      nodes: [node('a', 1)],
      nodeTypes: [{ type: 't', capacity: { cpu: 1 }, costPerHour: 0.5, maxNew: 1, provisionSeconds: 100 }],
      deployments: [deployment('i', 1, timed)],
      replicas: [replica('i-0', 'a')]
    },
    { 'i-0': 'new-t-1' }
  )
  expect([plan.makespanBoundSeconds, plan.makespanSeconds]).toEqual([130, 130])
})

test('is never above the makespan, and often the makespan itself', () => {
  let tight = 0
  let plans = 0
  for (let seed = 1; seed <= 600; seed++) {
    const random = randomCase(seed)
    if (random === null) continue
    const { plan } = sequenceMigration(random.instance, random.target)
    if (plan.steps.length === 0) continue
    const bound = plan.makespanBoundSeconds as number
    expect({ seed, excess: Math.max(0, bound - plan.makespanSeconds) }).toEqual({ seed, excess: 0 })
    plans++
    if (bound === plan.makespanSeconds) tight++
  }
  expect(plans).toBeGreaterThan(200)
  expect(tight / plans).toBeGreaterThan(0.8)
})

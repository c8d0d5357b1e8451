import { expect, test } from 'vitest'
import { runPlan } from './run-plan.js'
import { emptyOld, move, newcomer, onNode, planFrom } from './small-plans.js'

test('every step is asked for once, after those it waits for, and the report says so', async () => {
  const { report, cluster, events } = await runPlan(emptyOld())
  expect(cluster.verbs()).toEqual([
    'cordon cordon:old',
    'start start:a',
    'ready start:a',
    'shift shift:a',
    'drain drain:a',
    'stop stop:a',
    'release release:old'
  ])
  expect(cluster.calls.map(({ id }) => id)).toContain('plan-1/start:a/ready#1')
  expect(cluster.snapshot()).toMatchObject({
    copies: { '["a","new"]': 'ready' },
    released: ['old'],
    serving: { a: 'new' }
  })
  expect(report).toMatchObject({
    plan: 'plan-1',
    outcome: 'completed',
    planAgain: false,
    moves: [{ replica: 'a', from: 'old', to: 'new', outcome: 'done' }],
    releasedNodes: ['old'],
    cordonedNodes: [],
    retries: 0,
    firstFault: null
  })
  expect(report.seconds).toBeCloseTo(90.8)
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  expect(events.map(({ kind }) => kind)).toEqual([...Array(6).fill(['step-began', 'step-ended']).flat(), 'finished'])
})

test('what waits for nothing runs at the same time, as far as the limits allow', async () => {
  const plan = planFrom(...['a', 'b', 'c', 'd', 'e'].map((id) => move(id, `${id}1`, 'new')))
  const highest = async (limits: object) => {
    let now = 0
    let most = 0
    await runPlan(plan, {}, { limits }, (cluster) => {
      cluster.onCall = (verb) => {
        if (verb === 'start') now++
        most = Math.max(most, now)
        if (verb === 'stop') now--
      }
    })
    return most
  }
  expect(await highest({ startsPerNode: null })).toBe(5)
  expect(await highest({ startsPerNode: null, inFlight: 3 })).toBe(3)
  expect(await highest({ inFlight: 1 })).toBe(1)
  expect(await highest({ startsPerNode: null, perDeployment: 1 })).toBe(5)
})

test('by default two copies start on a node at a time, newcomers included; what has started makes room', async () => {
  const plan = planFrom(move('a', 'old', 'new'), newcomer('b', 'new'), newcomer('c', 'new'))
  const { cluster } = await runPlan(plan)
  const times = cluster.calls.filter(({ verb }) => verb === 'start').map(({ step, at }) => [step, at])
  expect(times).toEqual([
    ['start:a', 0],
    ['start:b', 0],
    ['start:c', 60_300]
  ])
})

test('the limits of the plan count, and those of the call before them', async () => {
  const plan = {
    ...planFrom(move('a1', 'x', 'new'), move('a2', 'y', 'other')),
    limits: { inFlight: 16, startsPerNode: 2, perDeployment: 1 }
  }
  const began = async (limits?: { perDeployment: null }) => {
    const { cluster } = await runPlan(plan, {}, limits === undefined ? {} : { limits })
    return cluster.calls.filter(({ verb }) => verb === 'start').map(({ at }) => at)
  }
  expect(await began()).toEqual([0, 90_500])
  expect(await began({ perDeployment: null })).toEqual([0, 0])
})

test('of what may begin, the longest way to the end goes first', async () => {
  const plan = planFrom(move('a', 'x', 'new'), move('b', 'y', 'new'), onNode('release', 'y', ['stop:b']), {
    ...newcomer('c', 'y2', ['release:y']),
    endSeconds: 100
  })
  const { cluster } = await runPlan(plan, {}, { limits: { inFlight: 1 } })
  expect(cluster.verbs('start')).toEqual(['start start:b', 'start start:a', 'start start:c'])
})

test('a copy that is starting already is only waited for', async () => {
  const wait = { ...newcomer('a', 'new'), endSeconds: 0 }
  delete (wait as { expects?: unknown }).expects
  const { cluster, report } = await runPlan(planFrom(wait), {}, {}, (cluster) => cluster.host('a', 'new', 'starting'))
  expect(cluster.verbs()).toEqual(['ready start:a'])
  expect(report.outcome).toBe('completed')
})

test('what the limits can never allow is cancelled, and not waited for', async () => {
  const plan = planFrom(move('a', 'x', 'new'), move('b', 'y', 'new'))
  const drain = plan.steps.find(({ id }) => id === 'drain:a')
  drain?.after.push('start:b')
  const { report, states } = await runPlan(plan, {}, { limits: { inFlight: 1 } })
  expect(report.outcome).toBe('failed')
  expect(states).toMatchObject({ 'start:b': 'cancelled', 'drain:a': 'cancelled', 'start:a': 'done' })
})

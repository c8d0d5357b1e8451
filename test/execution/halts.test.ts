import { expect, test } from 'vitest'
import { StepError } from '../../src/execution/driver.js'
import { runPlan } from './run-plan.js'
import { emptyOld, move, newcomer, onNode, planFrom } from './small-plans.js'

/** a is in flight when the halt comes; b waits for a slot; c waits for a. */
const plan = planFrom(
  onNode('cordon', 'old'),
  move('a', 'old', 'new', ['cordon:old']),
  onNode('release', 'old', ['cordon:old', 'stop:a']),
  onNode('cordon', 'x'),
  move('b', 'x', 'new', ['cordon:x']),
  onNode('release', 'x', ['cordon:x', 'stop:b']),
  newcomer('c', 'new', ['stop:a'])
)
const ended = {
  'start:a': 'done',
  'stop:a': 'done',
  'release:old': 'done',
  'cordon:x': 'undone',
  'start:b': 'cancelled'
}

test('after an abort what is in flight ends, nothing else begins, and nodes that stay are opened', async () => {
  const controller = new AbortController()
  const options = { signal: controller.signal, limits: { inFlight: 1 } }
  const { report, states, cluster, events } = await runPlan(plan, {}, options, (_, clock) =>
    clock.at(30_000, () => controller.abort())
  )
  expect(states).toMatchObject({ ...ended, 'release:x': 'cancelled', 'start:c': 'cancelled' })
  expect(report).toMatchObject({ outcome: 'aborted', planAgain: true, releasedNodes: ['old'], cordonedNodes: [] })
  expect(report.halt).toEqual({ reason: 'aborted', message: 'the signal was aborted', seconds: 30 })
  expect([...cluster.cordoned]).toEqual(['old'])
  expect(events).toContainEqual(expect.objectContaining({ kind: 'halted', reason: 'aborted', seconds: 30 }))
})

test('aborted before it began, nothing is asked of the driver', async () => {
  const { cluster, report } = await runPlan(plan, {}, { signal: AbortSignal.abort() })
  expect(cluster.calls).toEqual([])
  expect(report.outcome).toBe('aborted')
})

test('an abort when everything is under way changes nothing', async () => {
  const controller = new AbortController()
  const { report } = await runPlan(emptyOld(), {}, { signal: controller.signal }, (cluster) => {
    cluster.onCall = (verb) => verb === 'release' && controller.abort()
  })
  expect(report).toMatchObject({ outcome: 'completed', planAgain: false })
})

test('a cluster that has changed ends the plan; nothing is given back that may not be empty', async () => {
  const fails = { fails: new StepError('changed', 'b is scaled'), delayMs: 5000 }
  const { report, states, cluster } = await runPlan(plan, { 'start start:b': fails })
  expect(states).toMatchObject({ ...ended, 'start:b': 'failed', 'release:old': 'cancelled', 'cordon:old': 'undone' })
  expect(report).toMatchObject({
    outcome: 'changed',
    planAgain: true,
    firstFault: { step: 'start:b', fault: 'changed' }
  })
  expect([...cluster.cordoned]).toEqual([])
})

test.each([
  ['runs elsewhere', { hosts: ['elsewhere'] }, 'a runs on elsewhere, expected old'],
  ['runs in two places', { hosts: ['old', 'new'] }, 'a runs on new, expected old'],
  ['is gone', { hosts: [] }, 'a no longer runs on old'],
  ['has no room', { hosts: ['old'], free: { cpu: 0.5 } }, 'new has 0.5 cpu free, expected 1'],
  ['has hardly any', { hosts: ['old'], free: { cpu: 0.1 + 0.2 } }, 'new has 0.3 cpu free, expected 1'],
  ['has almost enough', { hosts: ['old'], free: { cpu: 0.9996 } }, 'new has 0.9996 cpu free, expected 1'],
  ['goes to a closed node', { hosts: ['old'], isOpen: false }, 'new takes no newcomers']
])('a replica that %s is not started', async (_, seen, message) => {
  const { report, cluster } = await runPlan(planFrom(move('a', 'old', 'new')), {}, {}, (cluster) => {
    cluster.observe = async () => seen
  })
  expect(report).toMatchObject({ outcome: 'changed', firstFault: { verb: 'observe', fault: 'changed', message } })
  expect(cluster.calls).toEqual([])
})

test.each([
  ['nothing', {}],
  ['other resources', { free: { memory: 0 } }],
  ['rounded amounts', { hosts: ['old'], free: { cpu: 0.9999999 }, isOpen: true }]
])('a driver that sees %s is no reason to stop', async (_, seen) => {
  const { report } = await runPlan(planFrom(move('a', 'old', 'new')), {}, {}, (cluster) => {
    cluster.observe = async () => seen
  })
  expect(report.outcome).toBe('completed')
})

const moves = planFrom(...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => move(id, `${id}1`, `${id}2`)))
const broken = { fails: new StepError('refused', 'no image'), delayMs: 0 }

test('when more than half of the last migrations failed, no further one is begun', async () => {
  const script = { 'start start:b': broken, 'start start:c': broken, 'start start:d': broken }
  const { report, events, states } = await runPlan(moves, script, { limits: { inFlight: 1 } })
  expect(report.outcome).toBe('tripped')
  expect(states).toMatchObject({
    'stop:a': 'done',
    'start:d': 'failed',
    'start:e': 'cancelled',
    'start:h': 'cancelled'
  })
  expect(events).toContainEqual(expect.objectContaining({ kind: 'breaker-tripped', failed: 3, of: 4 }))
})

test('half is not more than half, and what is long past does not count', async () => {
  const half = { 'start start:a': broken, 'start start:b': broken }
  expect((await runPlan(moves, half, { limits: { inFlight: 1 } })).report.outcome).toBe('failed')
  const late = { 'start start:f': broken, 'start start:g': broken, 'start start:h': broken }
  expect((await runPlan(moves, late, { limits: { inFlight: 1 } })).report.outcome).toBe('failed')
  expect((await runPlan(moves, late, { limits: { inFlight: 1 }, breakerWindow: 4 })).report.outcome).toBe('tripped')
})

test('a plan that is too old is not begun', async () => {
  const old = { ...emptyOld(), validSeconds: 300 }
  const { report, cluster } = await runPlan(old, {}, { madeAt: -301_000 })
  expect(report).toMatchObject({ outcome: 'expired', planAgain: true })
  expect(cluster.calls).toEqual([])
  expect((await runPlan(old, {}, { madeAt: new Date(-299_000) })).report.outcome).toBe('completed')
  expect((await runPlan(emptyOld(), {}, { madeAt: -1e9 })).report.outcome).toBe('completed')
})

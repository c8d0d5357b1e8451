import { expect, test } from 'vitest'
import { StepError } from '../../src/execution/driver.js'
import { runPlan } from './run-plan.js'
import { emptyOld, move, newcomer, onNode, planFrom } from './small-plans.js'

const never = { fails: new Error('broken'), delayMs: 0 }

test('a copy that does not get ready is removed, the old one serves on, and its node is opened again', async () => {
  const { report, cluster, states, events } = await runPlan(emptyOld(), { 'ready start:a': never })
  expect(states).toEqual({
    'cordon:old': 'undone',
    'start:a': 'undone',
    'shift:a': 'cancelled',
    'drain:a': 'cancelled',
    'stop:a': 'cancelled',
    'release:old': 'cancelled'
  })
  expect(cluster.snapshot()).toMatchObject({ copies: { '["a","old"]': 'ready' }, cordoned: [], serving: { a: 'old' } })
  expect(cluster.calls.map(({ id }) => id)).toContain('plan-1/start:a/undo#1')
  expect(report).toMatchObject({
    outcome: 'failed',
    planAgain: true,
    cordonedNodes: [],
    moves: [{ outcome: 'undone' }]
  })
  expect(events.filter(({ kind }) => kind === 'step-cancelled')).toHaveLength(4)
  expect(events.filter(({ kind }) => kind === 'step-undone')).toHaveLength(2)
})

test('what depends on a failed migration is never begun, everything else is', async () => {
  const plan = planFrom(
    move('a', 'x', 'y'),
    move('b', 'z', 'x', ['stop:a']),
    newcomer('c', 'z', ['stop:b']),
    move('d', 'v', 'w')
  )
  const { cluster, report } = await runPlan(plan, { 'start start:a': never })
  expect(cluster.calls.map(({ step }) => step).filter((step) => /:[bc]/.test(step))).toEqual([])
  expect(report.moves.map(({ outcome }) => outcome)).toEqual(['undone', 'cancelled', 'cancelled', 'done'])
})

test('a start that the driver refuses has nothing to take back', async () => {
  const { cluster, states } = await runPlan(emptyOld(), { 'start start:a': { fails: new StepError('refused', 'no') } })
  expect(states['start:a']).toBe('failed')
  expect(cluster.verbs('undo')).toEqual(['undo cordon:old'])
})

test('a failed shift is shifted back, and the new copy drained, before it goes', async () => {
  const { cluster, states } = await runPlan(emptyOld(), { 'shift shift:a': { ...never, acts: true } })
  // Requests may have gone there, and are answered before it goes.
  const undone = cluster.verbs().filter((call) => !call.includes('cordon'))
  expect(undone.slice(-3)).toEqual(['undo shift:a', 'drain start:a', 'undo start:a'])
  expect(states).toMatchObject({ 'shift:a': 'undone', 'start:a': 'undone', 'drain:a': 'cancelled' })
  expect(cluster.snapshot()).toMatchObject({ copies: { '["a","old"]': 'ready' }, serving: { a: 'old' } })
})

test('what cannot be taken back is stuck, with both copies', async () => {
  const { cluster, states, report, events } = await runPlan(emptyOld(), {
    'ready start:a': never,
    'undo start:a': never
  })
  expect(states['start:a']).toBe('stuck')
  expect(cluster.verbs('undo').filter((call) => call === 'undo start:a')).toHaveLength(3)
  expect(cluster.hostsOf('a').sort()).toEqual(['new', 'old'])
  expect(report.moves[0]?.outcome).toBe('stuck')
  expect(events).toContainEqual(expect.objectContaining({ kind: 'migration-stuck', replica: 'a' }))
})

test('where it cannot be shifted back, no copy is removed', async () => {
  const { cluster, states } = await runPlan(emptyOld(), { 'shift shift:a': never, 'undo shift:a': never })
  expect(states).toMatchObject({ 'shift:a': 'stuck', 'start:a': 'done', 'drain:a': 'cancelled' })
  expect(cluster.hostsOf('a').sort()).toEqual(['new', 'old'])
})

test('a copy that others went for stays where it is', async () => {
  const drainOther = { ...move('b', 'x', 'y')[2], after: ['start:a'], node: 'x' }
  const stopOther = { ...move('b', 'x', 'y')[3], node: 'x' }
  const plan = planFrom(move('a', 'old', 'new'), drainOther as never, stopOther as never)
  const { cluster, states } = await runPlan(plan, { 'shift shift:a': never })
  expect(states).toMatchObject({ 'shift:a': 'undone', 'start:a': 'stuck', 'stop:b': 'done' })
  expect(cluster.stateOf('a', 'new')).toBe('ready')
})

test('a node that was got in vain is given back; one that hosts something, or headroom alone, is kept', async () => {
  const plan = planFrom(onNode('provision', 'n1'), newcomer('a', 'n1', ['provision:n1']), onNode('provision', 'n2'), [
    newcomer('b', 'n3', ['provision:n3']),
    newcomer('c', 'n3', ['provision:n3']),
    onNode('provision', 'n3')
  ])
  const { cluster, report, states } = await runPlan(plan, { 'start start:a': never, 'start start:c': never })
  expect(states).toMatchObject({
    'provision:n1': 'undone',
    'provision:n2': 'done',
    'provision:n3': 'done',
    'start:b': 'done'
  })
  expect(report.releasedNodes).toEqual(['n1'])
  expect(cluster.snapshot()).toMatchObject({ provisioned: ['n2', 'n3'], released: ['n1'] })
})

test('a node whose release fails stays closed, and the report says so', async () => {
  const { report, states, cluster } = await runPlan(emptyOld(), { 'release release:old': never })
  expect(states).toMatchObject({ 'cordon:old': 'done', 'release:old': 'failed', 'stop:a': 'done' })
  expect(report).toMatchObject({ outcome: 'failed', planAgain: true, cordonedNodes: ['old'], releasedNodes: [] })
  expect([...cluster.cordoned]).toEqual(['old'])
})

test('a cordon that fails is taken back, for nobody knows how far it came', async () => {
  const { cluster, states } = await runPlan(emptyOld(), { 'cordon cordon:old': { ...never, acts: true } })
  expect(states).toMatchObject({ 'cordon:old': 'undone', 'start:a': 'cancelled' })
  expect([...cluster.cordoned]).toEqual([])
})

test('a copy that was starting before the plan is not the plan’s to remove', async () => {
  const { expects: _, ...wait } = { ...newcomer('a', 'new'), endSeconds: 0 } as never as {
    expects: unknown
    id: string
  }
  const { cluster, states } = await runPlan(planFrom(wait as never), { 'ready start:a': never }, {}, (cluster) =>
    cluster.host('a', 'new', 'starting')
  )
  expect(states['start:a']).toBe('failed')
  expect(cluster.hostsOf('a')).toEqual(['new'])
})

import { expect, test } from 'vitest'
import { StepError } from '../../src/execution/driver.js'
import { runPlan } from './run-plan.js'
import { emptyOld, move, newcomer, onNode, planFrom } from './small-plans.js'
import type { TestCluster } from './test-cluster.js'

/** The node is gone when this is asked for. */
function dies(node: string) {
  return { fails: new StepError('node-lost', `${node} is gone`, node), delayMs: 0 }
}

test('the target dies before the shift: nothing is called there, the old copy serves on', async () => {
  const plan = planFrom(emptyOld().steps, newcomer('b', 'new', ['cordon:old', 'stop:a']), move('c', 'x', 'y'))
  const { states, cluster, report } = await runPlan(plan, { 'ready start:a': dies('new') })
  expect(states).toMatchObject({
    'start:a': 'failed',
    'shift:a': 'cancelled',
    'start:b': 'cancelled',
    'stop:c': 'done'
  })
  expect(cluster.verbs('undo')).toEqual(['undo cordon:old'])
  expect(cluster.serving.get('a')).toBe('old')
  expect(report).toMatchObject({ outcome: 'failed', planAgain: true, lostNodes: ['new'], lostReplicas: [] })
  expect(report.moves[0]?.outcome).toBe('undone')
})

test('everything that would go to a dead node is cancelled, though nothing failed there itself', async () => {
  const plan = planFrom(move('a', 'x', 'new'), move('b', 'y', 'new', ['stop:a']), newcomer('c', 'new'))
  const { states, cluster } = await runPlan(plan, {
    'ready start:c': dies('new'),
    'ready start:a': { delayMs: 70_000 }
  })
  expect(states).toMatchObject({ 'start:b': 'cancelled', 'start:a': 'failed', 'shift:a': 'cancelled' })
  expect(cluster.verbs('shift')).toEqual([])
})

test('the target dies after the shift: the replica is lost, and an old copy that is still there is left', async () => {
  const plan = planFrom(move('a', 'old', 'new'), newcomer('b', 'new'))
  const script = { 'shift shift:a': { delayMs: 100 }, 'ready start:b': { ...dies('new'), delayMs: 60_050 } }
  const { report, states, cluster, events } = await runPlan(plan, script)
  expect(states).toMatchObject({ 'shift:a': 'done', 'drain:a': 'cancelled', 'stop:a': 'cancelled' })
  expect(report).toMatchObject({ outcome: 'failed', lostReplicas: ['a'], moves: [{ outcome: 'lost' }, {}] })
  expect(events).toContainEqual(expect.objectContaining({ kind: 'replica-lost', replica: 'a', node: 'new' }))
  expect(cluster.hostsOf('a')).toContain('old')
})

test('a drain that has begun when the target dies ends, and so does the stop', async () => {
  const plan = planFrom(move('a', 'old', 'new'), newcomer('b', 'new'))
  const { states, report } = await runPlan(plan, { 'ready start:b': { ...dies('new'), delayMs: 70_000 } })
  expect(states).toMatchObject({ 'drain:a': 'done', 'stop:a': 'done' })
  expect(report).toMatchObject({ outcome: 'failed', lostReplicas: ['a'] })
})

test('the source dies before the shift: the new copy takes over, drain and stop need no call', async () => {
  const plan = planFrom(emptyOld().steps, { ...move('b', 'old', 'new2')[2], after: ['cordon:old'] } as never)
  const { states, cluster, report } = await runPlan(plan, { 'drain drain:b': dies('old') })
  expect(states).toMatchObject({
    'shift:a': 'done',
    'drain:a': 'skipped',
    'stop:a': 'skipped',
    'release:old': 'skipped'
  })
  expect(cluster.verbs('stop')).toEqual([])
  expect(cluster.serving.get('a')).toBe('new')
  expect(report).toMatchObject({ outcome: 'completed', planAgain: true, lostReplicas: [], lostNodes: ['old'] })
})

test('a migration that has not begun when its source dies is begun, for nothing else starts the replica again', async () => {
  const plan = planFrom(move('a', 'old', 'new'), move('b', 'old', 'new2', ['stop:a']))
  const prepare = (cluster: TestCluster) => {
    cluster.showHosts()
    cluster.onCall = (verb) => verb === 'drain' && cluster.lose('old')
  }
  const { states, cluster } = await runPlan(plan, { 'drain drain:a': dies('old') }, {}, prepare)
  expect(states).toMatchObject({ 'drain:a': 'skipped', 'start:b': 'done', 'stop:b': 'skipped' })
  expect(cluster.hostsOf('b')).toEqual(['new2'])
})

test('the source dies after the shift: done', async () => {
  const { states, report } = await runPlan(emptyOld(), { 'drain drain:a': dies('old') })
  expect(states).toMatchObject({ 'drain:a': 'skipped', 'stop:a': 'skipped' })
  expect(report).toMatchObject({ outcome: 'completed', lostReplicas: [], planAgain: true, cordonedNodes: [] })
})

test('the source is dead and requests cannot be shifted: the new copy is kept, and the replica reported', async () => {
  const script = { 'shift shift:a': [dies('old'), { fails: 'no route' }] }
  const { states, report, cluster } = await runPlan(emptyOld(), script)
  expect(cluster.verbs('shift')).toHaveLength(3)
  expect(cluster.verbs('undo')).toEqual([])
  expect(states).toMatchObject({ 'start:a': 'done', 'shift:a': 'stuck', 'stop:a': 'cancelled' })
  expect(report).toMatchObject({ lostReplicas: ['a'], lostNodes: ['old'] })
})

test('source and target die: the replica is lost', async () => {
  const { report } = await runPlan(emptyOld(), { 'ready start:a': dies('new'), 'undo cordon:old': dies('old') })
  expect(report).toMatchObject({ lostReplicas: ['a'], lostNodes: ['new', 'old'], outcome: 'failed' })
})

test('a dead node is not bought, not opened, not given back', async () => {
  const plan = planFrom(onNode('provision', 'n'), newcomer('a', 'n', ['provision:n']))
  const { states, cluster } = await runPlan(plan, { 'start start:a': dies('n') })
  expect(states).toEqual({ 'provision:n': 'done', 'start:a': 'failed' })
  expect(cluster.verbs('undo')).toEqual([])
})

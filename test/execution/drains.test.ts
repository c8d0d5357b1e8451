import { expect, test } from 'vitest'
import { StepError } from '../../src/execution/driver.js'
import { runPlan } from './run-plan.js'
import { emptyOld, move, planFrom } from './small-plans.js'

const hangs = { 'drain drain:a': { hangs: true } }

test('a source that does not drain is stuck with both copies, and nothing that needs its room begins', async () => {
  const plan = planFrom(move('a', 'old', 'new'), move('b', 'other', 'old', ['stop:a']), move('c', 'x', 'y'))
  const { states, cluster, report } = await runPlan(plan, hangs)
  expect(states).toMatchObject({ 'drain:a': 'stuck', 'stop:a': 'cancelled', 'start:b': 'cancelled', 'stop:c': 'done' })
  expect(cluster.hostsOf('a').sort()).toEqual(['new', 'old'])
  expect(cluster.serving.get('a')).toBe('new')
  expect(report.moves.map(({ outcome }) => outcome)).toEqual(['stuck', 'cancelled', 'done'])
})

test('where the policy forces it, the copy is stopped all the same', async () => {
  const { states, cluster, report } = await runPlan(emptyOld(), hangs, { forceDrain: true })
  expect(states).toMatchObject({ 'drain:a': 'skipped', 'stop:a': 'done', 'release:old': 'done' })
  expect(cluster.hostsOf('a')).toEqual(['new'])
  expect(report.outcome).toBe('completed')
})

test('a refusal is not forced', async () => {
  const script = { 'drain drain:a': { fails: new StepError('refused', 'a person holds it') } }
  const { states } = await runPlan(emptyOld(), script, { forceDrain: true })
  expect(states).toMatchObject({ 'drain:a': 'stuck', 'stop:a': 'cancelled' })
})

test('a stop that fails leaves both copies, and the node is opened again', async () => {
  const { states, cluster } = await runPlan(emptyOld(), { 'stop stop:a': { fails: 'no' } })
  expect(states).toMatchObject({ 'stop:a': 'stuck', 'release:old': 'cancelled', 'cordon:old': 'undone' })
  expect(cluster.hostsOf('a').sort()).toEqual(['new', 'old'])
})

test('what is stuck holds no slot that others wait for', async () => {
  const plan = planFrom(move('a', 'old', 'new'), move('b', 'x', 'y'))
  const { states } = await runPlan(plan, hangs, { limits: { inFlight: 1 } })
  expect(states).toMatchObject({ 'drain:a': 'stuck', 'stop:b': 'done' })
})

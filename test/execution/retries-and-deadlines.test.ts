import { expect, test } from 'vitest'
import { StepError } from '../../src/execution/driver.js'
import { runPlan } from './run-plan.js'
import { emptyOld, move, newcomer, planFrom } from './small-plans.js'

test('a call that fails is made again under another id, after a wait that doubles', async () => {
  const fails = { fails: new Error('busy'), delayMs: 0 }
  const { cluster, report, events } = await runPlan(emptyOld(), { 'shift shift:a': [fails, fails, null] })
  const shifts = cluster.calls.filter(({ verb }) => verb === 'shift')
  expect(shifts.map(({ id }) => id)).toEqual([1, 2, 3].map((number) => `plan-1/shift:a/shift#${number}`))
  const [first, second, third] = shifts.map(({ at }) => at) as [number, number, number]
  expect([second - first, third - second]).toEqual([1000, 2000])
  expect(report).toMatchObject({ outcome: 'completed', retries: 2 })
  expect(report.firstFault).toEqual({ step: 'shift:a', verb: 'shift', attempt: 1, fault: 'failed', message: 'busy' })
  expect(events.filter(({ kind }) => kind === 'step-failed')).toMatchObject([
    { step: 'shift:a', attempt: 1, retryInSeconds: 1 },
    { step: 'shift:a', attempt: 2, retryInSeconds: 2 }
  ])
})

test('attempts of one verb are not those of another', async () => {
  const script = {
    'start start:a': [{ fails: 'no' }, { fails: 'no' }, null],
    'ready start:a': [{ fails: 'no' }, { fails: 'no' }, null]
  }
  const { report } = await runPlan(emptyOld(), script)
  expect(report).toMatchObject({ outcome: 'completed', retries: 4 })
})

test('starts of running replicas are tried again as long as the budget of the plan allows, those of new ones always', async () => {
  const fails = { fails: 'no', delayMs: 0 }
  const plan = { ...planFrom(move('a', 'x', 'y'), move('b', 'x', 'y'), newcomer('c', 'z')), spareMigrations: 1 }
  const script = {
    'start start:a': [fails, null],
    'start start:b': [fails, null],
    'start start:c': [fails, fails, null]
  }
  const { states, cluster } = await runPlan(plan, script)
  expect(cluster.verbs('start')).toHaveLength(2 + 1 + 3)
  expect(states).toMatchObject({ 'stop:a': 'done', 'start:b': 'undone', 'start:c': 'done' })
})

test('what is refused is not tried again', async () => {
  const { cluster } = await runPlan(emptyOld(), { 'start start:a': { fails: new StepError('refused', 'no licence') } })
  expect(cluster.verbs('start')).toHaveLength(1)
})

test('by default a call has a minute or three times the planned time, then its signal is aborted', async () => {
  const aborted: [string, number][] = []
  const script = { 'ready start:a': { hangs: true } }
  await runPlan(emptyOld(), script, { retries: 0 }, (cluster, clock) => {
    cluster.onCall = (verb, _, { signal }) => {
      const began = clock.now()
      signal.addEventListener('abort', () => aborted.push([verb, clock.now() - began]))
    }
  })
  expect(aborted).toEqual([['ready', 180_000]])
  const cordon = await runPlan(emptyOld(), { 'cordon cordon:old': { hangs: true } }, { retries: 0 })
  expect(cordon.report.steps[0]).toMatchObject({ fault: 'deadline', message: 'no answer within 60 s' })
})

test('deadlines may be given, by factor, least, or step and verb', async () => {
  const waited = async (options: object) => {
    const { report } = await runPlan(
      planFrom(newcomer('a', 'n')),
      { 'ready start:a': { hangs: true } },
      { retries: 0, ...options }
    )
    return Math.round(report.seconds)
  }
  expect(await waited({ deadlineFactor: 2 })).toBe(120)
  expect(await waited({ deadlineFactor: 1, leastDeadlineMs: 300_000 })).toBe(300)
  expect(await waited({ deadlineMs: (_: unknown, verb: string) => (verb === 'ready' ? 7000 : 1000) })).toBe(7)
})

test('a copy that was accepted after the deadline is removed again', async () => {
  // Accepted after 100 s, ready never: the removal after 60 s came too early.
  const { cluster, states, clock } = await runPlan(
    planFrom(move('a', 'old', 'new'), newcomer('b', 'other')),
    { 'start start:a': { delayMs: 100_000 }, 'ready start:b': { delayMs: 150_000 } },
    { retries: 0, deadlineMs: ({ id }) => (id === 'start:a' ? 60_000 : 1_000_000) }
  )
  await clock.settle()
  expect(states['start:a']).toBe('undone')
  expect(cluster.verbs('undo')).toEqual(['undo start:a', 'undo start:a'])
  expect(new Set(cluster.calls.map(({ id }) => id)).size).toBe(cluster.calls.length)
  expect(cluster.hostsOf('a')).toEqual(['old'])
})

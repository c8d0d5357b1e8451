import { afterEach, expect, test } from 'vitest'
import { execute } from '../../src/execution/execute.js'
import { runPlan } from './run-plan.js'
import { emptyOld } from './small-plans.js'
import { VirtualClock } from './virtual-clock.js'

const unhandled: unknown[] = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))

afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve))
  expect(unhandled).toEqual([])
})

const nasty: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  'a text': 'no',
  'an object whose texts throw': {
    get message() {
      throw new Error('ha')
    }
  },
  'an object without texts': Object.create(null),
  'a symbol': Symbol('no'),
  'an error of another copy of this package': Object.assign(new Error('gone'), { name: 'StepError', fault: 'refused' })
}

test.each(Object.entries(nasty))('%s, thrown or rejected with, is a failure like others', async (_, what) => {
  for (const behaviour of [{ throws: what }, { fails: what }]) {
    const { report, states } = await runPlan(emptyOld(), { 'start start:a': behaviour })
    expect(report.outcome).toBe('failed')
    expect(['undone', 'failed']).toContain(states['start:a'])
    expect(typeof report.firstFault?.message).toBe('string')
  }
})

test('a driver that never answers anything ends all the same', async () => {
  const verbs = ['cordon', 'uncordon', 'provision', 'start', 'ready', 'shift', 'drain', 'stop', 'release', 'observe']
  const driver = Object.fromEntries(verbs.map((verb) => [verb, () => new Promise<void>(() => {})]))
  const clock = new VirtualClock()
  const report = await clock.run(execute(emptyOld(), driver as never, { clock }))
  expect(report).toMatchObject({ outcome: 'failed', firstFault: { fault: 'deadline' } })
  expect(report.steps[0]).toMatchObject({ id: 'cordon:old', state: 'stuck' })
})

test('answers of any kind, thenables that answer twice, and rejections after the deadline do no harm', async () => {
  const twice = {
    // biome-ignore lint/suspicious/noThenProperty: a driver may return anything.
    then(resolve: (value: unknown) => void, reject: (reason: unknown) => void) {
      resolve(1)
      reject(new Error('after all'))
      resolve(2)
    }
  }
  const { report } = await runPlan(emptyOld(), {}, {}, (cluster) => {
    cluster.shift = () => twice as never
    cluster.drain = () => 'done' as never
    cluster.observe = () => null as never
  })
  expect(report.outcome).toBe('completed')
  const late = await runPlan(emptyOld(), { 'cordon cordon:old': { delayMs: 100_000, fails: 'late' } }, { retries: 0 })
  await late.clock.settle()
  expect(late.report.outcome).toBe('failed')
})

test('a listener that throws, or rejects, ends nothing; its first fault is reported', async () => {
  const { report } = await runPlan(
    emptyOld(),
    {},
    {
      onEvent: ({ kind }) => {
        throw new Error(`no ${kind}`)
      }
    }
  )
  expect(report).toMatchObject({ outcome: 'completed', listenerFault: 'no step-began' })
  const asynchronous = await runPlan(emptyOld(), {}, { onEvent: () => Promise.reject(new Error('later')) as never })
  expect(asynchronous.report).toMatchObject({ outcome: 'completed', listenerFault: 'later' })
})

test('a driver that lacks a verb, options out of range and plans that do not fit are named before anything begins', async () => {
  const call = (plan: unknown, driver: unknown, options?: unknown) =>
    execute(plan as never, driver as never, options as never)
  await expect(call(emptyOld(), {})).rejects.toThrow('cordon: found nothing, expected a function')
  await expect(call(emptyOld(), null)).rejects.toThrow('a Driver')
  await expect(runPlan(emptyOld(), {}, { retries: -1 })).rejects.toThrow('retries: found -1')
  await expect(runPlan(emptyOld(), {}, { retry: 1 } as never)).rejects.toThrow('unknown option')
  await expect(runPlan(emptyOld(), {}, { limits: { inFlight: 0 } })).rejects.toThrow('limits.inFlight: found 0')
  const plan = emptyOld()
  const cyclic = {
    ...plan,
    steps: plan.steps.map((step) => ({ ...step, after: step.id === 'cordon:old' ? ['stop:a'] : step.after }))
  }
  await expect(runPlan(cyclic)).rejects.toThrow('wait for each other')
  const unknown = { ...plan, steps: plan.steps.map((step) => ({ ...step, after: ['nobody'] })) }
  await expect(runPlan(unknown)).rejects.toThrow('steps[0].after[0]: found "nobody", expected the id of a step')
  const twice = { ...plan, steps: [...plan.steps, ...plan.steps] }
  await expect(runPlan(twice)).rejects.toThrow('an id that no other step has')
  await expect(call({}, {})).rejects.toThrow('plan:')
  await expect(call(null, {})).rejects.toThrow('plan:')
})

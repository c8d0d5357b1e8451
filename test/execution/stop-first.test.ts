import { expect, test } from 'vitest'
import { StepError } from '../../src/execution/driver.js'
import { runPlan } from './run-plan.js'
import { move, newcomer, planFrom } from './small-plans.js'

/** a goes first, so that b can come to its node, and starts where b was. */
function trade() {
  const [, , drain, stop] = move('a', 'x', 'y')
  return planFrom(
    { ...drain, after: [] } as never,
    stop as never,
    move('b', 'y', 'x', ['stop:a']),
    newcomer('a', 'y', ['stop:b'])
  )
}

test('who stopped first starts again after a halt, with all that has to be done before', async () => {
  const halting = new AbortController()
  const { states, report, cluster } = await runPlan(
    trade(),
    {},
    {
      signal: halting.signal,
      onEvent: (event) => {
        if (event.kind === 'step-began' && event.step === 'drain:a') halting.abort()
      }
    }
  )
  expect(Object.values(states).every((state) => state === 'done')).toBe(true)
  expect(report.lostReplicas).toEqual([])
  expect(cluster.hostsOf('a')).toEqual(['y'])
})

test('a halt before it goes leaves it where it is', async () => {
  const halted = new AbortController()
  halted.abort()
  const { states, report } = await runPlan(trade(), {}, { signal: halted.signal })
  expect(new Set(Object.values(states))).toEqual(new Set(['cancelled']))
  expect(report).toMatchObject({ outcome: 'aborted', lostReplicas: [] })
})

test('it is lost when what it waits for fails', async () => {
  const refused = { fails: new StepError('refused', 'no room'), delayMs: 0 }
  const { states, report, events } = await runPlan(trade(), { 'start start:b': refused })
  expect(states).toMatchObject({ 'stop:a': 'done', 'start:b': 'failed', 'start:a': 'cancelled' })
  expect(report).toMatchObject({ outcome: 'failed', planAgain: true, lostReplicas: ['a'] })
  expect(events).toContainEqual(expect.objectContaining({ kind: 'replica-lost', replica: 'a', node: 'y' }))
})

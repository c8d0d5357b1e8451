import { expect, test } from 'vitest'
import { StepError } from '../../src/execution/driver.js'
import { runPlan } from './run-plan.js'
import { move, onNode, planFrom } from './small-plans.js'

/** a makes room on a rented node for b, and the node is given back when both have moved on. */
const plan = planFrom(
  onNode('provision', 'spare'),
  onNode('provision', 'kept'),
  move('a', 'x', 'spare', ['provision:spare']),
  move('b', 'y', 'x', ['stop:a']),
  move('c', 'x', 'y', ['stop:b']),
  onNode('release', 'spare', ['stop:b', 'stop:c'])
)
const alone = planFrom(onNode('provision', 'spare'), onNode('release', 'spare', ['provision:spare']))
const fails = (fault: 'refused' | 'node-lost') => ({ fails: new StepError(fault, 'no', 'spare') })

test('a rented node that was given back does not stand in the report, nor one that was bought', async () => {
  expect((await runPlan(alone)).report).toMatchObject({ releasedNodes: ['spare'], unreturnedNodes: [] })
  const bought = await runPlan(planFrom(onNode('provision', 'kept')))
  expect(bought.report.unreturnedNodes).toEqual([])
})

test('a rented node on which a copy stays since others failed is named', async () => {
  const { report, states } = await runPlan(plan, { 'start start:b': fails('refused') })
  expect(states).toMatchObject({ 'stop:a': 'done', 'release:spare': 'cancelled' })
  expect(report).toMatchObject({ releasedNodes: [], unreturnedNodes: ['spare'] })
})

test('a rented node that cannot be given back is named', async () => {
  const { report } = await runPlan(alone, { 'release release:spare': fails('refused') })
  expect(report.unreturnedNodes).toEqual(['spare'])
})

test('one that never came, or is gone, is not', async () => {
  const refused = await runPlan(plan, { 'provision provision:spare': fails('refused') })
  expect(refused.report.unreturnedNodes).toEqual([])
  const lost = await runPlan(alone, { 'release release:spare': fails('node-lost') })
  expect(lost.report).toMatchObject({ lostNodes: ['spare'], unreturnedNodes: [] })
})

test('of an execution that was abandoned, what it still has is named', async () => {
  const abandon = new AbortController()
  const { report } = await runPlan(plan, {}, { abandon: abandon.signal }, (_, clock) =>
    clock.at(200_000, () => abandon.abort())
  )
  expect(report).toMatchObject({ outcome: 'abandoned', unreturnedNodes: ['spare'] })
})

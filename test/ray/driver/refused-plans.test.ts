import { expect, test } from 'vitest'
import { InputError } from '../../../models/contract/parse.js'
import type { Step } from '../../../models/contract/plan.js'
import { rayDriver } from '../../../src/adapters/ray/driver/ray-driver.js'
import { compact } from '../../../src/compact.js'
import { type Driver, StepError } from '../../../src/execution/driver.js'
import { planDrains, predictDrain } from './drain-plans.js'
import { smallScene } from './drain-scene.js'

const timing = { startSeconds: 0, endSeconds: 0 }

/** What is refused of a plan that drains the third node, after a change to it. */
function refusalOf(change: (steps: Step[]) => void): string {
  const scene = smallScene()
  const problem = scene.readProblem()
  const plan = planDrains([predictDrain(scene.cluster, '10.0.0.3')])
  change(plan.steps)
  try {
    scene.driver(problem, plan)
  } catch (error) {
    expect(error).toBeInstanceOf(StepError)
    expect((error as StepError).fault).toBe('refused')
    return (error as StepError).message
  }
  return ''
}

test('a plan of drains is accepted', () => {
  expect(refusalOf(() => {})).toBe('')
})

test.each<[string, (steps: Step[]) => void, string]>([
  [
    'a node that is bought',
    (steps) => steps.push({ id: 'p', action: 'provision', node: 'n', after: [], ...timing }),
    'p: Ray gets nodes'
  ],
  [
    'a drain taken back',
    (steps) => steps.push({ id: 'u', action: 'uncordon', node: '10.0.0.3', after: [], ...timing }),
    'u: a drain cannot be taken back'
  ],
  [
    'a move off a node that stays',
    (steps) => steps.splice(0, 1),
    'one replica of 10.0.0.3 moves, and the node is not drained'
  ],
  [
    'the head drained',
    (steps) => steps.push({ id: 'h', action: 'cordon', node: '10.0.0.99', after: [], ...timing }),
    'h: 10.0.0.99 is not to be given back'
  ],
  [
    'a node on which something stays',
    (steps) => steps.push({ id: 'c', action: 'cordon', node: '10.0.0.2', after: [], ...timing }),
    'c: a drain moves every replica, and chat#llm#c is to stay'
  ],
  [
    'a node that is not one of Ray',
    (steps) => steps.push({ id: 'c', action: 'cordon', node: 'elsewhere', after: [], ...timing }),
    'c: elsewhere has no label ray.io/node-id'
  ],
  [
    'a start that waits for something within the drain',
    (steps) => {
      const start = steps.find(({ action }) => action === 'start')
      steps.push({ id: 'other', action: 'release', node: '10.0.0.1', after: [], ...timing })
      start?.after.push('other')
    },
    'Serve starts all replacements of a node at once, and this one waits for other'
  ],
  [
    'a start on a node that drains',
    (steps) =>
      steps.push({
        id: 's',
        action: 'start',
        replica: 'new',
        deployment: 'chat/llm',
        node: '10.0.0.3',
        after: ['cordon-10.0.0.3'],
        ...timing
      }),
    's: nothing starts on a node that drains'
  ],
  [
    'a stop before the start',
    (steps) => {
      const shift = steps.findIndex(({ action }) => action === 'shift')
      steps.splice(shift, 1)
    },
    'Serve starts a replacement first'
  ]
])('%s is refused before anything begins', (_, change, words) => {
  expect(refusalOf(change)).toContain(words)
})

test('a plan that moves single replicas is refused with the steps, and the option that makes another', async () => {
  const scene = smallScene()
  const [first] = scene.readProblem().nodes
  expect(first?.id).toBe('10.0.0.99')
  const problem = {
    ...scene.readProblem(),
    nodes: scene.readProblem().nodes.map((node) => ({ ...node, mustEmpty: node.id === '10.0.0.3', releasable: false }))
  }
  const result = await compact(problem, { workLimit: 500, threads: 1 })
  expect(() => rayDriver({ dashboard: 'http://h', address: 'h:1', problem, result })).toThrow('executableOn: "ray"')
})

test('options are checked all at once', () => {
  const scene = smallScene()
  const plan = planDrains([])
  const options = { dashboard: 'head:8265', address: '', problem: scene.readProblem(), result: { plan }, pollMs: -1 }
  try {
    rayDriver(options)
    expect.unreachable()
  } catch (error) {
    expect((error as InputError).issues.map(({ path }) => path)).toEqual(['dashboard', 'address', 'pollMs'])
    expect(error).toBeInstanceOf(InputError)
  }
})

test.each([undefined, null, 3, {}, { dashboard: 'http://h', address: 'a', problem: 1, result: { plan: null } }])(
  'options that are none are refused: %j',
  (options) => {
    expect(() => rayDriver(options as never)).toThrow(InputError)
  }
)

test('verbs that Ray does not have are refused, whoever asks', async () => {
  const scene = smallScene()
  const driver: Driver = scene.driver(scene.readProblem(), planDrains([]))
  const call = { id: 'c', attempt: 1, signal: new AbortController().signal }
  const step = { id: 's', node: '10.0.0.1', after: [], ...timing }
  await expect(driver.uncordon({ ...step, action: 'uncordon' }, call)).rejects.toMatchObject({ fault: 'refused' })
  await expect(driver.provision({ ...step, action: 'provision' }, call)).rejects.toMatchObject({ fault: 'refused' })
  await expect(driver.release({ ...step, action: 'release' }, call)).rejects.toMatchObject({
    fault: 'refused',
    message: '10.0.0.1 is not empty: chat#llm#a is RUNNING'
  })
  await expect(
    driver.stop({ ...step, action: 'stop', replica: 'x', deployment: 'chat/llm' }, { ...call, id: 'p/s/undo#1' })
  ).resolves.toBeUndefined()
})

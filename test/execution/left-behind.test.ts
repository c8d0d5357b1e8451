import { expect, test } from 'vitest'
import type { Plan, Step } from '../../models/contract/plan.js'
import { type Driver, StepError } from '../../src/execution/driver.js'
import { execute } from '../../src/execution/execute.js'
import { simulatedCluster } from '../simulation/story.js'

function planOf(...steps: readonly object[]): Plan {
  const timed = steps.map((step, index) => {
    const id = `s${index}`
    return {
      after: index === 0 ? [] : [`s${index - 1}`],
      startSeconds: 0,
      endSeconds: 0,
      ...step,
      id
    } as unknown as Step
  })
  return { status: 'complete', makespanSeconds: 0, steps: timed }
}

const move = [
  { action: 'start', replica: 'a-0', node: 'n2', startSeconds: 0, endSeconds: 60 },
  { action: 'shift', replica: 'a-0', from: 'n1', to: 'n2' },
  { action: 'drain', replica: 'a-0', node: 'n1', startSeconds: 60, endSeconds: 90 },
  { action: 'stop', replica: 'a-0', node: 'n1' }
]

/** A driver with some verbs of its own. */
function withVerbs(driver: Driver, verbs: Partial<Driver>): Driver {
  const all = [
    'cordon',
    'uncordon',
    'provision',
    'start',
    'ready',
    'shift',
    'drain',
    'stop',
    'release',
    'observe'
  ] as const
  const bound = all.map((verb) => [verb, (driver[verb] as () => unknown).bind(driver)])
  return { ...(Object.fromEntries(bound) as Driver), ...verbs }
}

test('a new copy to which requests may have gone is drained before it is taken back', async () => {
  const { clock, driver, watcher, events } = simulatedCluster({})
  const shift: Driver['shift'] = async (step, call) => {
    await driver.shift(step, call)
    if (step.to === 'n2') throw new Error('connection reset')
  }
  const report = await clock.run(() => execute(planOf(...move), withVerbs(driver, { shift }), { clock }))
  expect(report.outcome).toBe('failed')
  expect(watcher.violations).toEqual([])
  expect(events.filter(({ kind }) => kind === 'copy-removed')).toMatchObject([{ replica: 'a-0', node: 'n2' }])
})

test('a node that cannot be given back since others are there takes newcomers again', async () => {
  const { clock, driver, cluster } = simulatedCluster({})
  const release: Driver['release'] = async () => {
    throw new StepError('changed', 'n3 hosts what others run')
  }
  const plan = planOf({ action: 'cordon', node: 'n3' }, { action: 'release', node: 'n3' })
  await clock.run(() => execute(plan, withVerbs(driver, { release }), { clock }))
  expect(cluster.node('n3').isCordoned).toBe(false)
})

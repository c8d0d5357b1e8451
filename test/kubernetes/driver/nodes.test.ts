import { afterEach, expect, test } from 'vitest'
import type { Call, StepOf } from '../../../src/execution/driver.js'
import { NODES } from '../api-server/control/world.js'
import type { Node } from '../api-server/objects/objects.js'
import { sampleNode } from '../api-server/objects/samples.js'
import { type DrivenWorld, driverFor } from './driven-world.js'
import { smallMove } from './small-move.js'

let world: DrivenWorld
afterEach(() => world.close())

const timing = { after: [], startSeconds: 0, endSeconds: 0 }
const cordonStep: StepOf<'cordon'> = { ...timing, id: 'c', action: 'cordon', node: 'n1' }
const uncordonStep: StepOf<'uncordon'> = { ...timing, id: 'u', action: 'uncordon', node: 'n1' }
const releaseStep: StepOf<'release'> = { ...timing, id: 'r', action: 'release', node: 'n2' }
const provisionStep: StepOf<'provision'> = { ...timing, id: 'p', action: 'provision', node: 'new-m-1', type: 'm' }
const call = (verb: string, signal = new AbortController().signal): Call => {
  return { id: `plan-1/${verb[0]}/${verb}#1`, attempt: 1, signal }
}

test('a node that its owner has closed stays closed, and one of another owner, too', async () => {
  const small = await smallMove()
  world = small.world
  const driver = driverFor(world, small.problem)
  const close = (draft: Node) => {
    draft.spec.unschedulable = true
  }
  world.store.change<Node>(NODES, world.node('n1'), close)
  await world.clock.run(driver.cordon(cordonStep, call('cordon')))
  await world.clock.run(driver.uncordon(uncordonStep, call('uncordon')))
  expect(world.node('n1').spec.unschedulable).toBe(true)
  expect(world.node('n1').metadata.annotations ?? {}).toEqual({})

  world.store.change<Node>(NODES, world.node('n1'), (draft) => {
    delete draft.spec.unschedulable
  })
  await world.clock.run(driver.cordon(cordonStep, call('cordon')))
  expect(JSON.parse(world.node('n1').metadata.annotations?.['replica-compactor/cordon'] ?? '')).toEqual({
    owner: 'replica-compactor',
    plan: 'plan-1'
  })
  await world.clock.run(driverFor(world, small.problem, { owner: 'other' }).uncordon(uncordonStep, call('uncordon')))
  expect(world.node('n1').spec.unschedulable).toBe(true)
  await world.clock.run(driverFor(world, small.problem).uncordon(uncordonStep, call('uncordon')))
  expect(world.node('n1').spec.unschedulable).toBeUndefined()
})

test('an empty node goes to whoever gives it back', async () => {
  const small = await smallMove()
  world = small.world
  const released: string[] = []
  const release = async (node: string) => {
    released.push(node)
  }
  await world.clock.run(driverFor(world, small.problem, { release }).release(releaseStep, call('release')))
  expect(released).toEqual(['n2'])
})

test('a node that is opened again, or closed for another plan, is not marked as one to be taken away', async () => {
  const small = await smallMove()
  world = small.world
  const driver = driverFor(world, small.problem)
  const node = { node: 'n2' }
  const isMarked = () => world.node('n2').metadata.annotations?.['replica-compactor/released'] !== undefined
  await world.clock.run(driver.cordon({ ...cordonStep, ...node }, call('cordon')))
  await world.clock.run(driver.release(releaseStep, call('release')))
  expect(isMarked()).toBe(true)
  await world.clock.run(driver.uncordon({ ...uncordonStep, ...node }, call('uncordon')))
  expect(isMarked()).toBe(false)
  await world.clock.run(driver.release(releaseStep, call('release')))
  // As kubectl uncordon does.
  world.store.change<Node>(NODES, world.node('n2'), (draft) => {
    delete draft.spec.unschedulable
  })
  await world.clock.run(driver.cordon({ ...cordonStep, ...node }, call('cordon')))
  expect(isMarked()).toBe(false)
})

test('a node that is bought is waited for, under the name that it gets, also after a restart', async () => {
  const small = await smallMove()
  world = small.world
  const asked: [string, string | undefined][] = []
  const provision = async (node: string, type: string | undefined) => {
    asked.push([node, type])
    const made = sampleNode('ip-10-0-0-7')
    made.status.conditions = [{ type: 'Ready', status: 'False' }]
    world.store.create(NODES, made)
    world.clock.after(90_000, () =>
      world.store.change<Node>(NODES, made, (draft) => {
        draft.status.conditions = [{ type: 'Ready', status: 'True' }]
      })
    )
    return made.metadata.name
  }
  const begun = world.clock.now()
  await world.clock.run(driverFor(world, small.problem, { provision }).provision(provisionStep, call('provision')))
  expect(world.clock.now() - begun).toBeGreaterThanOrEqual(90_000)
  const restarted = driverFor(world, small.problem, { provision })
  await world.clock.run(restarted.provision(provisionStep, call('provision')))
  expect(asked).toEqual([['new-m-1', 'm']])
  await world.clock.run(restarted.cordon({ ...cordonStep, node: 'new-m-1' }, call('cordon')))
  expect(world.node('ip-10-0-0-7').spec.unschedulable).toBe(true)
  await expect(
    world.clock.run(driverFor(world, small.problem).provision(provisionStep, call('provision')))
  ).rejects.toMatchObject({ fault: 'refused', message: expect.stringContaining('provision') })
})

test('a signal ends a wait at once, and leaves no timer and no request behind', async () => {
  const small = await smallMove()
  world = small.world
  const step = small.result.plan.steps.find(({ action }) => action === 'start') as StepOf<'start'>
  for (const name of ['n1', 'n2', 'n3']) {
    world.store.change<Node>(NODES, world.node(name), (draft) => {
      draft.spec.taints = [{ key: 'busy', effect: 'NoSchedule' }]
    })
  }
  const giveUp = new AbortController()
  const waiting = driverFor(world, small.problem).start(step, call('start', giveUp.signal))
  world.clock.after(10_000, () => giveUp.abort(new Error('enough')))
  await expect(world.clock.run(waiting)).rejects.toThrow('enough')
  await world.clock.run(world.clock.sleep(5000))
  const asked = world.server.heard.length
  expect(world.clock.pending).toBe(0)
  await world.clock.run(world.clock.sleep(60_000))
  expect(world.server.heard).toHaveLength(asked)
  await expect(
    world.clock.run(driverFor(world, small.problem).cordon(cordonStep, call('cordon', giveUp.signal)))
  ).rejects.toThrow()
  expect(world.node('n1').spec.unschedulable).toBeUndefined()
})

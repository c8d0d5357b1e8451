import { afterEach, expect, test } from 'vitest'
import { DEPLOYMENTS, HORIZONTAL, PODS } from '../api-server/control/world.js'
import { isReady, type Pod, type Workload } from '../api-server/objects/objects.js'
import { carryOut, type DrivenWorld, whereRuns } from './driven-world.js'
import { smallMove } from './small-move.js'

let world: DrivenWorld
afterEach(() => world.close())

function scale(replicas: number): void {
  world.store.change<Workload>(DEPLOYMENTS, world.workload('web'), (draft) => {
    draft.spec.replicas = replicas
  })
}

/** Does something once, when the number of replicas is first written. */
function onceScaledTo(replicas: number, act: () => void): void {
  const stop = world.store.subscribe(({ resource, object }) => {
    if (resource !== 'deployments' || (object as Workload).spec.replicas !== replicas) return
    stop()
    act()
  })
}

test('a pod that the scheduler puts elsewhere is taken back, the node is opened again, and a new plan is due', async () => {
  const small = await smallMove()
  world = small.world
  world.steer.set('web', ['n3'])
  const before = world.pods().map(({ metadata }) => metadata.name)
  const report = await carryOut(world, small.problem, small.result)
  expect(report).toMatchObject({ outcome: 'changed', planAgain: true })
  expect(report.halt?.message).toMatch(/the scheduler put the new pod of default\/web-\S+ on n3, expected n2/)
  expect(world.workload('web').spec.replicas).toBe(2)
  expect(world.workload('web').metadata.annotations ?? {}).toEqual({})
  expect(world.pods().map(({ metadata }) => metadata.name)).toEqual(before)
  expect(world.node('n1').spec.unschedulable).toBeUndefined()
  expect(world.node('n1').metadata.annotations ?? {}).toEqual({})
})

test.each([5, 1])('somebody who scales to %i in the middle is not interfered with', async (replicas) => {
  const small = await smallMove()
  world = small.world
  onceScaledTo(3, () => world.clock.after(2000, () => scale(replicas)))
  const report = await carryOut(world, small.problem, small.result)
  await world.clock.run(world.clock.sleep(60_000))
  expect(report.outcome).toBe('changed')
  const messages = report.steps.map(({ message }) => message)
  expect(messages).toContainEqual(expect.stringMatching(/has \d replicas, expected 3, 2 of its owner and 1 of plans/))
  expect(world.workload('web').spec.replicas).toBe(replicas)
  expect(world.pods('web').filter(isReady)).toHaveLength(replicas)
  expect(world.node('n1').spec.unschedulable).toBeUndefined()
})

test('what was scaled since the plan was made is noticed before anything is done', async () => {
  const small = await smallMove()
  world = small.world
  scale(4)
  const report = await carryOut(world, small.problem, small.result)
  expect(report.outcome).toBe('changed')
  expect(report.firstFault?.message).toContain('has 4 replicas, and the plan was made for 2')
  expect(world.workload('web').spec.replicas).toBe(4)
})

test('a rollout in the middle is left to its owner', async () => {
  const small = await smallMove()
  world = small.world
  onceScaledTo(3, () =>
    world.clock.after(3000, () =>
      world.store.change<Workload>(DEPLOYMENTS, world.workload('web'), (draft) => {
        const [container] = draft.spec.template.spec.containers
        if (container !== undefined) container.image = 'registry.example/main:2'
      })
    )
  )
  const report = await carryOut(world, small.problem, small.result)
  expect(report.outcome).toBe('changed')
  expect(report.steps.some(({ message }) => /is being rolled out|replicas, expected/.test(message ?? ''))).toBe(true)
  expect(world.workload('web').spec.replicas).toBeGreaterThanOrEqual(2)
})

test('a replica that was moved by others is not scaled for', async () => {
  const small = await smallMove()
  world = small.world
  const old = world.pods('web').find(({ spec }) => spec.nodeName === 'n1') as Pod
  world.steer.set('web', ['n3'])
  world.store.remove(PODS, old)
  await world.clock.run(world.clock.sleep(30_000))
  const report = await carryOut(world, small.problem, small.result)
  expect(report.outcome).toBe('changed')
  expect(report.halt?.message).toContain('no longer runs on n1')
  expect(whereRuns(world, 'web')).toEqual(['n3', 'n3'])
})

test('a Deployment that an autoscaler scales is refused, with what helps', async () => {
  const small = await smallMove()
  world = small.world
  world.store.create(HORIZONTAL, {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web-scaler', namespace: 'default' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }
  })
  const report = await carryOut(world, small.problem, small.result)
  expect(report.outcome).toBe('failed')
  expect(report.firstFault).toMatchObject({
    fault: 'refused',
    message: expect.stringMatching(/web-scaler.*stop-first/)
  })
  expect(world.workload('web').spec.replicas).toBe(2)
})

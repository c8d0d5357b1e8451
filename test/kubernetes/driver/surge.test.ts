import { afterEach, expect, test } from 'vitest'
import { sampleNode, sampleWorkload } from '../api-server/objects/samples.js'
import { carryOut, type DrivenWorld, makeWorld, planTo, problemOf, watchReady, whereRuns } from './driven-world.js'

let world: DrivenWorld
afterEach(() => world.close())

test('a node is emptied by scaling up and down, the others keep what they have, and never fewer pods are ready', async () => {
  world = await makeWorld({
    objects: [
      sampleNode('n1'),
      sampleNode('n2'),
      sampleNode('n3'),
      sampleWorkload('web', { replicas: 3 }),
      sampleWorkload('api', { replicas: 2 }),
      sampleWorkload('agent', { kind: 'DaemonSet', cpu: 0 })
    ]
  })
  const problem = problemOf(world)
  const result = await planTo(problem, 'n1', { web: ['n2', 'n3'], api: ['n3', 'n2'] })
  expect(result.releasedNodes).toEqual(['n1'])
  for (const step of result.plan.steps) {
    if (step.action !== 'start') continue
    const app = step.expects?.deployment.split('/').at(-1) ?? ''
    world.steer.set(app, [...(world.steer.get(app) ?? []), step.node])
  }
  const others = world.pods().filter(({ spec }) => spec.nodeName !== 'n1')
  const { shortages } = watchReady(world, { web: 3, api: 2 })
  const report = await carryOut(world, problem, result)
  expect(report.firstFault).toBeNull()
  expect(report.outcome).toBe('completed')
  expect(shortages).toEqual([])
  expect(whereRuns(world, 'web')).toHaveLength(3)
  expect([...whereRuns(world, 'web'), ...whereRuns(world, 'api')]).not.toContain('n1')
  const names = new Set(world.pods().map(({ metadata }) => metadata.name))
  expect(others.filter(({ metadata }) => !names.has(metadata.name))).toEqual([])
  for (const app of ['web', 'api']) {
    expect(world.workload(app).metadata.annotations ?? {}).toEqual({})
  }
  expect(world.workload('web').spec.replicas).toBe(3)
  expect(world.node('n1')).toMatchObject({
    metadata: { annotations: { 'replica-compactor/released': expect.any(String) } },
    spec: { unschedulable: true }
  })
})

test('several pods of one Deployment move at once, and no other one goes', async () => {
  const all = ['n1', 'n1', 'n1', 'n3']
  world = await makeWorld(
    { objects: [...['n1', 'n2', 'n3'].map((name) => sampleNode(name)), sampleWorkload('web', { replicas: 4 })] },
    new Map([['web', all]])
  )
  const problem = problemOf(world)
  const result = await planTo(problem, 'n1', { web: ['n2', 'n2', 'n2'] })
  world.steer.set('web', ['n2', 'n2', 'n2'])
  const staying = world.pods('web').find(({ spec }) => spec.nodeName === 'n3')?.metadata.name
  const { shortages } = watchReady(world, { web: 4 })
  const report = await carryOut(world, problem, result, { limits: { startsPerNode: null } })
  expect(report.firstFault).toBeNull()
  expect(report.outcome).toBe('completed')
  expect(whereRuns(world, 'web')).toEqual(['n2', 'n2', 'n2', 'n3'])
  expect(world.pods('web').map(({ metadata }) => metadata.name)).toContain(staying)
  expect(world.workload('web').spec.replicas).toBe(4)
  expect(shortages).toEqual([])
})

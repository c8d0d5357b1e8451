import { afterEach, expect, test } from 'vitest'
import { importKubernetes, readKubernetes } from '../../../src/adapters/kubernetes/index.js'
import { sequence } from '../../../src/index.js'
import { NODES, PODS } from '../api-server/control/world.js'
import type { KubeObject, Node, Pod } from '../api-server/objects/objects.js'
import { sampleBudget, sampleNode, samplePod, sampleWorkload } from '../api-server/objects/samples.js'
import { guideRules } from '../guide-rules.js'
import {
  carryOut,
  configFor,
  type DrivenWorld,
  driverFor,
  makeWorld,
  planTo,
  problemOf,
  watchReady,
  whereRuns
} from './driven-world.js'

let world: DrivenWorld
afterEach(() => world.close())

const nodes = ['n1', 'n2', 'n3'].map((name) => sampleNode(name))
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web', uid: 'rollout', controller: true }
const movableControllers = ['Rollout']

/** A cluster that is read and understood with Rollouts named; what the driver is told is for the test to say. */
async function understood(objects: readonly KubeObject[], hosts: readonly string[]) {
  world = await makeWorld(
    { objects: [...nodes, ...objects], permissions: new Map([['driver', guideRules]]) },
    new Map([['web', [...hosts]]])
  )
  return readAgain()
}

async function readAgain() {
  const kubeConfig = configFor(world, 'driver')
  const documents = await world.clock.run(readKubernetes({ kubeConfig }))
  const { problem } = importKubernetes(documents, { unknownPrice: 1, movableControllers, pending: 'required' })
  return { problem, more: { kubeConfig, movableControllers } }
}

/** A Rollout keeps ReplicaSets, as a Deployment does. */
function rolloutSet(replicas: number) {
  const set = sampleWorkload('web', { kind: 'ReplicaSet', replicas, owner: rollout })
  return { ...set, metadata: { ...set.metadata, name: 'web-5d4f9' } }
}

test('a pod of a kind that is named is evicted when its budget allows it, and its successor comes where it was planned', async () => {
  const { problem, more } = await understood(
    [rolloutSet(2), sampleBudget('web', 'web', { maxUnavailable: 1 })],
    ['n1', 'n3', 'n2']
  )
  expect(problem.deployments).toMatchObject([{ id: 'default/rollout/web', maxSurge: 0, maxUnavailable: 1 }])
  const result = await planTo(problem, 'n1', { web: ['n2'] })
  const { shortages } = watchReady(world, { web: 1 })
  const report = await carryOut(world, problem, result, {}, more)
  expect(report.firstFault).toBeNull()
  expect(report.outcome).toBe('completed')
  expect(whereRuns(world, 'web')).toEqual(['n2', 'n3'])
  expect(shortages).toEqual([])
  expect(world.server.heard.filter(({ path }) => path.endsWith('/eviction'))).toHaveLength(1)
  expect(await world.clock.run(driverFor(world, problem, more).tidy())).toEqual([])
})

test('without the option nothing of it is touched, and the driver says what to do', async () => {
  const { problem } = await understood([rolloutSet(2)], ['n1', 'n3', 'n2'])
  const result = await planTo(problem, 'n1', { web: ['n2'] })
  const report = await carryOut(world, problem, result)
  expect(report.firstFault).toMatchObject({
    fault: 'refused',
    message: expect.stringMatching(
      /is of default\/rollout\/web: whether a rollout makes .* name its kind in the option movableControllers of kubernetesDriver/
    )
  })
  expect(whereRuns(world, 'web')).toEqual(['n1', 'n3'])
  expect(world.server.heard.filter(({ path }) => path.endsWith('/eviction'))).toEqual([])
})

test('no pod more is asked for, and none less', async () => {
  const { problem, more } = await understood([rolloutSet(2)], ['n1', 'n3'])
  const surging = { ...problem, deployments: problem.deployments.map((each) => ({ ...each, maxSurge: 1 })) }
  const moved = await planTo(surging, 'n1', { web: ['n2'] })
  const start = moved.plan.steps.find(({ action }) => action === 'start')
  expect(start).toMatchObject({ expects: { host: 'n1' } })
  const first = await carryOut(world, surging, moved, {}, more)
  expect(first.firstFault).toMatchObject({
    fault: 'refused',
    message: expect.stringMatching(
      /default\/rollout\/web: nobody but its controller asks for a pod of it; allow .*stop-first/
    )
  })
  const fewer = { ...problem, deployments: problem.deployments.map((each) => ({ ...each, replicas: 1 })) }
  const placement = problem.replicas.flatMap(({ id, node }) => (node === 'n3' ? [{ replica: id, node }] : []))
  const ended = await sequence(fewer, { schemaVersion: 1, placement })
  const second = await carryOut(world, fewer, ended, {}, more)
  expect(second.firstFault).toMatchObject({
    fault: 'refused',
    message: 'default/rollout/web: how many pods a rollout has is not for a plan to change'
  })
  expect(whereRuns(world, 'web')).toEqual(['n1', 'n3'])
})

test('bare pods are not moved, whoever names them', async () => {
  const { problem } = await understood([samplePod('web')], ['n1'])
  const free = { ...problem, deployments: problem.deployments.map((each) => ({ ...each, movable: true })) }
  const result = await planTo(free, 'n1', { web: ['n2'] })
  const report = await carryOut(world, free, result, {}, { movableControllers: ['Pod'] })
  expect(report.firstFault).toMatchObject({ fault: 'refused', message: expect.stringContaining('a pod does not make') })
  expect(whereRuns(world, 'web')).toEqual(['n1'])
})

test('a successor that comes elsewhere is noticed', async () => {
  const { problem, more } = await understood([rolloutSet(2)], ['n1', 'n3', 'n3'])
  const result = await planTo(problem, 'n1', { web: ['n2'] })
  const report = await carryOut(world, problem, result, {}, more)
  expect(report.outcome).toBe('changed')
  expect(report.halt?.message).toMatch(/the scheduler put the new pod of default\/web-\S+ on n3, expected n2/)
})

test('a controller that owns its pods itself may give a new one the name of the one that went', async () => {
  const named = (name: string): Pod => {
    const pod = samplePod(name)
    return { ...pod, metadata: { ...pod.metadata, labels: { app: 'web' }, ownerReferences: [rollout] } }
  }
  const { problem, more } = await understood([named('web-0'), named('web-1')], ['n1', 'n3', 'n2'])
  const result = await planTo(problem, 'n1', { web: ['n2'] })
  world.store.subscribe(({ resource, type, object }) => {
    if (resource !== 'pods' || type !== 'DELETED') return
    world.clock.after(1000, () => world.store.create(PODS, named(object.metadata.name)))
  })
  const report = await carryOut(world, problem, result, {}, more)
  expect(report.firstFault).toBeNull()
  expect(report.outcome).toBe('completed')
  expect(world.pods('web').map(({ metadata, spec }) => [metadata.name, spec.nodeName])).toEqual(
    expect.arrayContaining([
      ['web-0', 'n2'],
      ['web-1', 'n3']
    ])
  )
})

test.each([
  ['a Rollout', 'default/rollout/web', rolloutSet(2)],
  [
    'a ReplicationController',
    'default/replicationcontroller/web',
    sampleWorkload('web', { kind: 'ReplicationController', replicas: 2 })
  ],
  ['a Deployment', 'default/deployment/web', sampleWorkload('web', { replicas: 2 })]
])('pods of %s that wait are waited for, whichever of them comes where one is planned', async (_, id, owner) => {
  await understood([owner], [])
  setOpen(false)
  for (const pod of world.pods('web')) world.store.remove(PODS, pod)
  await world.clock.run(world.clock.sleep(30_000))
  const read = await readAgain()
  expect(read.problem.replicas).toMatchObject([
    { deployment: id, node: null },
    { deployment: id, node: null }
  ])
  const problem = { ...read.problem, nodes: read.problem.nodes.map((node) => ({ ...node, acceptsReplicas: true })) }
  const placement = problem.replicas.map(({ id: replica }, index) => ({ replica, node: `n${index + 2}` }))
  const result = await sequence(problem, { schemaVersion: 1, placement })
  setOpen(true)
  world.steer.set('web', ['n3', 'n2'])
  const report = await carryOut(world, problem, result, {}, read.more)
  expect(report.firstFault).toBeNull()
  expect(report.outcome).toBe('completed')
  expect(world.pods('web').map(({ metadata, spec }) => [`default/${metadata.name}`, spec.nodeName])).toEqual(
    placement.map(({ replica }, index) => [replica, `n${3 - index}`])
  )
})

test.each(['first', 'last'])(
  'of two that wait for one node the %s has come by itself, and stands for itself only',
  async (which) => {
    world = await makeWorld({
      objects: [{ ...sampleNode('n1'), spec: { unschedulable: true } }, sampleWorkload('web', { replicas: 2, cpu: 1 })]
    })
    const read = problemOf(world)
    const replicas = which === 'first' ? read.replicas : [...read.replicas].reverse()
    const problem = { ...read, replicas, nodes: read.nodes.map((node) => ({ ...node, capacity: { cpu: 8 } })) }
    const placement = replicas.map(({ id: replica }) => ({ replica, node: 'n1' }))
    const result = await sequence(problem, { schemaVersion: 1, placement })
    const open = (cpu: string) =>
      world.store.change<Node>(NODES, world.node('n1'), (draft) => {
        draft.spec.unschedulable = false
        draft.status.allocatable.cpu = cpu
      })
    open('1.5')
    await world.clock.run(world.clock.sleep(60_000))
    expect(world.pods('web').filter(({ spec }) => spec.nodeName === 'n1')).toHaveLength(1)
    world.clock.after(60_000, () => open('8'))
    const report = await carryOut(world, problem, result)
    expect(report.outcome).toBe('completed')
    expect(whereRuns(world, 'web')).toEqual(['n1', 'n1'])
  }
)

/** Opens or closes all nodes. */
function setOpen(isOpen: boolean): void {
  for (const node of world.store.list<Node>(NODES)) {
    world.store.change<Node>(NODES, node, (draft) => {
      draft.spec.unschedulable = !isOpen
    })
  }
}

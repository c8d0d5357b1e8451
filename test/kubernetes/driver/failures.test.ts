import { afterEach, expect, test } from 'vitest'
import { FAULT, FAULT_NODE } from '../api-server/control/kubelet.js'
import { BUDGETS, NODES, PODS } from '../api-server/control/world.js'
import { type DisruptionBudget, isReady, type Node, type Pod } from '../api-server/objects/objects.js'
import { sampleBudget } from '../api-server/objects/samples.js'
import { carryOut, type DrivenWorld, watchReady, whereRuns } from './driven-world.js'
import { smallMove } from './small-move.js'

/** Deadlines that are not waited for for long. */
const QUICK = { retries: 0, deadlineMs: () => 20_000 }

let world: DrivenWorld
afterEach(() => world.close())

test.each([
  ['image', 'ImagePullBackOff'],
  ['crash', 'CrashLoopBackOff']
])('a new pod that fails by its %s is taken back, and the old one serves on', async (fault, reason) => {
  const small = await smallMove({ web: { annotations: { [FAULT]: fault, [FAULT_NODE]: 'n2' } } })
  world = small.world
  const before = world.pods().map(({ metadata }) => metadata.name)
  const { shortages } = watchReady(world, { web: 2 })
  const report = await carryOut(world, small.problem, small.result)
  expect(report.outcome).toBe('failed')
  expect(report.firstFault).toMatchObject({ verb: 'ready', fault: 'failed', message: expect.stringContaining(reason) })
  expect(world.pods().map(({ metadata }) => metadata.name)).toEqual(before)
  expect(world.workload('web').spec.replicas).toBe(2)
  expect(world.node('n1').spec.unschedulable).toBeUndefined()
  expect(shortages).toEqual([])
})

test('a new pod that is never ready fails by its deadline, and one without a node, too', async () => {
  const hanging = await smallMove({ web: { annotations: { [FAULT]: 'hang', [FAULT_NODE]: 'n2' } } })
  world = hanging.world
  const late = await carryOut(world, hanging.problem, hanging.result, QUICK)
  expect(late.firstFault).toMatchObject({ verb: 'ready', fault: 'deadline' })
  expect(whereRuns(world, 'web')).toEqual(['n1', 'n3'])
  await world.close()
  const full = await smallMove({ objects: [] })
  world = full.world
  for (const name of ['n2', 'n3']) {
    world.store.change<Node>(NODES, world.node(name), (draft) => {
      draft.spec.taints = [{ key: 'busy', effect: 'NoSchedule' }]
    })
  }
  const reasons: string[] = []
  const unplaced = await carryOut(world, full.problem, full.result, QUICK, {
    onWait: ({ reason }) => reasons.push(reason)
  })
  expect(unplaced.firstFault).toMatchObject({ verb: 'start', fault: 'deadline' })
  expect(reasons).toContainEqual(expect.stringContaining('has no node yet'))
  expect(reasons).toContainEqual(expect.stringContaining('Unschedulable'))
  expect(whereRuns(world, 'web')).toEqual(['n1', 'n3'])
  expect(world.workload('web').spec.replicas).toBe(2)
})

test('a budget that does not let the old pod go is waited for', async () => {
  const small = await smallMove({ objects: [sampleBudget('web', 'web', { minAvailable: 3 })] })
  world = small.world
  const reasons: string[] = []
  world.clock.after(20_000, () => {
    const [budget] = world.store.list(BUDGETS)
    if (budget !== undefined)
      world.store.change<DisruptionBudget>(BUDGETS, budget, (draft) => {
        draft.spec.minAvailable = 2
      })
  })
  const { shortages } = watchReady(world, { web: 2 })
  const report = await carryOut(
    world,
    small.problem,
    small.result,
    {},
    { onWait: ({ reason }) => reasons.push(reason) }
  )
  expect(report.outcome).toBe('completed')
  expect(reasons).toContainEqual(expect.stringContaining('disruption budget'))
  expect(shortages).toEqual([])
  expect(whereRuns(world, 'web')).toEqual(['n2', 'n3'])
})

test('under a budget that never gives way both copies are kept, and it is said', async () => {
  const small = await smallMove({ objects: [sampleBudget('web', 'web', { maxUnavailable: 0 })] })
  world = small.world
  const report = await carryOut(world, small.problem, small.result, QUICK)
  expect(report).toMatchObject({ outcome: 'failed', moves: [{ outcome: 'stuck' }] })
  expect(world.pods('web').filter(isReady)).toHaveLength(3)
  expect(
    world
      .pods('web')
      .some(({ metadata }) => 'controller.kubernetes.io/pod-deletion-cost' in (metadata.annotations ?? {}))
  ).toBe(false)
})

test('two budgets refuse', async () => {
  const budgets = ['one', 'two'].map((name) => sampleBudget(name, 'web', { minAvailable: 1 }))
  const small = await smallMove({ objects: budgets })
  world = small.world
  const report = await carryOut(world, small.problem, small.result)
  expect(report.firstFault).toMatchObject({
    verb: 'drain',
    fault: 'refused',
    message: expect.stringContaining('more than one')
  })
})

test('a node that dies while a pod starts there is lost, and the old pod serves on', async () => {
  const small = await smallMove()
  world = small.world
  const stop = world.store.subscribe(({ resource, object }) => {
    if (resource !== 'pods' || (object as Pod).spec.nodeName !== 'n2') return
    stop()
    world.clock.after(1500, () => world.store.remove(NODES, world.node('n2')))
  })
  const { shortages } = watchReady(world, { web: 2 })
  const report = await carryOut(world, small.problem, small.result)
  expect(report.lostNodes).toEqual(['n2'])
  expect(report.moves).toMatchObject([{ outcome: 'undone' }])
  expect(shortages).toEqual([])
  await world.clock.run(world.clock.sleep(60_000))
  expect(whereRuns(world, 'web')).toEqual(['n1', 'n3'])
  expect(world.workload('web')).toMatchObject({ spec: { replicas: 2 } })
  expect(world.workload('web').metadata.annotations ?? {}).toEqual({})
})

test('a node whose kubelet is silent is lost after a while', async () => {
  const small = await smallMove()
  world = small.world
  const stop = world.store.subscribe(({ resource, object }) => {
    if (resource !== 'pods' || (object as Pod).spec.nodeName !== 'n2') return
    stop()
    world.silence('n2')
    world.store.change<Node>(NODES, world.node('n2'), (draft) => {
      const lastTransitionTime = new Date(world.clock.now()).toISOString()
      draft.status.conditions = [{ type: 'Ready', status: 'Unknown', lastTransitionTime }]
    })
  })
  const report = await carryOut(world, small.problem, small.result, { leastDeadlineMs: 120_000 })
  expect(report.lostNodes).toEqual(['n2'])
  expect(report.firstFault?.message).toMatch(/nothing was heard of the node n2 since/)
  expect(world.workload('web').spec.replicas).toBe(2)
  expect(world.workload('web').metadata.annotations ?? {}).toEqual({})
})

test('a node on which somebody starts something is not given back', async () => {
  const small = await smallMove()
  world = small.world
  const solo = world.store.create(PODS, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'solo', namespace: 'default' },
    spec: { nodeName: 'n1', containers: [{ name: 'main' }] },
    status: { phase: 'Running' }
  } as Pod)
  const report = await carryOut(world, small.problem, small.result)
  expect(report.firstFault).toMatchObject({
    verb: 'release',
    fault: 'refused',
    message: 'n1 is not empty: default/solo run there'
  })
  expect(solo.metadata.name).toBe('solo')
})

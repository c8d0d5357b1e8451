import { afterEach, expect, test } from 'vitest'
import { BUDGETS, STATEFUL_SETS } from '../api-server/control/world.js'
import type { DisruptionBudget } from '../api-server/objects/objects.js'
import { sampleBudget, sampleNode, sampleWorkload } from '../api-server/objects/samples.js'
import { carryOut, type DrivenWorld, makeWorld, planTo, problemOf, watchReady, whereRuns } from './driven-world.js'

let world: DrivenWorld
afterEach(() => world.close())

async function databases(objects: DisruptionBudget[] = []) {
  world = await makeWorld(
    {
      objects: [
        ...['n1', 'n2', 'n3'].map((name) => sampleNode(name)),
        sampleWorkload('db', { kind: 'StatefulSet', replicas: 2 }),
        ...objects
      ]
    },
    new Map([['db', ['n1', 'n3', 'n2']]])
  )
  const problem = problemOf(world)
  return { problem, result: await planTo(problem, 'n1', { db: ['n2'] }) }
}

test('a pod of a StatefulSet is evicted, and its successor comes where it was planned', async () => {
  const { problem, result } = await databases()
  const actions = result.plan.steps.flatMap(({ action }) =>
    ['drain', 'stop', 'start'].includes(action) ? [action] : []
  )
  expect(actions).toEqual(['drain', 'stop', 'start'])
  const { shortages } = watchReady(world, { db: 1 })
  const report = await carryOut(world, problem, result)
  expect(report.firstFault).toBeNull()
  expect(report.outcome).toBe('completed')
  expect(whereRuns(world, 'db')).toEqual(['n2', 'n3'])
  expect(shortages).toEqual([])
  expect(world.server.heard.filter(({ path }) => path.endsWith('/eviction'))).toHaveLength(1)
  expect(world.workload('db', STATEFUL_SETS).spec.replicas).toBe(2)
})

test('an eviction that its budget refuses is asked for again until it is allowed', async () => {
  const { problem, result } = await databases([sampleBudget('db', 'db', { maxUnavailable: 0 })])
  world.clock.after(30_000, () => {
    for (const budget of world.store.list<DisruptionBudget>(BUDGETS)) {
      world.store.change<DisruptionBudget>(BUDGETS, budget, (draft) => {
        draft.spec.maxUnavailable = 1
      })
    }
  })
  const reasons: string[] = []
  const report = await carryOut(world, problem, result, {}, { onWait: ({ reason }) => reasons.push(reason) })
  expect(report.outcome).toBe('completed')
  expect(reasons[0]).toMatch(/default\/db-0 may not go yet: .*wants 2 healthy pods, there are 2/)
  expect(world.server.heard.filter(({ path }) => path.endsWith('/eviction')).length).toBeGreaterThan(4)
})

test('a successor that comes elsewhere is noticed', async () => {
  const { problem, result } = await databases()
  world.steer.set('db', ['n3'])
  const report = await carryOut(world, problem, result)
  expect(report.outcome).toBe('changed')
  expect(report.halt?.message).toContain('the scheduler put the new pod of default/db-0 on n3, expected n2')
  expect(whereRuns(world, 'db')).toEqual(['n3', 'n3'])
})

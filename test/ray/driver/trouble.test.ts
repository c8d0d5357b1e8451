import { expect, test } from 'vitest'
import { memoryJournal } from '../../../src/execution/journal.js'
import { planDrains, predictDrain } from './drain-plans.js'
import { smallScene } from './drain-scene.js'

test('a dashboard that fails or hangs now and then is asked again', async () => {
  const scene = smallScene()
  const plan = planDrains([predictDrain(scene.cluster, '10.0.0.1')])
  scene.fault = (request) => (request % 7 === 3 ? 500 : request % 11 === 4 ? 'never' : null)
  const report = await scene.run(plan)
  expect(report.outcome).toBe('completed')
  expect(report.retries).toBe(0)
})

test.each([
  ['answers 503', 503 as const, 'answered 503'],
  ['never answers', 'never' as const, 'did not answer within 10000 ms']
])('a dashboard that always %s fails the first step, and nothing is drained', async (_, fault, words) => {
  const scene = smallScene()
  const plan = planDrains([predictDrain(scene.cluster, '10.0.0.1')])
  const problem = scene.readProblem()
  scene.fault = () => fault
  const report = await scene.run(plan, { problem, deadlineMs: () => 600_000 })
  expect(report.outcome).toBe('failed')
  expect(report.firstFault?.message).toContain(words)
  expect(scene.cluster.drains).toEqual([])
})

test.each([
  ['Serve', '/api/serve/', { applications: {} }],
  ['the list of nodes', '/api/v0/nodes', { result: true, data: { result: { total: 0, result: [] } } }]
])('%s that is empty for a moment is no state of the cluster', async (_, prefix, empty) => {
  const scene = smallScene()
  const plan = planDrains([predictDrain(scene.cluster, '10.0.0.1')])
  const problem = scene.readProblem()
  let empties = 0
  scene.fault = (_, path) => {
    const seconds = scene.clock.now() / 1000
    const isRestart = path.startsWith(prefix) && Math.floor(seconds) % 12 < 6
    if (isRestart) empties++
    return isRestart ? empty : null
  }
  const gone: string[] = []
  const report = await scene.run(plan, {
    problem,
    onEvent: (event) => {
      if (event.kind !== 'step-ended' || !event.step.startsWith('stop')) return
      gone.push(event.step)
      const here = scene.cluster.replicas.filter(({ node }) => node?.ip === '10.0.0.1').length
      expect(here).toBeLessThanOrEqual(3 - gone.length)
    }
  })
  expect(report).toMatchObject({ outcome: 'completed', firstFault: null })
  expect(gone).toHaveLength(3)
  expect(empties).toBeGreaterThan(5)
})

test('the head is not drained, whatever a plan says', async () => {
  const scene = smallScene()
  const plan = planDrains([{ node: '10.0.0.99', moves: [] }])
  const problem = scene.readProblem()
  const open = { ...problem, nodes: problem.nodes.map((node) => ({ ...node, releasable: true })) }
  const report = await scene.run(plan, { problem: open })
  expect(report.firstFault).toMatchObject({ fault: 'refused', message: '10.0.0.99 is the head of the cluster' })
  expect(scene.cluster.drains).toEqual([])
})

test('nothing is begun while a deployment is not HEALTHY; it is when all are', async () => {
  const scene = smallScene({ startupMs: 30_000 })
  const { cluster } = scene
  const plan = planDrains([predictDrain(cluster, '10.0.0.3')])
  const problem = scene.readProblem()
  const [llm] = cluster.deployments
  if (llm !== undefined) cluster.aimAt(llm, 4)
  let isHealthy = false
  cluster.onTick = () => {
    isHealthy ||= llm?.status === 'HEALTHY'
    if (!isHealthy) expect(cluster.drains).toEqual([])
  }
  const report = await scene.run(plan, { problem })
  expect(report.outcome).toBe('completed')
  expect(isHealthy).toBe(true)
})

test('where a deployment stays unhealthy the step says which', async () => {
  const scene = smallScene()
  const plan = planDrains([predictDrain(scene.cluster, '10.0.0.3')])
  const problem = scene.readProblem()
  const [llm] = scene.cluster.deployments
  const spoil = () => {
    if (llm !== undefined) llm.status = 'UNHEALTHY'
  }
  spoil()
  scene.cluster.onTick = spoil
  const report = await scene.run(plan, { problem })
  expect(report.firstFault?.message).toBe('nothing is begun while chat/llm is UNHEALTHY')
  expect(scene.cluster.drains).toEqual([])
})

test('after a crash at any entry the same journal is gone on with, and no node is drained for nothing', async () => {
  const whole = smallScene()
  const planOf = (scene: ReturnType<typeof smallScene>) =>
    planDrains([predictDrain(scene.cluster, '10.0.0.1'), { node: '10.0.0.3', moves: [['chat#embed#e', '10.0.0.2']] }])
  const kept = memoryJournal()
  expect((await whole.run(planOf(whole), { journal: kept })).outcome).toBe('completed')
  const { length } = await kept.read()
  expect(length).toBeGreaterThan(30)
  for (let crash = 1; crash < length; crash++) {
    const scene = smallScene()
    const plan = planOf(scene)
    const problem = scene.readProblem()
    const journal = memoryJournal()
    const abandon = new AbortController()
    let written = 0
    const counting = {
      read: () => journal.read(),
      append: async (entry: Parameters<typeof journal.append>[0]) => {
        await journal.append(entry)
        if (++written === crash) abandon.abort()
      }
    }
    const driver = scene.driver(problem, plan, { pollMs: 5000 })
    const first = await scene.run(plan, { problem, driver, journal: counting, abandon: abandon.signal })
    expect(first.outcome).toBe('abandoned')
    // A process that is gone for a while: Serve goes on meanwhile.
    if (crash % 3 === 0) await scene.clock.run(() => scene.clock.sleep(100_000))
    const second = scene.driver(problem, plan, { pollMs: 5000 })
    const report = await scene.run(plan, { problem, driver: second, journal })
    expect(report.outcome, `crash ${crash}`).toBe('completed')
    const drained = scene.cluster.drains.filter(({ reason }) => reason.endsWith('PREEMPTION'))
    expect(new Set(drained.map(({ nodeId }) => nodeId)).size).toBe(2)
    expect(scene.cluster.nodes.filter(({ isAlive }) => isAlive).map(({ ip }) => ip)).toEqual(['10.0.0.99', '10.0.0.2'])
  }
})

test.each([1, 40_000, 200_000])(
  'after a crash while a drain is being asked for, %i ms long, it is not taken for a change',
  async (away) => {
    const scene = smallScene()
    const plan = planDrains([predictDrain(scene.cluster, '10.0.0.1')])
    const problem = scene.readProblem()
    const journal = memoryJournal()
    const abandon = new AbortController()
    const crashing = scene.driver(problem, plan, {
      drainNode: async ({ nodeId, reason }) => {
        const answer = scene.cluster.drain(nodeId, reason, null)
        abandon.abort()
        return answer
      }
    })
    const first = await scene.run(plan, { problem, journal, driver: crashing, abandon: abandon.signal })
    expect(first.outcome).toBe('abandoned')
    await scene.clock.run(() => scene.clock.sleep(away))
    scene.cluster.advanceTo(scene.clock.now())
    const report = await scene.run(plan, { problem, journal })
    expect(report.outcome).toBe('completed')
  }
)

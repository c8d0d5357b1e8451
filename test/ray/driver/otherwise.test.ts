import { expect, test } from 'vitest'
import { planDrains, predictDrain } from './drain-plans.js'
import { DrainScene, head, node, smallScene } from './drain-scene.js'

test('where the scheduler decides otherwise the plan ends as changed, and is made anew of what is there', async () => {
  const scene = smallScene()
  const { cluster } = scene
  const plan = planDrains([
    predictDrain(cluster, '10.0.0.1'),
    { node: '10.0.0.3', moves: [['chat#embed#e', '10.0.0.2']] }
  ])
  cluster.overrule = ({ deployment }, chosen) => (deployment.name === 'embed' ? cluster.node('10.0.0.3') : chosen)
  const report = await scene.run(plan)
  expect(report.outcome).toBe('changed')
  expect(report.planAgain).toBe(true)
  expect(report.halt?.message).toBe(
    'Serve started a replacement of chat/embed on 10.0.0.3, where the plan has none, and not on 10.0.0.2'
  )
  // The other node is never drained; what Serve has begun it ends by itself.
  const { nodeId } = cluster.node('10.0.0.3')
  expect(cluster.drains.some((drain) => drain.nodeId === nodeId)).toBe(false)
  cluster.advanceTo(cluster.time + 120_000)
  const problem = scene.readProblem()
  expect(problem.nodes.map(({ id }) => id)).toEqual(['10.0.0.99', '10.0.0.2', '10.0.0.3'])
  expect(problem.replicas.filter(({ node: on }) => on === '10.0.0.3')).toHaveLength(2)
})

test('a replica that came to the node since the plan was made is not drained with it', async () => {
  const scene = smallScene()
  const { cluster } = scene
  const problem = scene.readProblem()
  const plan = planDrains([predictDrain(cluster, '10.0.0.3')])
  const [llm] = cluster.deployments
  cluster.overrule = () => cluster.node('10.0.0.3')
  if (llm !== undefined) cluster.aimAt(llm, 4)
  cluster.advanceTo(60_000)
  const report = await scene.run(plan, { problem })
  expect(report.halt?.message).toBe('1 more of chat/llm came to 10.0.0.3')
  expect(cluster.drains).toEqual([])
})

test('a replica that is no longer where the plan drains is told before anything is done', async () => {
  const scene = smallScene()
  const { cluster } = scene
  const problem = scene.readProblem()
  const plan = planDrains([predictDrain(cluster, '10.0.0.3')])
  cluster.replicas = cluster.replicas.filter(({ id }) => id !== 'e')
  cluster.overrule = () => cluster.node('10.0.0.3')
  cluster.advanceTo(60_000)
  const report = await scene.run(plan, { problem })
  expect(report.halt?.message).toContain('chat#embed#e is no longer on 10.0.0.3')
  expect(cluster.drains).toEqual([])
})

test('a node that dies while replacements start there is lost, and nothing more is begun', async () => {
  const scene = smallScene({ startupMs: 60_000 })
  const { cluster } = scene
  const plan = planDrains([predictDrain(cluster, '10.0.0.1')])
  let isKilled = false
  cluster.onTick = () => {
    if (isKilled || cluster.time < 20_000) return
    isKilled = true
    cluster.kill('10.0.0.2')
  }
  const report = await scene.run(plan)
  expect(report.lostNodes).toEqual(['10.0.0.2'])
  expect(report.planAgain).toBe(true)
  expect(report.outcome).not.toBe('completed')
})

test('a node that is dead when its drain is due is lost, too; one that died empty is released', async () => {
  const scene = smallScene()
  const { cluster } = scene
  const problem = scene.readProblem()
  const plan = planDrains([predictDrain(cluster, '10.0.0.3')])
  cluster.kill('10.0.0.3')
  const report = await scene.run(plan, { problem })
  expect(report.lostNodes).toEqual(['10.0.0.3'])
  expect(cluster.drains).toEqual([])
})

test('shares of GPUs that are free in pieces: the actor hangs, and the step fails with that explanation', async () => {
  const nodes = [node(1, { CPU: 16, GPU: 1 }), node(2, { CPU: 16, GPU: 2 })] as const
  const share = { CPU: 1, GPU: 0.4 }
  const applications = [
    {
      name: 'app',
      deployments: [
        { name: 'e', required: share, replicas: [{ id: 'm', node: nodes[0] }] },
        { name: 'f', required: { CPU: 1, GPU: 0.7 }, replicas: ['o', 'p'].map((id) => ({ id, node: nodes[1] })) }
      ]
    }
  ]
  const scene = new DrainScene([head, ...nodes], applications)
  // By the sums 0.6 GPUs are free there, 0.3 on each device.
  const plan = planDrains([{ node: '10.0.0.1', moves: [['app#e#m', '10.0.0.2']] }])
  const report = await scene.run(plan)
  expect(report.outcome).toBe('failed')
  expect(report.firstFault).toMatchObject({ verb: 'start', fault: 'failed' })
  expect(report.firstFault?.message).toContain('a replacement of app/e has been STARTING without a node for too long')
  // The old replica still serves; only the drain cannot be taken back.
  expect(scene.cluster.describe()).toContain('app/e#m 10.0.0.1 PENDING_MIGRATION')
  expect(report.cordonedNodes).toEqual(['10.0.0.1'])
  const cordon = report.steps.find(({ id }) => id === 'cordon-10.0.0.1')
  expect(cordon?.message).toContain('Ray does not take a drain back')
})

test('a Serve that takes no notice of drains is found out at the first', async () => {
  const scene = smallScene()
  scene.cluster.seesDrains = false
  const report = await scene.run(planDrains([predictDrain(scene.cluster, '10.0.0.1')]), { retries: 0 })
  expect(report.outcome).toBe('failed')
  expect(report.firstFault?.message).toContain('Serve takes no notice that 10.0.0.1 drains')
})

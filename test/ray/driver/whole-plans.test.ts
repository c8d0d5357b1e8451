import { expect, test } from 'vitest'
import { planDrains, predictDrain } from './drain-plans.js'
import { smallScene } from './drain-scene.js'

test('a node is drained as planned: replacements first, then the old ones go, then the node', async () => {
  const scene = smallScene()
  const { cluster } = scene
  const least = new Map<string, number>()
  cluster.onTick = () => {
    for (const deployment of cluster.deployments) {
      const serving = cluster.replicas.filter(
        ({ deployment: owner, state }) => owner === deployment && ['RUNNING', 'PENDING_MIGRATION'].includes(state)
      ).length
      least.set(deployment.name, Math.min(least.get(deployment.name) ?? Number.POSITIVE_INFINITY, serving))
    }
  }
  const drain = predictDrain(cluster, '10.0.0.1')
  const report = await scene.run(planDrains([drain]))
  expect(report.outcome).toBe('completed')
  expect(report.releasedNodes).toEqual(['10.0.0.1'])
  expect(cluster.node('10.0.0.1').isAlive).toBe(false)
  // Availability: never fewer that serve than are wanted.
  expect([...least]).toEqual([
    ['llm', 3],
    ['embed', 2]
  ])
  const hosts = cluster.replicas.map(({ deployment, node }) => `${deployment.name} ${node?.ip}`).sort()
  const stayed = ['llm 10.0.0.2', 'embed 10.0.0.3']
  expect(hosts).toEqual([...stayed, ...drain.moves.map(([id, to]) => `${id.split('#')[1]} ${to}`)].sort())
})

test('nodes are drained one after the other, and a replica may move twice', async () => {
  const scene = smallScene()
  const { cluster } = scene
  const first = predictDrain(cluster, '10.0.0.1')
  expect(first.moves.every(([, to]) => to === '10.0.0.2')).toBe(true)
  // What comes to the second node by the first drain leaves it again by the second.
  const moves = [...first.moves.map(([id]) => id), 'chat#llm#c'].map((id) => [id, '10.0.0.3'] as const)
  const report = await scene.run(planDrains([first, { node: '10.0.0.2', moves }]))
  expect(report.outcome).toBe('completed')
  expect(report.releasedNodes).toEqual(['10.0.0.1', '10.0.0.2'])
  const { drains } = cluster
  expect(drains.filter(({ isAccepted, reason }) => isAccepted && reason.endsWith('PREEMPTION'))).toHaveLength(2)
  const { nodeId } = cluster.node('10.0.0.2')
  const secondBegins = drains.findIndex((drain) => drain.nodeId === nodeId)
  expect(drains.slice(secondBegins).every((drain) => drain.nodeId === nodeId)).toBe(true)
  expect(new Set(cluster.replicas.map(({ node }) => node?.ip))).toEqual(new Set(['10.0.0.3']))
})

test('an idle node is released without a move, and who gives machines back is asked when Ray says that it is idle', async () => {
  const scene = smallScene()
  const drained = predictDrain(scene.cluster, '10.0.0.1')
  await scene.run(planDrains([drained]))
  const idle = smallScene()
  idle.cluster.replicas = idle.cluster.replicas.filter(({ node }) => node?.ip !== '10.0.0.1')
  for (const deployment of idle.cluster.deployments) {
    deployment.target = idle.cluster.replicas.filter((replica) => replica.deployment === deployment).length
  }
  const released: unknown[] = []
  const plan = planDrains([{ node: '10.0.0.1', moves: [] }])
  const problem = idle.readProblem()
  const driver = idle.driver(problem, plan, {
    releaseNode: async ({ id, nodeId, ip }) => {
      released.push([id, nodeId, ip])
    }
  })
  const report = await idle.run(plan, { problem, driver })
  expect(report.outcome).toBe('completed')
  expect(released).toEqual([['10.0.0.1', idle.cluster.node('10.0.0.1').nodeId, '10.0.0.1']])
})

test('a replica that Serve is still starting is waited for', async () => {
  const scene = smallScene()
  const { cluster } = scene
  const [, embed] = cluster.deployments
  if (embed !== undefined) cluster.aimAt(embed, 3)
  cluster.advanceTo(3000)
  const starting = cluster.replicas.find(({ state }) => state === 'STARTING')
  const problem = scene.readProblem()
  const id = `chat#embed#${starting?.id}`
  expect(problem.replicas.find((replica) => replica.id === id)?.state).toBe('starting')
  const plan = planDrains([])
  const node = starting?.node?.ip ?? ''
  plan.steps.push({ id: 'wait', action: 'start', replica: id, node, after: [], startSeconds: 0, endSeconds: 0 })
  const report = await scene.run(plan, { problem })
  expect(report.outcome).toBe('completed')
  expect(starting?.state).toBe('RUNNING')
})

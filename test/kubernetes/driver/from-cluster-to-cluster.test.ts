import { afterEach, expect, test } from 'vitest'
import { importKubernetes } from '../../../src/adapters/kubernetes/index.js'
import { compact } from '../../../src/index.js'
import { sampleBudget, sampleNode, sampleWorkload } from '../api-server/objects/samples.js'
import { carryOut, type DrivenWorld, makeWorld, watchReady } from './driven-world.js'

let world: DrivenWorld
afterEach(() => world.close())

/** What `kubectl get … -o json` prints. */
async function snapshot(): Promise<unknown> {
  const paths = [
    'api/v1/nodes',
    'api/v1/pods',
    'apis/apps/v1/deployments',
    'apis/apps/v1/replicasets',
    'apis/apps/v1/statefulsets',
    'apis/policy/v1/poddisruptionbudgets'
  ]
  const lists = await Promise.all(
    paths.map(async (path) => (await (await fetch(`${world.url}/${path}`)).json()) as { items: unknown[] })
  )
  return { apiVersion: 'v1', kind: 'List', items: lists.flatMap(({ items }) => items) }
}

test('a cluster is read, planned and made smaller, and what is left is planned again in vain', async () => {
  world = await makeWorld({
    scoring: 'least-allocated',
    objects: [
      ...['n1', 'n2', 'n3', 'n4'].map((name) =>
        sampleNode(name, { cpu: 4, labels: { 'node.kubernetes.io/instance-type': 'm' } })
      ),
      sampleWorkload('web', { replicas: 3 }),
      sampleWorkload('api', { replicas: 2 }),
      sampleWorkload('db', { kind: 'StatefulSet', replicas: 1 }),
      sampleWorkload('agent', { kind: 'DaemonSet', cpu: 0 }),
      sampleBudget('web', 'web', { minAvailable: 3 })
    ]
  })
  const prices = { prices: { m: 1 } }
  const { problem } = importKubernetes([{ name: 'cluster', value: await snapshot() }], prices)
  const result = await compact(problem, { timeLimitMs: 5000, workLimit: 20 })
  expect(result.releasedNodes.length).toBeGreaterThanOrEqual(1)
  for (const step of result.plan.steps) {
    if (step.action !== 'start') continue
    const app = step.expects?.deployment.split('/').at(-1) ?? ''
    world.steer.set(app, [...(world.steer.get(app) ?? []), step.node])
  }
  const { shortages } = watchReady(world, { web: 3, api: 2 })
  const report = await carryOut(world, problem, result, { limits: { inFlight: 1 } })
  expect(report.firstFault).toBeNull()
  expect(report.outcome).toBe('completed')
  expect(shortages).toEqual([])
  for (const node of result.releasedNodes) {
    const left = world.pods().filter(({ spec, metadata }) => spec.nodeName === node && metadata.labels?.app !== 'agent')
    expect(left).toEqual([])
  }
  const after = importKubernetes([{ name: 'cluster', value: await snapshot() }], prices)
  const again = await compact(after.problem, { timeLimitMs: 5000, workLimit: 20 })
  expect(again.objective?.migrations).toBe(0)
})

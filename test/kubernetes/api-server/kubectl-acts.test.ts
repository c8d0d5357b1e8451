import { expect, onTestFinished, test } from 'vitest'
import { needTool } from '../../needed-tools.js'
import { fastClock } from './clock.js'
import { type Cluster, startCluster } from './cluster.js'
import { BUDGETS, DEPLOYMENTS, NODES, PODS } from './control/world.js'
import { type Kubectl, kubectlFor, kubectls } from './kubectl.js'
import type { DisruptionBudget, KubeObject, Node, Pod, Workload } from './objects/objects.js'
import { sampleBudget, sampleNode, sampleWorkload } from './objects/samples.js'

needTool('kubectl')

async function clusterFor(path: string, objects: readonly KubeObject[] = []): Promise<[Cluster, Kubectl]> {
  const cluster = await startCluster({
    clock: fastClock(200),
    objects: [
      sampleNode('n1'),
      sampleNode('n2'),
      sampleWorkload('web', { replicas: 4 }),
      sampleWorkload('agent', { kind: 'DaemonSet' }),
      ...objects
    ]
  })
  onTestFinished(() => cluster.close())
  const run = kubectlFor(path, cluster)
  expect(await run('rollout', 'status', 'deployment/web', '--timeout=30s')).toMatchObject({ status: 0 })
  return [cluster, run]
}

const onNode = ({ store }: Cluster, node: string, app = 'web') =>
  store.list<Pod>(PODS).filter(({ spec, metadata }) => spec.nodeName === node && metadata.labels?.app === app)

test.each(kubectls())('%s cordons, annotates, scales and conflicts', async (_, path) => {
  const [cluster, run] = await clusterFor(path)
  const node = () => cluster.store.get<Node>(NODES, undefined, 'n1')
  expect((await run('cordon', 'n1', '--dry-run=server')).status).toBe(0)
  expect(node().spec.unschedulable).toBeUndefined()
  expect((await run('cordon', 'n1')).stdout).toBe('node/n1 cordoned\n')
  expect(node().spec.unschedulable).toBe(true)
  expect((await run('get', 'node', 'n1')).stdout).toContain('Ready,SchedulingDisabled')
  expect((await run('annotate', 'node', 'n1', 'why=tidying')).status).toBe(0)
  expect((await run('annotate', 'node', 'n1', 'why=again')).stderr).toContain('--overwrite is false')
  expect((await run('uncordon', 'n1')).stdout).toBe('node/n1 uncordoned\n')
  expect(node()).toMatchObject({ metadata: { annotations: { why: 'tidying' } } })
  expect(node().spec.unschedulable ?? false).toBe(false)

  const replicas = () => cluster.store.get<Workload>(DEPLOYMENTS, 'default', 'web').spec.replicas
  const wrong = await run('scale', 'deployment/web', '--current-replicas=9', '--replicas=5')
  expect(wrong).toMatchObject({ status: 1, stderr: expect.stringMatching(/replicas/i) })
  expect(replicas()).toBe(4)
  expect((await run('scale', 'deployment/web', '--current-replicas=4', '--replicas=5')).status).toBe(0)
  expect(replicas()).toBe(5)
  const stale = { ...cluster.store.get<Workload>(DEPLOYMENTS, 'default', 'web') }
  expect((await run('scale', 'deployment/web', '--replicas=3')).status).toBe(0)
  expect(() => cluster.store.replace(DEPLOYMENTS, stale)).toThrow('another version')
  expect(
    (await run('wait', '--for=jsonpath={.status.readyReplicas}=3', 'deployment/web', '--timeout=30s')).status
  ).toBe(0)
})

test('each kubectl drains: dry runs end nothing, a budget that blocks is asked again, pods of DaemonSets stay', async () => {
  const evicted = kubectls().map(async ([name, path]) => {
    const [cluster, run] = await clusterFor(path, [sampleBudget('web', 'web', { minAvailable: 1 })])
    const allow = (minAvailable: number) => {
      const [budget] = cluster.store.list<DisruptionBudget>(BUDGETS)
      cluster.store.change<DisruptionBudget>(BUDGETS, budget as KubeObject, (draft) => {
        draft.spec.minAvailable = minAvailable
      })
    }
    const before = onNode(cluster, 'n1').length
    expect(before, name).toBeGreaterThan(0)
    const unready = await run('drain', 'n1')
    expect(unready, name).toMatchObject({ status: 1, stderr: expect.stringContaining('DaemonSet-managed') })
    const dry = await run('drain', 'n1', '--ignore-daemonsets', '--dry-run=server')
    expect(dry.stdout, name).toContain('node/n1 drained (server dry run)')
    expect(onNode(cluster, 'n1'), name).toHaveLength(before)
    allow(4)
    // The disruption controller needs a moment, as it always does.
    await cluster.world.clock.sleep(1000)
    const asked = () => cluster.server.heard.filter(({ path }) => path.endsWith('/eviction')).length
    const askedBefore = asked()
    const draining = run('drain', 'n1', '--ignore-daemonsets', '--timeout=45s')
    while (asked() === askedBefore) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(onNode(cluster, 'n1'), name).toHaveLength(before)
    allow(1)
    const drained = await draining
    expect(drained.stderr, name).toMatch(/will retry/)
    expect(drained.stdout, name).toContain('node/n1 drained')
    expect(onNode(cluster, 'n1'), name).toEqual([])
    expect(onNode(cluster, 'n1', 'agent'), name).toHaveLength(1)
    return name
  })
  expect(await Promise.all(evicted)).toHaveLength(kubectls().length)
})

test('two budgets for one pod end a drain', async () => {
  const [, path = ''] = kubectls()[0] ?? []
  const budgets = ['one', 'two'].map((name) => sampleBudget(name, 'web', { minAvailable: 1 }))
  const [cluster, run] = await clusterFor(path, budgets)
  const before = onNode(cluster, 'n1').length
  const drained = await run('drain', 'n1', '--ignore-daemonsets', '--timeout=10s')
  expect(drained).toMatchObject({ status: 1, stderr: expect.stringContaining('more than one PodDisruptionBudget') })
  expect(onNode(cluster, 'n1')).toHaveLength(before)
})

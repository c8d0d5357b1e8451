import { afterAll, beforeAll, expect, test } from 'vitest'
import { needTool } from '../../needed-tools.js'
import { fastClock } from './clock.js'
import { type Cluster, startCluster } from './cluster.js'
import { kubectlFor, kubectls } from './kubectl.js'
import { sampleNode, sampleWorkload } from './objects/samples.js'

needTool('kubectl')

let cluster: Cluster

beforeAll(async () => {
  cluster = await startCluster({
    clock: fastClock(100),
    objects: [
      sampleNode('n1'),
      sampleNode('n2'),
      sampleWorkload('web', { replicas: 3 }),
      sampleWorkload('agent', { kind: 'DaemonSet' })
    ]
  })
})
afterAll(() => cluster.close())

test.concurrent.each(kubectls())(
  '%s reads nodes and pods, as JSON, as tables and by selectors, and watches',
  async (_, path) => {
    const run = kubectlFor(path, cluster)
    const rolled = await run('rollout', 'status', 'deployment/web', '--timeout=20s')
    expect(rolled).toMatchObject({ status: 0 })
    const [json, wide, labelled, onNode, small, events] = await Promise.all([
      run('get', 'nodes,pods,deployments,replicasets,statefulsets,poddisruptionbudgets', '-o', 'json'),
      run('get', 'pods', '-o', 'wide'),
      run('get', 'pods', '-l', 'app=web', '-o', 'name'),
      run('get', 'pods', '-A', '--field-selector', 'spec.nodeName=n1', '-o', 'jsonpath={.items[*].spec.nodeName}'),
      run('get', 'pods', '--chunk-size=2', '-o', 'name'),
      run('get', 'deploy', 'web', '--watch', '--request-timeout=1s', '-o', 'name')
    ])
    expect(json.stderr).toBe('')
    const kinds = JSON.parse(json.stdout).items.map(({ kind }: { kind: string }) => kind)
    expect(kinds.filter((kind: string) => kind === 'Node')).toHaveLength(2)
    expect(kinds.filter((kind: string) => kind === 'Pod')).toHaveLength(5)
    expect(kinds).toContain('ReplicaSet')
    expect(wide.stdout).toMatch(/NAME +READY +STATUS +RESTARTS +AGE +IP +NODE/)
    expect(wide.stdout.match(/Running .* n[12] /g)).toHaveLength(5)
    expect(labelled.stdout.match(/pod\/web-/g)).toHaveLength(3)
    expect(new Set(onNode.stdout.split(' '))).toEqual(new Set(['n1']))
    expect(small.stdout.match(/pod\//g)).toHaveLength(5)
    expect(events.stdout).toContain('deployment.apps/web')
  }
)

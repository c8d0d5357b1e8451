import { expect, test } from 'vitest'
import { importRay } from '../../../src/adapters/ray/import/import-ray.js'
import { compact } from '../../../src/compact.js'
import { exampleSnapshot, readFixture } from './example-cluster.js'

test('the example cluster is imported whole: five nodes, four deployments, eight replicas', () => {
  const { problem, report } = importRay(exampleSnapshot(), { name: 'example', takenAt: '2026-09-17T10:00:00Z' })
  expect(report.read).toEqual({ Application: 2, Deployment: 4, Replica: 8, Node: 5 })
  expect(report.imported).toEqual({ nodes: 5, deployments: 4, replicas: 8 })
  expect(report.pinned.map(({ id, code }) => [id, code])).toEqual([['10.20.0.4', 'head']])
  expect(problem.nodes.map(({ id, type, costPerHour, releasable }) => [id, type, costPerHour, releasable])).toEqual([
    ['10.20.0.4', 'head', 0.384, false],
    ['10.20.1.11', 'g5.24xlarge', 8.144, true],
    ['10.20.1.12', 'g5.24xlarge', 8.144, true],
    ['10.20.1.13', 'p4d.24xlarge', 32.77, true],
    ['10.20.2.21', 'm5.4xlarge', 0.768, true]
  ])
  expect(problem.nodes[1]?.capacity).toEqual({ cpu: 96, memory: 384, gpu: 4 })
  expect(problem.deployments.map(({ id, demand }) => [id, demand])).toEqual([
    ['chat/Llama8B', { cpu: 4, gpu: 1, memory: 32 }],
    // The actor alone holds one core; the group of its four bundles is what moves.
    ['chat/Llama70B', { cpu: 4, gpu: 4 }],
    ['embed/Embedder', { cpu: 2, gpu: 0.5 }],
    ['embed/Ingress', { cpu: 1 }]
  ])
  expect(problem.deployments.map(({ maxReplicasPerNode }) => maxReplicasPerNode)).toEqual([3, undefined, 2, undefined])
  expect(problem.deployments.map(({ drainSeconds }) => drainSeconds)).toEqual([60, 60, 60, 60])
  expect(problem.replicas.map(({ id }) => id)).toContain('chat#Llama8B#03c7805d')
})

test('what is imported can be planned: and costs less', async () => {
  const { problem } = importRay(exampleSnapshot())
  const result = await compact(problem, { workLimit: 2000, threads: 1 })
  expect(result.termination).toBe('optimal')
  expect(result.objective?.costPerHour).toBeLessThan(result.initial.costPerHour)
})

test('the answer printed in the documentation of Ray is imported, though an older version wrote it', () => {
  const nodeId = 'cef533a072b0f03bf92a6b98cb4eb9153b7b7c7b7f15954feb2f38ec'
  const node = {
    node_id: nodeId,
    node_ip: '10.0.29.214',
    state: 'ALIVE',
    resources_total: { CPU: 8 },
    is_head_node: false
  }
  const documents = [{ name: 'nodes.json', value: [node] }, readFixture('serve-applications-doc-example.json')]
  const overrides = { name: 'overrides.yaml', value: { defaults: { placementGroup: 'none' } } }
  const { problem, report } = importRay({ documents, overrides }, { unknownPrice: 0.5 })
  expect(problem.replicas.map(({ id, node: on }) => [id, on])).toEqual([
    ['app1#Translator#oMhRlb', '10.0.29.214'],
    ['app1#Summarizer#cwiPXg', '10.0.29.214']
  ])
  expect(problem.deployments.map(({ replicas, demand, drainSeconds }) => [replicas, demand, drainSeconds])).toEqual([
    [1, { cpu: 1 }, 20],
    [1, { cpu: 1 }, 20]
  ])
  expect(report.prices).toEqual([{ type: '', nodes: 1, costPerHour: 0.5, source: 'unknown' }])
})

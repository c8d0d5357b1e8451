import { expect, test } from 'vitest'
import { importRay } from '../../../src/adapters/ray/import/import-ray.js'
import { type NodeSpec, nodeIdOf, nodesPayload, servePayload, summaryPayload } from '../payloads.js'
import { faultOf, importDeployment, PLAIN } from './import-cluster.js'

const gpuNode: NodeSpec = { nodeId: nodeIdOf(1), ip: '10.0.0.1', resources: { CPU: 8, GPU: 4, memory: 64 * 2 ** 30 } }
const on = (node: NodeSpec, required: Record<string, number> = { CPU: 1 }) => ({
  required,
  replicas: [{ id: 'r', node }]
})

test('resources: devices and plain sums, memory in GiB, marks of Ray left out unless asked for', () => {
  const node: NodeSpec = {
    nodeId: nodeIdOf(1),
    ip: '10.0.0.1',
    resources: { CPU: 8, TPU: 4, memory: 2 ** 31, object_store_memory: 2 ** 30, licence: 3, cpu: 5 }
  }
  const { problem } = importDeployment([node], on(node, { CPU: 1, TPU: 1, cpu: 2, 'node:10.0.0.1': 0.1 }))
  expect(problem.nodes[0]?.capacity).toEqual({
    cpu: 8,
    TPU: 4,
    memory: 2,
    licence: 3,
    'custom:cpu': 5,
    'node:10.0.0.1': 1
  })
  expect(problem.deployments[0]?.demand).toEqual({ cpu: 1, TPU: 1, 'custom:cpu': 2, 'node:10.0.0.1': 0.1 })
  expect(problem.resources).toMatchObject({ TPU: { kind: 'device' }, cpu: { kind: 'scalar' } })
})

test('nodes are called by their address; where two share one, by the beginning of their ids, too', () => {
  const twins = [3, 4].map((number) => ({ ...gpuNode, nodeId: nodeIdOf(number), ip: '10.0.0.7' }))
  const { problem } = importDeployment([gpuNode, ...twins], on(gpuNode))
  expect(problem.nodes.map(({ id }) => id)).toEqual(['10.0.0.1', '10.0.0.7~00000003', '10.0.0.7~00000004'])
  expect(problem.nodes.map(({ labels }) => labels['ray.io/node-id'])).toEqual([1, 3, 4].map(nodeIdOf))
})

test('what others hold is taken off, a share of a device as the whole device, and the node stays', () => {
  const override = { otherUsage: { CPU: 2.5, GPU: 0.3, memory: 2 ** 30 } }
  const { problem, report } = importDeployment([gpuNode], on(gpuNode), { ...PLAIN, nodes: { '10.0.0.1': override } })
  expect(problem.nodes[0]).toMatchObject({ capacity: { cpu: 5.5, gpu: 3, memory: 63 }, releasable: false })
  expect(report.pinned[0]).toMatchObject({ kind: 'Node', code: 'other-usage' })
  const freed = { ...PLAIN, nodes: { [nodeIdOf(1)]: { ...override, releasable: true } } }
  expect(importDeployment([gpuNode], on(gpuNode), freed).problem.nodes[0]?.releasable).toBe(true)
  const tooMuch = { ...PLAIN, nodes: { '10.0.0.1': { otherUsage: { GPU: 4.5 } } } }
  expect(faultOf(() => importDeployment([gpuNode], on(gpuNode), tooMuch)).message).toContain('expected at most 4')
})

test('what the dashboard says is in use beyond the replicas is what others hold; rounding is not', () => {
  const usage = '3.0/8.0 CPU\n1.0/4.0 GPU\n4.66GiB/64.00GiB memory\nsomething else entirely'
  const apps = [
    { name: 'app', deployments: [{ name: 'd', ...on(gpuNode, { CPU: 1, GPU: 1, memory: 5_000_000_000 }) }] }
  ]
  const documents = [
    servePayload(apps),
    nodesPayload([gpuNode]),
    summaryPayload([gpuNode], { [gpuNode.nodeId]: usage })
  ]
  const { problem } = importRay(
    {
      documents: documents.map((value, index) => ({ name: `${index}`, value })),
      overrides: { name: 'o', value: PLAIN }
    },
    { unknownPrice: 1 }
  )
  expect(problem.nodes[0]).toMatchObject({ capacity: { cpu: 6, gpu: 4, memory: 64 }, releasable: false })
})

test('a price is looked up by type, market and region', () => {
  const catalogue = `name,region,vcpu,memGiB,priceOnDemand,priceSpot
g5.24xlarge,us-west-2,96,384,8.1,3.2
g5.24xlarge,eu-west-1,96,384,9.1,4.2`
  const labels = { 'ray.io/node-group': 'g', 'ray.io/market-type': 'spot', 'ray.io/availability-zone': 'us-west-2b' }
  const documents = [
    { name: 's', value: servePayload([{ name: 'app', deployments: [{ name: 'd', ...on(gpuNode) }] }]) },
    { name: 'n', value: nodesPayload([{ ...gpuNode, labels }]) }
  ]
  const value = { ...PLAIN, nodeGroups: { g: { instanceType: 'g5.24xlarge' } } }
  const { report } = importRay({ documents, overrides: { name: 'o', value } }, { catalogue })
  expect(report.prices).toEqual([{ type: 'g5.24xlarge', nodes: 1, costPerHour: 3.2, source: 'catalogue' }])
})

test('the head is not to be emptied, whatever the overrides say', () => {
  const head = { ...gpuNode, isHead: true }
  const overrides = { ...PLAIN, nodes: { '10.0.0.1': { mustEmpty: true } } }
  expect(faultOf(() => importDeployment([head], on(head), overrides)).message).toContain('the head of the cluster')
})

import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { importRay } from '../../../src/adapters/ray/import/import-ray.js'
import { MissingOverridesError } from '../../../src/adapters/ray/import/overrides/missing-overrides.js'
import { nodeIdOf } from '../payloads.js'
import { exampleSnapshot, readFixture } from './example-cluster.js'
import { faultOf, importDeployment } from './import-cluster.js'

const documents = [readFixture('ray-snapshot-example.json')]

test('all that Ray does not show and nobody tells is missing at once, each by the name of its override', () => {
  const fault = faultOf(() => importRay({ documents }))
  expect(fault).toBeInstanceOf(MissingOverridesError)
  expect(fault.issues.map(({ path }) => path)).toEqual([
    'overrides',
    'overrides deployments["embed/Embedder"].placementGroup',
    'overrides deployments["embed/Ingress"].placementGroup',
    'overrides nodeGroups.head.costPerHour',
    'overrides nodeGroups.gpu-a10g-4.costPerHour',
    'overrides nodeGroups.gpu-a100-8.costPerHour',
    'overrides nodeGroups.cpu-16.costPerHour'
  ])
  // The config file of the other application names bundles, or a limit that excludes them.
  expect(fault.message).not.toContain('Llama')
})

test('the message has a skeleton to paste, which is refused until it is filled in', () => {
  const fault = faultOf(() => importRay({ documents })) as MissingOverridesError
  const skeleton = parse(fault.skeleton)
  expect(skeleton).toEqual({
    nodeGroups: {
      head: { costPerHour: null },
      'gpu-a10g-4': { costPerHour: null },
      'gpu-a100-8': { costPerHour: null },
      'cpu-16': { costPerHour: null }
    },
    deployments: { 'embed/Embedder': { placementGroup: null }, 'embed/Ingress': { placementGroup: null } }
  })
  for (const line of fault.skeleton.split('\n')) expect(fault.message).toContain(line)
  const unfilled = faultOf(() => importRay({ documents, overrides: { name: 'o.yaml', value: skeleton } }))
  expect(unfilled.message).toContain('o.yaml nodeGroups.head.costPerHour: found null')
  for (const group of Object.values(skeleton.nodeGroups) as { costPerHour: number }[]) group.costPerHour = 1
  for (const each of Object.values(skeleton.deployments) as { placementGroup: string }[]) each.placementGroup = 'none'
  const { report } = importRay({ documents, overrides: { name: 'o.yaml', value: skeleton } })
  expect(report.imported.replicas).toBe(8)
})

test('what is wrong in a payload comes before what is missing', () => {
  const broken = structuredClone(documents[0]?.value) as { 'GET /api/serve/applications/': { applications: unknown } }
  broken['GET /api/serve/applications/'].applications = { chat: { status: 7, deployments: {} } }
  const fault = faultOf(() => importRay({ documents: [{ name: 'all.json', value: broken }] }))
  expect(fault).not.toBeInstanceOf(MissingOverridesError)
  expect(fault.message).toBe(
    'ray: all.json ["GET /api/serve/applications/"] applications.chat.status: found 7, expected a text'
  )
})

test('a node without a group is priced by itself, and an unknown key is refused', () => {
  const node = { nodeId: nodeIdOf(1), ip: '10.0.0.1', resources: { CPU: 4 } }
  const deployment = { required: { CPU: 1 }, replicas: [{ id: 'r', node }], config: { max_replicas_per_node: 2 } }
  const { problem, report } = importDeployment([node], deployment, { nodes: { '10.0.0.1': { costPerHour: 3 } } })
  expect(problem.nodes[0]?.costPerHour).toBe(3)
  expect(report.prices).toEqual([{ type: '', nodes: 1, costPerHour: 3, source: 'override' }])
  const fault = faultOf(() => importDeployment([node], deployment, { nodes: { '10.0.0.1': { cost: 3 } } } as never))
  expect(fault.message).toContain('overrides.yaml nodes["10.0.0.1"].cost: found an unknown key')
})

test('an override of something that is not there is told', () => {
  const { documents: all, overrides } = exampleSnapshot()
  const value = { ...(overrides?.value as object), nodes: { '10.9.9.9': { costPerHour: 1 } } }
  const { report } = importRay({ documents: all, overrides: { name: 'o.yaml', value } })
  expect(report.adapted).toEqual([
    { kind: 'Override', id: 'nodes["10.9.9.9"]', code: 'unused', reason: 'nothing in the cluster has this name now' }
  ])
})

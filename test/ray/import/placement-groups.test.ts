import { expect, test } from 'vitest'
import { importRay } from '../../../src/adapters/ray/import/import-ray.js'
import type { RayOverridesInput } from '../../../src/adapters/ray/import/overrides/overrides.js'
import { type DeploymentSpec, nodeIdOf, nodesPayload, servePayload, summaryPayload } from '../payloads.js'
import { faultOf, importDeployment } from './import-cluster.js'

const node = (number: number) => ({ nodeId: nodeIdOf(number), ip: `10.0.0.${number}`, resources: { CPU: 16, GPU: 4 } })
const nodes = [node(1), node(2)] as const
const bundle = { CPU: 1, GPU: 1 }

function deploymentWith(config: DeploymentSpec['config'], overrides: RayOverridesInput = {}) {
  const replicas = [{ id: 'r', node: nodes[0] }]
  const deployment = { required: { CPU: 1 }, replicas, ...(config === undefined ? {} : { config }) }
  return importDeployment(nodes, deployment, { defaults: { startupSeconds: 1 }, ...overrides })
}

test('STRICT_PACK is one unit: its bundles summed up, in the precision of Ray', () => {
  const config = {
    placement_group_bundles: [bundle, { CPU: 0.1, GPU: 2 }, { CPU: 0.2 }],
    placement_group_strategy: 'STRICT_PACK'
  }
  const { problem, report } = deploymentWith(config)
  expect(problem.deployments[0]?.demand).toEqual({ cpu: 1.3, gpu: 3 })
  expect(report.pinned).toEqual([])
})

test.each([
  ['bundles that are null in the config file: none', { placement_group_bundles: null }],
  ['a limit per node, which excludes a group', { max_replicas_per_node: 2 }]
])('%s', (_, config) => {
  expect(deploymentWith(config).problem.deployments[0]?.demand).toEqual({ cpu: 1 })
})

test.each([
  ['a config file that lists the deployment without bundles', { num_replicas: 1 }, 'code may'],
  ['a config file that does not list it', undefined, 'does not list the deployment']
])('%s says nothing: code may set a group', (_, config, words) => {
  const fault = faultOf(() => deploymentWith(config))
  expect(fault.message).toContain('deployments["app/d"].placementGroup: found nothing')
  expect(fault.message).toContain(words)
})

test('the operator wins over the config file', () => {
  const config = { placement_group_bundles: [bundle], placement_group_strategy: 'STRICT_PACK' }
  const of = (override: NonNullable<RayOverridesInput['deployments']>[string]) =>
    deploymentWith(config, { deployments: { 'app/d': override } }).problem.deployments[0]
  expect(of({ placementGroup: 'none' })?.demand).toEqual({ cpu: 1 })
  expect(of({ placementGroup: { bundles: [bundle, bundle], strategy: 'STRICT_PACK' } })?.demand).toEqual({
    cpu: 2,
    gpu: 2
  })
  expect(of({ maxReplicasPerNode: 3 })).toMatchObject({ demand: { cpu: 1 }, maxReplicasPerNode: 3 })
  expect(of({ placementGroup: 'none', resources: { CPU: 2, GPU: 0.5 } })?.demand).toEqual({ cpu: 2, gpu: 0.5 })
})

test('two halves of a GPU in one group are no single demand: both bundles are held where they are, and pinned', () => {
  const config = {
    placement_group_bundles: [{ GPU: 0.5 }, { GPU: 0.5, CPU: 1 }],
    placement_group_strategy: 'STRICT_PACK'
  }
  const { problem, report } = deploymentWith(config)
  expect(problem.deployments.map(({ id, demand, movable }) => [id, demand, movable])).toEqual([
    ['app/d', { gpu: 0.5 }, false],
    ['app/d@bundle-1', { gpu: 0.5, cpu: 1 }, false]
  ])
  expect(problem.replicas.map(({ id, node: on }) => [id, on])).toEqual([
    ['app#d#r', '10.0.0.1'],
    ['app#d#r@bundle-1', '10.0.0.1']
  ])
  expect(report.pinned.map(({ code }) => code)).toEqual(['fractional-bundles'])
})

test('bundles of a replica that stops are held until it is gone', () => {
  const config = { placement_group_bundles: [{ GPU: 0.5 }, { GPU: 0.5 }], placement_group_strategy: 'STRICT_PACK' }
  const replicas = [{ id: 'r', node: nodes[0], state: 'STOPPING' }]
  const { problem } = importDeployment(nodes, { required: {}, target: 0, config, replicas })
  expect(problem.replicas.map(({ id, state }) => [id, state])).toEqual([
    ['app#d#r', 'draining'],
    ['app#d#r@bundle-1', 'draining']
  ])
  expect(problem.deployments.map(({ replicas: wanted }) => wanted)).toEqual([0, 0])
})

test('one share among bundles without devices is a single demand', () => {
  const config = { placement_group_bundles: [{ CPU: 1 }, { GPU: 0.5 }], placement_group_strategy: 'STRICT_PACK' }
  expect(deploymentWith(config).problem.deployments[0]?.demand).toEqual({ cpu: 1, gpu: 0.5 })
})

const SPREAD = { placement_group_bundles: [bundle, bundle], placement_group_strategy: 'SPREAD' }

test('where the bundles of other groups are has to be said, or the dashboard asked what is in use', () => {
  const fault = faultOf(() => deploymentWith(SPREAD))
  expect(fault.issues[1]?.path).toBe('overrides replicas["app#d#r"].bundleNodes')
  expect(fault.message).toContain('GET /nodes?view=summary')
})

test('with their nodes told, bundles hold what they hold there and stay', () => {
  const { problem, report } = deploymentWith(SPREAD, {
    replicas: { 'app#d#r': { bundleNodes: ['10.0.0.1', nodeIdOf(2)] } }
  })
  expect(problem.replicas.map(({ id, node: on }) => [id, on])).toEqual([
    ['app#d#r', '10.0.0.1'],
    ['app#d#r@bundle-1', '10.0.0.2']
  ])
  expect(problem.deployments.every(({ movable }) => !movable)).toBe(true)
  expect(report.pinned.map(({ code }) => code)).toEqual(['placement-group'])
})

test.each([
  ['too few', ['10.0.0.1'], 'one for each of the 2 bundles'],
  ['a node that is not there', ['10.0.0.1', '10.0.0.9'], 'a node that is alive'],
  ['the first elsewhere than the actor', ['10.0.0.2', '10.0.0.1'], '10.0.0.1, where its actor is']
])('nodes of bundles that cannot be are refused: %s', (_, bundleNodes, expected) => {
  const fault = faultOf(() => deploymentWith(SPREAD, { replicas: { 'app#d#r': { bundleNodes } } }))
  expect(fault.issues[0]?.expected).toBe(expected)
})

test('with what is in use known of all nodes, bundles elsewhere count as what others hold, and keep their node', () => {
  const apps = [
    {
      name: 'app',
      deployments: [{ name: 'd', required: { CPU: 1 }, replicas: [{ id: 'r', node: nodes[0] }], config: SPREAD }]
    }
  ]
  const usage = {
    [nodeIdOf(1)]: '1.0/16.0 CPU\n1.0/4.0 GPU',
    [nodeIdOf(2)]: '1.0/16.0 CPU\n1.0/4.0 GPU (1.0 used of 1.0 reserved in placement groups)'
  }
  const documents = [servePayload(apps), nodesPayload(nodes), summaryPayload(nodes, usage)].map((value, index) => ({
    name: `${index}`,
    value
  }))
  const { problem, report } = importRay({ documents }, { unknownPrice: 1 })
  expect(problem.nodes.map(({ capacity, releasable }) => [capacity, releasable])).toEqual([
    [{ cpu: 16, gpu: 4 }, true],
    [{ cpu: 15, gpu: 3 }, false]
  ])
  expect(report.pinned.map(({ code }) => code).sort()).toEqual(['other-usage', 'placement-group'])
  expect(report.adapted.map(({ code }) => code)).toContain('bundles-elsewhere')
})

test('a group beside a limit per node is refused, as Ray does', () => {
  const deployments = {
    'app/d': { placementGroup: { bundles: [bundle], strategy: 'PACK' as const }, maxReplicasPerNode: 2 }
  }
  expect(faultOf(() => deploymentWith(undefined, { deployments })).issues[0]).toMatchObject({
    path: 'overrides deployments["app/d"]',
    expected: 'one of both: Ray allows no other'
  })
})

test('more devices than there are, and one and a half, are refused', () => {
  const strict = (bundles: readonly Record<string, number>[]) => ({
    placement_group_bundles: bundles,
    placement_group_strategy: 'STRICT_PACK'
  })
  expect(faultOf(() => deploymentWith(strict([{ GPU: 5 }]))).message).toContain(
    'found replicas that hold 5 gpu, expected at most 4'
  )
  expect(faultOf(() => deploymentWith(strict([{ GPU: 1.5 }]))).message).toContain('a share of one device')
})

test('gangs stay where they are', () => {
  const config = { placement_group_bundles: null, gang_scheduling_config: { gang_size: 2 } }
  const { problem, report } = deploymentWith(config)
  expect(problem.deployments[0]?.movable).toBe(false)
  expect(report.pinned.map(({ code }) => code)).toEqual(['gang'])
  expect(deploymentWith(config, { deployments: { 'app/d': { gang: false } } }).problem.deployments[0]?.movable).toBe(
    true
  )
})

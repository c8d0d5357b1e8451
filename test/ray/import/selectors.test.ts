import { expect, test } from 'vitest'
import { matchesSelector } from '../../../models/instance/selector.js'
import type { RayImport } from '../../../src/adapters/ray/import/import-ray.js'
import { nodeIdOf } from '../payloads.js'
import { faultOf, importDeployment } from './import-cluster.js'

const node = (number: number, labels: Record<string, string>, accelerator?: string) => ({
  nodeId: nodeIdOf(number),
  ip: `10.0.0.${number}`,
  resources: { CPU: 8, ...(accelerator === undefined ? {} : { GPU: 1, [`accelerator_type:${accelerator}`]: 1 }) },
  labels
})
const nodes = [
  node(1, { zone: 'a', disk: 'ssd' }, 'T4'),
  node(2, { zone: 'b' }, 'A100'),
  node(3, { zone: 'c', disk: 'hdd' }),
  node(4, {})
]

function importWith(actorOptions: Record<string, unknown>, required: Record<string, number> = { CPU: 1 }) {
  return importDeployment(nodes, {
    required,
    actorOptions,
    replicas: [{ id: 'r', node: nodes[0] as (typeof nodes)[0] }]
  })
}

function allowed({ problem }: RayImport): string[] {
  const selector = problem.deployments[0]?.nodeSelector ?? {}
  return problem.nodes.flatMap(({ id, labels }) => (matchesSelector(selector, labels) ? [id.slice(-1)] : []))
}

test.each([
  ['a', '1', { zone: ['a'] }],
  ['in(a, b)', '12', { zone: ['a', 'b'] }],
  ['!a', '234', { zone: { notIn: ['a'] } }],
  ['!in(a,c)', '24', { zone: { notIn: ['a', 'c'] } }]
])('the selector %s means the nodes %s, as Ray reads it', (text, expected, selector) => {
  const imported = importWith({ label_selector: { zone: text } })
  expect(imported.problem.deployments[0]?.nodeSelector).toEqual(selector)
  expect(allowed(imported).join('')).toBe(expected)
})

test('several labels hold together; labels that nobody names are not kept', () => {
  const imported = importWith({ label_selector: { zone: '!b', disk: 'in(ssd,hdd)' } })
  expect(allowed(imported)).toEqual(['1', '3'])
  expect(importWith({ label_selector: { zone: 'a' } }).problem.nodes[0]?.labels).not.toHaveProperty('disk')
})

test('a fallback is an alternative: a label of the importer says which nodes meet one of them', () => {
  const imported = importWith({
    label_selector: { disk: 'ssd' },
    fallback_strategy: [{ label_selector: { zone: '!in(a,c)' } }]
  })
  expect(imported.problem.deployments[0]?.nodeSelector).toEqual({ 'replica-compactor/choice-1': ['yes'] })
  expect(allowed(imported)).toEqual(['1', '2', '4'])
  expect(imported.report.adapted.map(({ code }) => code)).toContain('fallback-strategy')
})

test('a fallback without a selector is any node', () => {
  const imported = importWith({ label_selector: { disk: 'ssd' }, fallback_strategy: [{}] })
  expect(imported.problem.deployments[0]?.nodeSelector).toEqual({})
})

test('an accelerator is asked for by the label, which the resource gives the node', () => {
  const imported = importWith({}, { CPU: 1, GPU: 1, 'accelerator_type:A100': 0.001 })
  expect(imported.problem.deployments[0]).toMatchObject({
    demand: { cpu: 1, gpu: 1 },
    nodeSelector: { 'ray.io/accelerator-type': ['A100'] }
  })
  expect(allowed(imported)).toEqual(['2'])
  expect(imported.problem.nodes[1]?.capacity).toEqual({ cpu: 8, gpu: 1 })
})

test('where a label says otherwise than the resource, the resource counts, and it is a scalar', () => {
  const liar = node(5, { 'ray.io/accelerator-type': 'H100' }, 'A100')
  const { problem } = importDeployment([liar], {
    required: { CPU: 1, 'accelerator_type:A100': 0.001 },
    replicas: [{ id: 'r', node: liar }]
  })
  expect(problem.deployments[0]).toMatchObject({ demand: { cpu: 1, 'accelerator_type:A100': 0.001 }, nodeSelector: {} })
  expect(problem.nodes[0]?.capacity).toEqual({ cpu: 8, gpu: 1, 'accelerator_type:A100': 1 })
})

test('an accelerator and a selector that exclude each other leave no node', () => {
  const options = { label_selector: { 'ray.io/accelerator-type': 'T4' } }
  const imported = importWith(options, { CPU: 1, 'accelerator_type:A100': 0.001 })
  expect(allowed(imported)).toEqual([])
})

test('selectors of bundles hold together on the one node', () => {
  const config = {
    placement_group_bundles: [{ CPU: 1 }, { CPU: 2 }],
    placement_group_strategy: 'STRICT_PACK',
    placement_group_bundle_label_selector: [{ zone: 'in(a,b)' }, { disk: '!hdd' }]
  }
  const replicas = [{ id: 'r', node: nodes[0] as (typeof nodes)[0] }]
  const imported = importDeployment(nodes, { required: { CPU: 1 }, config, replicas })
  expect(allowed(imported)).toEqual(['1', '2'])
})

test.each(['in(a', 'in()', '!in(a,)', 'a(b)', '!!a'])('%s is no selector', (text) => {
  const fault = faultOf(() => importWith({ label_selector: { zone: text } }))
  expect(fault.issues[0]?.path).toBe('serve.json applications.app.deployments.d.label_selector.zone')
})

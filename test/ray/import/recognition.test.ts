import { expect, test } from 'vitest'
import { importRay } from '../../../src/adapters/ray/import/import-ray.js'
import { nodeIdOf, nodeStates, nodesPayload, servePayload, summaryPayload } from '../payloads.js'
import { faultOf, PLAIN } from './import-cluster.js'

const node = { nodeId: nodeIdOf(1), ip: '10.0.0.1', resources: { CPU: 4 } }
const serve = servePayload([
  { name: 'app', deployments: [{ name: 'd', required: { CPU: 1 }, replicas: [{ id: 'r', node }] }] }
])
const overrides = { name: 'o.yaml', value: PLAIN }
const read = (...values: readonly unknown[]) =>
  importRay(
    { documents: values.map((value, index) => ({ name: `${index}.json`, value })), overrides },
    { unknownPrice: 1 }
  )

test.each([
  ['the answer of the state API', [serve, nodesPayload([node])]],
  ['in another order', [nodesPayload([node]), serve]],
  ['the list without its wrapper', [serve, nodeStates([node])]],
  ['half of the wrapper', [serve, nodesPayload([node]).data.result]],
  ['the summary of the dashboard', [serve, summaryPayload([node])]],
  ['both lists of nodes', [summaryPayload([node]), serve, nodesPayload([node])]],
  ['one file with both', [{ $about: 'both', serve, nodes: nodesPayload([node]) }]],
  ['drained nodes beside them', [serve, nodesPayload([node]), { [nodeIdOf(9)]: 0 }]]
])('%s: read for what it is', (_, values) => {
  const { problem } = read(...values)
  expect(problem.nodes.map(({ id, capacity }) => [id, capacity])).toEqual([['10.0.0.1', { cpu: 4 }]])
  expect(problem.replicas).toEqual([{ id: 'app#d#r', deployment: 'app/d', node: '10.0.0.1', state: 'running' }])
})

test.each([
  ['a list of actors', { result: true, data: { result: { total: 1, result: [{ actor_id: 'a', state: 'ALIVE' }] } } }],
  ['an empty list', []],
  ['a config file of Serve', { applications: [{ name: 'app', import_path: 'a:b' }] }],
  ['a Kubernetes list', { apiVersion: 'v1', kind: 'PodList', items: [] }],
  ['an answer that says no', { result: false, msg: 'Internal error', data: {} }],
  ['host names only', { result: true, msg: '', data: { hostNameList: ['a'] } }],
  ['the status of one application', { app_status: {}, deployment_statuses: [] }],
  ['nothing known', { a: 1 }],
  ['a text', 'hello'],
  ['nothing', null]
])('%s is refused with the URL of what is wanted', (_, value) => {
  const fault = faultOf(() => read(value, nodesPayload([node])))
  expect(fault.message).toContain('0.json: found ')
  expect(fault.message).toContain('GET /api/')
  expect(fault.issues).toHaveLength(1)
})

test.each([
  ['overrides', { schemaVersion: 1, deployments: {}, nodeGroups: { g: { costPerHour: 1 } } }, '--overrides takes them'],
  ['overrides of deployments only', { deployments: { 'app/d': { startupSeconds: 60 } } }, '--overrides takes them'],
  ['overrides of prices only', { instanceTypes: { m: { costPerHour: 1 } } }, '--overrides takes them'],
  [
    'the list of an older API',
    { deployments: [{ name: 'd' }] },
    'all of them are read with GET /api/serve/applications/'
  ],
  ['a Problem', { schemaVersion: 1, nodes: [], deployments: [], replicas: [] }, 'plan takes it as it is']
])('%s is called what it is', (_, value, hint) => {
  expect(faultOf(() => read(serve, nodesPayload([node]), value)).message).toContain(hint)
})

test('without applications, or without nodes, it is said how to get them', () => {
  expect(faultOf(() => read(nodesPayload([node]))).message).toBe(
    'ray: found no payload with applications, expected what GET /api/serve/applications/ answers'
  )
  expect(faultOf(() => read(serve)).message).toContain('expected what GET /api/v0/nodes?detail=1&limit=10000 answers')
  expect(faultOf(() => read()).issues).toHaveLength(2)
})

test('two payloads of a kind are refused: they may be of two clusters', () => {
  expect(faultOf(() => read(serve, nodesPayload([node]), { serve })).message).toBe(
    'ray: 2.json serve: found a second payload of the kind "serve", expected one: 0.json is one already'
  )
})

test('a list of nodes that was cut off is refused', () => {
  const payload = nodesPayload([node])
  payload.data.result.num_filtered = 250
  expect(faultOf(() => read(serve, payload)).message).toBe(
    'ray: 1.json: found 1 of 250 nodes, expected all of them (ask with &limit=10000)'
  )
})

test('wrong types are all told at once, with their places', () => {
  const wrong = structuredClone(serve) as unknown as {
    applications: { app: { deployments: { d: Record<string, unknown> } } }
  }
  wrong.applications.app.deployments.d.target_num_replicas = 'three'
  wrong.applications.app.deployments.d.replicas = [{ replica_id: 'r', state: 'ASLEEP' }]
  const states = nodeStates([node]) as { state: string; resources_total: unknown }[]
  for (const state of states) Object.assign(state, { resources_total: { CPU: -1 } })
  const fault = faultOf(() => read(wrong, states))
  expect(fault.issues.map(({ path }) => path)).toEqual([
    '0.json applications.app.deployments.d.target_num_replicas',
    '0.json applications.app.deployments.d.replicas[0].state',
    '1.json [0].resources_total.CPU'
  ])
})

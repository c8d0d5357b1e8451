import { expect, test } from 'vitest'
import { nodeIdOf } from '../payloads.js'
import { faultOf, importCluster, importDeployment } from './import-cluster.js'

const head = { nodeId: nodeIdOf(9), ip: '10.0.0.9', isHead: true, resources: { CPU: 8 } }
const node = { nodeId: nodeIdOf(1), ip: '10.0.0.1', resources: { CPU: 8 } }
const dead = { nodeId: nodeIdOf(2), ip: '10.0.0.2', state: 'DEAD' as const, resources: {} }
const nodes = [head, node, dead]
const required = { CPU: 1 }

test.each([
  ['RUNNING', 'running'],
  ['STARTING', 'starting'],
  ['UPDATING', 'starting'],
  ['RECOVERING', 'starting'],
  ['STOPPING', 'draining'],
  ['PENDING_MIGRATION', 'draining']
])('%s is %s', (state, expected) => {
  const { problem } = importDeployment(nodes, { required, target: 1, replicas: [{ id: 'r', node, state }] })
  expect(problem.replicas).toEqual([{ id: 'app#d#r', deployment: 'app/d', node: '10.0.0.1', state: expected }])
})

test('a replica that Serve moves away is replaced by one that is wanted, and its node takes nobody and must be empty', () => {
  const replicas = [{ id: 'old', node, state: 'PENDING_MIGRATION' }]
  const { problem, report } = importDeployment(nodes, { required, target: 1, replicas })
  expect(problem.deployments[0]?.replicas).toBe(1)
  expect(problem.nodes.find(({ id }) => id === '10.0.0.1')).toMatchObject({ acceptsReplicas: false, mustEmpty: true })
  expect(report.adapted.map(({ code }) => code)).toContain('draining')
})

test('one that starts on no node yet is pending, as is one whose node is dead; one that stops there is gone', () => {
  const replicas = [
    { id: 'a', node: null, state: 'STARTING' },
    { id: 'b', node: dead },
    { id: 'c', node: dead, state: 'STOPPING' },
    { id: 'd', node: null, state: 'STOPPING' }
  ]
  const { problem, report } = importDeployment(nodes, { required, target: 2, replicas })
  expect(problem.replicas.map(({ id, node: on }) => [id, on])).toEqual([
    ['app#d#a', null],
    ['app#d#b', null]
  ])
  expect(report.leftOut.map(({ id, code }) => [id, code])).toEqual([
    ['10.0.0.2~00000002', 'dead'],
    ['app#d#c', 'gone'],
    ['app#d#d', 'gone']
  ])
})

test('a replica on a node of which nothing is known, and one whose node Serve has yet to find, are refused', () => {
  const replicas = [
    { id: 'a', node: { nodeId: nodeIdOf(7), ip: '10.0.0.7' } },
    { id: 'b', node: null, state: 'RECOVERING' },
    { id: 'c', node },
    { id: 'c', node }
  ]
  const fault = faultOf(() => importDeployment(nodes, { required, replicas }))
  const at = 'serve.json applications.app.deployments.d.replicas'
  expect(fault.issues.map(({ path }) => path)).toEqual([`${at}[0].node_id`, `${at}[1].node_id`, `${at}[3].replica_id`])
})

test('what is on the head stays there, and the head stays', () => {
  const { problem, report } = importDeployment(nodes, { required, replicas: [{ id: 'r', node: head }] })
  expect(problem.replicas[0]?.movable).toBe(false)
  expect(problem.nodes.find(({ id }) => id === '10.0.0.9')?.releasable).toBe(false)
  expect(report.pinned.map(({ id, code }) => [id, code])).toEqual([
    ['app#d#r', 'on-head'],
    ['10.0.0.9', 'head']
  ])
})

test('desired is what Serve aims at; what is deleted only leaves', () => {
  const replicas = [{ id: 'r', node }]
  const { problem } = importCluster(nodes, [
    { name: 'a', deployments: [{ name: 'd', required, target: 4, status: 'UPSCALING', replicas }] },
    { name: 'b', status: 'DELETING', deployments: [{ name: 'd', required, target: 1, replicas }] }
  ])
  expect(problem.deployments.map(({ id, replicas: wanted }) => [id, wanted])).toEqual([
    ['a/d', 4],
    ['b/d', 0]
  ])
  expect(problem.replicas.map(({ state }) => state)).toEqual(['running', 'draining'])
})

test.each([
  ['RUNNING', 'UPDATING', 'not-healthy'],
  ['RUNNING', 'SOMETHING_NEW', 'not-healthy'],
  ['DEPLOYING', 'HEALTHY', 'deploying']
])('an application that is %s with a deployment that is %s: pinned', (application, status, code) => {
  const deployments = [{ name: 'd', required, status, replicas: [{ id: 'r', node }] }]
  const { problem, report } = importCluster(nodes, [{ name: 'app', status: application, deployments }])
  expect(problem.deployments[0]?.movable).toBe(false)
  expect(report.pinned.map((remark) => remark.code)).toContain(code)
})

test('more pinned copies than Serve wants count as wanted: the plan stops none of them', () => {
  const replicas = [
    { id: 'a', node },
    { id: 'b', node }
  ]
  const deployment = { required, target: 1, status: 'UPDATING', replicas }
  const { problem, report } = importDeployment(nodes, deployment)
  expect(problem.deployments[0]?.replicas).toBe(2)
  expect(report.adapted.map(({ code }) => code)).toContain('surplus')
})

test('what is scaled to zero is left out, and a cluster without replicas is refused', () => {
  const idle = { name: 'idle', required, replicas: [] }
  const { report } = importCluster(nodes, [
    { name: 'app', deployments: [idle, { name: 'd', required, replicas: [{ id: 'r', node }] }] }
  ])
  expect(report.leftOut.map(({ id, code }) => [id, code])).toContainEqual(['app/idle', 'no-replicas'])
  expect(faultOf(() => importCluster(nodes, [])).message).toContain('found no replica')
  expect(faultOf(() => importCluster([dead], [])).message).toContain('found no node that is alive')
})

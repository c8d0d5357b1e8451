import { expect, it } from 'vitest'
import { nodeIdOf } from '../payloads.js'
import { faultOf, importCluster, PLAIN } from './import-cluster.js'

it('says by name what a Problem does not take', () => {
  const node = { nodeId: nodeIdOf(1), ip: '10.0.0.1', resources: { CPU: 4 } }
  const deployments = [{ name: 'd', required: { CPU: 1 }, replicas: [{ id: 'r'.repeat(400), node }] }]
  const name = 'a'.repeat(200)
  const { subject, issues } = faultOf(() => importCluster([node], [{ name, deployments }], PLAIN))
  expect(subject).toBe('ray')
  expect(issues.map(({ path }) => path)).toEqual([`replica "${'a'.repeat(79)}…: id`])
})

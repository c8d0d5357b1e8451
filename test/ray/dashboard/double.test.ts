import { expect, test } from 'vitest'
import { head, node } from '../driver/drain-scene.js'
import { type ApplicationSpec, nodeIdOf } from '../payloads.js'
import { DashboardDouble } from './dashboard.js'
import { RayCluster } from './ray-cluster.js'

const nodes = [node(1), node(2), node(3)] as const
const PREEMPTION = 'DRAIN_NODE_REASON_PREEMPTION'
const IDLE = 'DRAIN_NODE_REASON_IDLE_TERMINATION'

function clusterOf(applications: readonly ApplicationSpec[]) {
  const cluster = new RayCluster([head, ...nodes], applications)
  return { cluster, double: new DashboardDouble(cluster, applications) }
}

const one: ApplicationSpec[] = [
  {
    name: 'app',
    isScaledOutside: true,
    deployments: [
      {
        name: 'd',
        required: { CPU: 1, GPU: 1 },
        replicas: ['a', 'b'].map((id) => ({ id, node: nodes[0] })).concat([{ id: 'c', node: nodes[1] as never }])
      }
    ]
  },
  { name: 'auto', deployments: [{ name: 'd', required: { CPU: 1 }, replicas: [{ id: 'x', node: nodes[1] }] }] }
]

test('a drain replaces all replicas of the node at once, keeps them serving until then, and the node goes when it is idle', () => {
  const { cluster } = clusterOf(one)
  expect(cluster.drain(nodes[0].nodeId, PREEMPTION, null)).toEqual({ isAccepted: true, message: '' })
  cluster.advanceTo(1000)
  expect(cluster.describe()).toEqual([
    'app/d#a 10.0.0.1 PENDING_MIGRATION',
    'app/d#b 10.0.0.1 PENDING_MIGRATION',
    'app/d#c 10.0.0.2 RUNNING',
    'auto/d#x 10.0.0.2 RUNNING',
    'app/d#new4-app-d 10.0.0.2 STARTING',
    'app/d#new5-app-d 10.0.0.2 STARTING'
  ])
  cluster.advanceTo(21_000)
  expect(cluster.describe().slice(0, 2)).toEqual(['app/d#a 10.0.0.1 STOPPING', 'app/d#b 10.0.0.1 STOPPING'])
  cluster.advanceTo(30_000)
  expect(cluster.node('10.0.0.1').isAlive).toBe(true)
  cluster.advanceTo(60_000)
  expect(cluster.node('10.0.0.1').isAlive).toBe(false)
})

test('an idle termination is rejected unless the node is idle; a drain may be asked for twice; the head is never idle', () => {
  const { cluster } = clusterOf(one)
  expect(cluster.drain(nodes[0].nodeId, IDLE, null).isAccepted).toBe(false)
  expect(cluster.drain(nodes[2].nodeId, IDLE, null).isAccepted).toBe(false)
  cluster.advanceTo(31_000)
  expect(cluster.drain(nodes[2].nodeId, IDLE, null).isAccepted).toBe(true)
  expect(cluster.drain(nodes[2].nodeId, IDLE, null).isAccepted).toBe(true)
  expect(cluster.drain(head.nodeId, IDLE, null).isAccepted).toBe(false)
  expect(cluster.drain(nodeIdOf(77), IDLE, null).isAccepted).toBe(false)
  cluster.node('10.0.0.3').otherActors = 1
  cluster.advanceTo(90_000)
  expect(cluster.node('10.0.0.3').isAlive).toBe(true)
})

test('past its deadline a replica is stopped, replaced or not', () => {
  const { cluster } = clusterOf(one)
  cluster.overrule = () => cluster.node('10.0.0.99')
  cluster.drain(nodes[0].nodeId, PREEMPTION, 10)
  cluster.advanceTo(4000)
  expect(cluster.describe()[0]).toContain('PENDING_MIGRATION')
  cluster.advanceTo(6000)
  expect(cluster.describe()[0]).toContain('STOPPING')
})

test('replicas can be scaled from outside only where the application says so', () => {
  const { cluster, double } = clusterOf(one)
  const scale = (app: string, target: unknown) =>
    double.answer('POST', `/api/v1/applications/${app}/deployments/d/scale`, { target_num_replicas: target }).status
  expect(scale('auto', 2)).toBe(412)
  expect(scale('nobody', 2)).toBe(404)
  expect(scale('app', 'two')).toBe(400)
  expect(scale('app', 5)).toBe(200)
  cluster.advanceTo(1000)
  expect(cluster.describe().filter((line) => line.includes('STARTING'))).toHaveLength(2)
  cluster.advanceTo(30_000)
  expect(cluster.deployments[0]?.status).toBe('HEALTHY')
  const put = { applications: [{ name: 'app', deployments: [{ name: 'd', num_replicas: 1 }] }] }
  expect(double.answer('PUT', '/api/serve/applications/', put).status).toBe(200)
  cluster.advanceTo(60_000)
  expect(cluster.replicas.map(({ deployment }) => deployment.app)).toEqual(['app'])
})

test('with too little room by the sums nothing is chosen; a limit per node is a resource of its own', () => {
  const required = { CPU: 1 }
  const replicas = [{ id: 'a', node: nodes[0] }]
  const config = { max_replicas_per_node: 1 }
  const { cluster } = clusterOf([{ name: 'app', deployments: [{ name: 'd', required, replicas, target: 5, config }] }])
  cluster.advanceTo(30_000)
  // One on each node but the head, which has no core; one waits.
  expect(cluster.replicas.map(({ node: on }) => on?.ip ?? null)).toEqual([
    '10.0.0.1',
    '10.0.0.2',
    '10.0.0.3',
    null,
    null
  ])
})

import { afterEach, expect, test } from 'vitest'
import { importKubernetes, readKubernetes } from '../../../src/adapters/kubernetes/index.js'
import { REPLICATION_CONTROLLERS } from '../api-server/control/world.js'
import { sampleBudget, sampleNode, sampleWorkload } from '../api-server/objects/samples.js'
import { guideRules } from '../guide-rules.js'
import {
  carryOut,
  configFor,
  type DrivenWorld,
  makeWorld,
  planTo,
  problemOf,
  watchReady,
  whereRuns
} from './driven-world.js'

let world: DrivenWorld
afterEach(() => world.close())

const nodes = ['n1', 'n2', 'n3'].map((name) => sampleNode(name))

test('a pod of a ReplicationController is surged: exactly the old one goes, and never fewer are ready', async () => {
  const web = sampleWorkload('web', { kind: 'ReplicationController', replicas: 3 })
  world = await makeWorld(
    {
      objects: [...nodes, web, sampleBudget('web', 'web', { minAvailable: 3 })],
      permissions: new Map([['driver', guideRules]])
    },
    new Map([['web', ['n1', 'n3', 'n3']]])
  )
  const kubeConfig = configFor(world, 'driver')
  const documents = await world.clock.run(readKubernetes({ kubeConfig }))
  const { problem, report } = importKubernetes(documents, { unknownPrice: 1 })
  expect(problem.deployments).toMatchObject([{ id: 'default/replicationcontroller/web', replicas: 3 }])
  expect(report.pinned).toEqual([])
  const result = await planTo(problem, 'n1', { web: ['n2'] })
  world.steer.set('web', ['n2'])
  const staying = world.pods('web').flatMap(({ metadata, spec }) => (spec.nodeName === 'n3' ? [metadata.name] : []))
  const { shortages } = watchReady(world, { web: 3 })
  const executed = await carryOut(world, problem, result, {}, { kubeConfig })
  expect(executed.firstFault).toBeNull()
  expect(executed.outcome).toBe('completed')
  expect(whereRuns(world, 'web')).toEqual(['n2', 'n3', 'n3'])
  expect(world.pods('web').map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(staying))
  expect(shortages).toEqual([])
  const left = world.workload('web', REPLICATION_CONTROLLERS)
  expect(left.spec.replicas).toBe(3)
  expect(left.metadata.annotations ?? {}).toEqual({})
})

test.each(['ReplicationController', 'ReplicaSet'] as const)(
  'a %s that belongs to another is not scaled',
  async (kind) => {
    const owner = {
      apiVersion: 'apps.openshift.io/v1',
      kind: 'DeploymentConfig',
      name: 'web',
      uid: 'w',
      controller: true
    }
    world = await makeWorld(
      { objects: [...nodes, sampleWorkload('web-1', { kind, replicas: 1, owner })] },
      new Map([['web-1', ['n1']]])
    )
    const [pod] = world.pods('web-1')
    const deployment = `default/${kind.toLowerCase()}/web-1`
    const problem = {
      ...problemOf(world),
      deployments: [{ id: deployment, demand: { cpu: 1 } }],
      replicas: [{ id: `default/${pod?.metadata.name}`, deployment, node: 'n1' }]
    }
    const result = await planTo(problem, 'n1', { 'web-1': ['n2'] })
    const report = await carryOut(world, problem, result)
    expect(report.firstFault).toMatchObject({
      fault: 'refused',
      message: expect.stringMatching(
        /web-1 belongs to the DeploymentConfig web, .*read the cluster again with the objects/
      )
    })
    expect(world.pods('web-1').map(({ metadata }) => metadata.name)).toEqual([pod?.metadata.name])
  }
)

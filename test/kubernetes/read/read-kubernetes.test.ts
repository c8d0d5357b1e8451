import { afterEach, expect, test } from 'vitest'
import { importKubernetes, readKubernetes } from '../../../src/adapters/kubernetes/index.js'
import { sampleBudget, sampleNode, sampleWorkload } from '../api-server/objects/samples.js'
import { configFor, type DrivenWorld, makeWorld } from '../driver/driven-world.js'
import { guideRules } from '../guide-rules.js'

let world: DrivenWorld
afterEach(() => world.close())

async function sampleCluster(permissions?: Parameters<typeof makeWorld>[0]['permissions']): Promise<void> {
  world = await makeWorld({
    ...(permissions && { permissions }),
    objects: [
      ...['n1', 'n2'].map((name) => sampleNode(name)),
      sampleWorkload('web', { replicas: 5 }),
      sampleWorkload('agent', { kind: 'DaemonSet', cpu: 0 }),
      sampleBudget('web', 'web', { maxUnavailable: 1 }),
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'web', namespace: 'default' },
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }
      }
    ]
  })
  world.server.heard.length = 0
}

test('everything that an import needs is listed, page by page, pods first', async () => {
  await sampleCluster()
  const documents = await readKubernetes({ kubeConfig: configFor(world), pageSize: 3 })
  const { problem, report, startedAt } = importKubernetes(documents, { unknownPrice: 1 })
  expect(report.read).toMatchObject({ Node: 2, Pod: 7, Deployment: 1, DaemonSet: 1, HorizontalPodAutoscaler: 1 })
  expect(report.pinned.map(({ code }) => code)).toEqual(['horizontal-autoscaler'])
  expect(report.adapted.map(({ code }) => code)).not.toContain('autoscalers-unknown')
  expect(new Set(startedAt.keys())).toEqual(new Set(problem.replicas.map(({ id }) => id)))
  const paths = world.server.heard.map(({ path }) => path)
  expect(paths.slice(0, 4)).toEqual([
    '/api/v1/pods?limit=3',
    '/api/v1/pods?limit=3&continue=3',
    '/api/v1/pods?limit=3&continue=6',
    '/api/v1/nodes?limit=3'
  ])
  expect(new Set(world.server.heard.map(({ method }) => method))).toEqual(new Set(['GET']))
})

test('a list whose next page is gone is read anew as a whole', async () => {
  await sampleCluster()
  world.server.mishap = ({ path }) =>
    path.includes('continue=')
      ? { code: 410, body: { kind: 'Status', reason: 'Expired', message: 'too old' } }
      : undefined
  const documents = await readKubernetes({ kubeConfig: configFor(world), pageSize: 3 })
  expect(importKubernetes(documents, { unknownPrice: 1 }).report.read.Pod).toBe(7)
})

test('a cluster of before autoscaling/v2 is read, and what it scales is not known', async () => {
  await sampleCluster()
  world.server.mishap = ({ path }) =>
    path.startsWith('/apis/autoscaling/') ? { code: 404, body: { kind: 'Status', message: 'not found' } } : undefined
  const documents = await readKubernetes({ kubeConfig: configFor(world) })
  const { report } = importKubernetes(documents, { unknownPrice: 1 })
  expect(report.adapted.map(({ code }) => code)).toContain('autoscalers-unknown')
})

test('what may not be listed is named, and what is aborted ends', async () => {
  await sampleCluster(
    new Map([['reader', [{ apiGroups: [''], resources: ['pods', 'nodes', 'namespaces'], verbs: ['list'] }]]])
  )
  await expect(readKubernetes({ kubeConfig: configFor(world, 'reader') })).rejects.toThrow(
    /a role must allow list on \w+ of the API group/
  )
  const reason = new Error('enough')
  await expect(readKubernetes({ kubeConfig: configFor(world), signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

test('the role of the guide suffices', async () => {
  await sampleCluster(new Map([['reader', guideRules]]))
  const documents = await readKubernetes({ kubeConfig: configFor(world, 'reader') })
  expect(documents).toHaveLength(11)
})

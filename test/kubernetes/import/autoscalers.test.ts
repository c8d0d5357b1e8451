import { describe, expect, it } from 'vitest'
import { compact } from '../../../src/compact.js'
import {
  codesOf,
  deploymentOf,
  faultsOf,
  importObjects,
  type Json,
  makeDeployment,
  makeNode,
  makePod,
  makeWorkload
} from './cluster-objects.js'

const nodes = ['a', 'b', 'c'].map((name) => makeNode(name))
const scaler = (scaleTargetRef: Json, namespace = 'default', apiVersion = 'autoscaling/v2') => ({
  apiVersion,
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'h', namespace },
  spec: { scaleTargetRef, maxReplicas: 9 }
})
const web = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }
const cluster = [...nodes, ...makeDeployment('web', ['a', 'b'])]
const pinsUnder = (...objects: Json[]) => codesOf(importObjects([...cluster, ...objects]).report.pinned, 'default/web')

describe('a workload that a HorizontalPodAutoscaler scales', () => {
  it.each([
    ['its own', scaler(web), true],
    ['one that KEDA made', scaler({ ...web, apiVersion: 'apps/v1' }, 'default', 'autoscaling/v1'), true],
    ['one that names no group', scaler({ kind: 'Deployment', name: 'web' }), true],
    ['one of another namespace', scaler(web, 'other'), false],
    ['one of another name', scaler({ ...web, name: 'api' }), false],
    ['one of another kind', scaler({ ...web, kind: 'StatefulSet' }), false],
    ['one of a kind of that name elsewhere', scaler({ ...web, apiVersion: 'x.io/v1' }), false],
    ['an autoscaler of another group', scaler(web, 'default', 'x.io/v1'), false]
  ])('%s: %#', (_, object, isScaled) => {
    expect(pinsUnder(object)).toEqual(isScaled ? ['horizontal-autoscaler'] : [])
  })

  it('is pinned with what helps', () => {
    const { report, problem } = importObjects([...cluster, scaler(web)])
    expect(report.pinned).toEqual([
      {
        kind: 'Deployment',
        id: 'default/web',
        code: 'horizontal-autoscaler',
        reason: 'the HorizontalPodAutoscaler default/h scales it, and would take a pod more away again',
        remedy: 'withoutSurge "stop-first" (--without-surge stop-first)'
      }
    ])
    expect(problem.deployments[0]?.movable).toBe(false)
  })

  it('stops first where it may, as far as its budget lets it go without a pod more', async () => {
    const budget = (spec: Json) => ({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'b', namespace: 'default' },
      spec: { selector: { matchLabels: { app: 'web' } }, ...spec }
    })
    const at = (...more: Json[]) =>
      importObjects([...cluster, ...makeDeployment('free', ['c']), scaler(web), ...more], {
        withoutSurge: 'stop-first'
      })
    const scaled = at(budget({ minAvailable: 1 }))
    expect(deploymentOf(scaled, 'default/deployment/web')).toMatchObject({
      movable: true,
      maxSurge: 0,
      maxUnavailable: 1
    })
    expect(deploymentOf(scaled, 'default/deployment/free')).toMatchObject({ movable: true, maxUnavailable: 0 })
    expect(scaled.problem.migration.rungs).toContain('stop-first')
    expect(deploymentOf(at(budget({ minAvailable: 2 })), 'default/deployment/web').movable).toBe(false)
    const { plan } = await compact(scaled.problem, { solver: 'greedy', workLimit: 500, threads: 1 })
    const steps = plan.steps.flatMap((step) =>
      'replica' in step && step.replica.startsWith('default/web') ? [step.action] : []
    )
    expect(steps.length).toBeGreaterThan(0)
    expect(steps.indexOf('stop')).toBeLessThan(steps.indexOf('start'))
  })

  it('is one like others whose kind may be evicted', () => {
    const pod = makePod('p', { node: 'a', owner: { kind: 'Rollout', name: 'r', apiVersion: 'argoproj.io/v1alpha1' } })
    const target = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'r' }
    const imported = importObjects([...nodes, pod, scaler(target)], { movableControllers: ['Rollout'] })
    expect(deploymentOf(imported, 'default/rollout/r')).toMatchObject({
      movable: true,
      maxSurge: 0,
      maxUnavailable: 1
    })
    expect(imported.problem.migration.rungs).toContain('stop-first')
  })

  it('and whose pods are yet to be made is pinned, too', () => {
    const objects = [...nodes, makeWorkload('Deployment', 'web', {}, { replicas: 2 }), scaler(web)]
    expect(codesOf(importObjects(objects).report.pinned, 'default/web')).toEqual(['horizontal-autoscaler'])
  })
})

describe('a snapshot', () => {
  const isUnknown = (...objects: Json[]) =>
    codesOf(importObjects(objects).report.adapted, 'horizontalpodautoscalers').includes('autoscalers-unknown')

  it('without autoscalers says so once, where something could be scaled', () => {
    expect(isUnknown(...cluster, ...makeDeployment('api', ['a']))).toBe(true)
    expect(isUnknown(...cluster, scaler({ ...web, name: 'other' }))).toBe(false)
    expect(isUnknown(...nodes, makePod('p', { node: 'a' }))).toBe(false)
    expect(
      isUnknown(...cluster, { kind: 'HorizontalPodAutoscalerList', apiVersion: 'autoscaling/v2', items: [] })
    ).toBe(false)
  })

  it('with one that says not what it scales is refused', () => {
    expect(faultsOf(() => importObjects([...cluster, { ...scaler(web), spec: {} }]))).toEqual([
      expect.stringContaining('spec.scaleTargetRef: ')
    ])
  })
})

import { describe, expect, it } from 'vitest'
import {
  codesOf,
  deploymentOf,
  importObjects,
  type Json,
  makeDeployment,
  makeNode,
  makePod,
  makeWorkload
} from './cluster-objects.js'

const nodes = ['a', 'b', 'c'].map((name) => makeNode(name))
const budget = (name: string, spec: Json, apiVersion = 'policy/v1') => ({
  apiVersion,
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace: 'default' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec }
})
const pinsUnder = (...budgets: Json[]) =>
  codesOf(importObjects([...nodes, ...makeDeployment('web', ['a', 'b', 'c']), ...budgets]).report.pinned, 'default/web')

describe('a disruption budget', () => {
  it.each([
    [{ minAvailable: 3 }, []],
    [{ minAvailable: 4 }, ['disruption-budget']],
    [{ minAvailable: '50%' }, []],
    [{ minAvailable: '100%' }, ['disruption-budget']],
    [{ maxUnavailable: 1 }, []],
    [{ maxUnavailable: '10%' }, []],
    [{ maxUnavailable: 0 }, ['disruption-budget']],
    [{ maxUnavailable: '0%' }, ['disruption-budget']],
    [{}, ['disruption-budget']],
    [{ minAvailable: 4, selector: { matchLabels: { app: 'other' } } }, []],
    [{ minAvailable: 4, selector: {} }, ['disruption-budget']],
    [{ minAvailable: 4, selector: null }, []]
  ])('that says %j pins with %j, when one more pod is ready', (spec, codes) => {
    expect(pinsUnder(budget('b', spec))).toEqual(codes)
  })

  it('counts pods that are ready, and the scale of their owners', () => {
    const unready = makePod('web-abc12-9', {
      node: 'a',
      labels: { app: 'web', 'pod-template-hash': 'abc12' },
      owner: { kind: 'ReplicaSet', name: 'web-abc12' },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] }
    })
    const objects = [...nodes, ...makeDeployment('web', ['a', 'b', 'c'], {}, 4), unready]
    const pins = (spec: Json) => codesOf(importObjects([...objects, budget('b', spec)]).report.pinned, 'default/web')
    // Four are wanted and three are ready: of five in a surge one may be missing, and is.
    expect(pins({ maxUnavailable: 1 })).toEqual(['disruption-budget'])
    expect(pins({ maxUnavailable: 2 })).toEqual([])
  })

  it('of before policy/v1 selects nothing with an empty selector', () => {
    expect(pinsUnder(budget('b', { minAvailable: 4, selector: {} }, 'policy/v1beta1'))).toEqual([])
  })

  it('beside another one makes pods that cannot be evicted', () => {
    const { report } = importObjects([
      ...nodes,
      ...makeDeployment('web', ['a']),
      budget('x', { maxUnavailable: 1 }),
      budget('y', { maxUnavailable: 1 })
    ])
    expect(report.pinned).toMatchObject([{ kind: 'Deployment', id: 'default/web', code: 'two-disruption-budgets' }])
    expect(report.pinned[0]?.reason).toContain('default/x and default/y')
  })

  it('is named among the first of many over one pod', () => {
    const many = Array.from({ length: 9 }, (_, index) => budget(`b${index}`, { maxUnavailable: 1 }))
    const { report } = importObjects([...nodes, ...makeDeployment('web', ['a']), ...many])
    expect(report.pinned[0]?.reason).toContain('under 9 disruption budgets, default/b0, default/b1, ')
    expect(report.pinned[0]?.reason).toContain('default/b4 and 4 more')
  })

  it('over pods whose owner has no scale lets none go', () => {
    const job = makePod('j', {
      node: 'a',
      labels: { app: 'web' },
      owner: { kind: 'Job', name: 'j', apiVersion: 'batch/v1' }
    })
    const { report } = importObjects([
      ...nodes,
      job,
      ...makeDeployment('web', ['b']),
      budget('b', { maxUnavailable: 1 })
    ])
    expect(codesOf(report.pinned, 'default/web')).toEqual(['disruption-budget'])
  })

  it('says how many pods of a StatefulSet may stop first', () => {
    const pods = ['a', 'b', 'c'].map((node, index) =>
      makePod(`web-${index}`, { node, labels: { app: 'web' }, owner: { kind: 'StatefulSet', name: 'web' } })
    )
    const objects = [...nodes, makeWorkload('StatefulSet', 'web', {}, { replicas: 3 }), ...pods]
    const stopFirst = (...budgets: Json[]) => importObjects([...objects, ...budgets], { withoutSurge: 'stop-first' })
    const id = 'default/statefulset/web'
    expect(deploymentOf(stopFirst(), id)).toMatchObject({ movable: true, maxSurge: 0, maxUnavailable: 1 })
    expect(stopFirst().problem.migration.rungs).toContain('stop-first')
    expect(deploymentOf(stopFirst(budget('b', { maxUnavailable: 2 })), id)).toMatchObject({
      maxSurge: 0,
      maxUnavailable: 2
    })
    expect(deploymentOf(stopFirst(budget('b', { minAvailable: 3 })), id)).toMatchObject({ movable: false })
    expect(deploymentOf(importObjects(objects), id)).toMatchObject({ movable: false })
  })

  it('counts on no replacement that starts first of controllers that nobody can ask for one', () => {
    const pod = makePod('p', { node: 'a', labels: { app: 'web' }, owner: { kind: 'Rollout', name: 'r' } })
    const movable = (spec: Json) =>
      importObjects([...nodes, pod, budget('b', spec)], { movableControllers: ['Rollout'] }).problem.deployments[0]
        ?.movable
    expect(movable({ minAvailable: 1 })).toBe(false)
    expect(movable({ maxUnavailable: 1 })).toBe(true)
  })

  it('that is none is refused', () => {
    expect(() =>
      importObjects([...nodes, ...makeDeployment('web', ['a']), budget('b', { maxUnavailable: 'half' })])
    ).toThrow('a count, or a share such as "50%"')
  })
})

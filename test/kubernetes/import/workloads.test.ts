import { describe, expect, it } from 'vitest'
import {
  codesOf,
  deploymentOf,
  importObjects,
  type Json,
  makeDeployment,
  makeNode,
  makePod,
  makeSpec,
  makeWorkload
} from './cluster-objects.js'

const node = makeNode('n')
const set = { kind: 'ReplicaSet', name: 'web-abc12' }
const labels = { app: 'web', 'pod-template-hash': 'abc12' }

describe('the owner of pods', () => {
  it('is followed up to the Deployment, also where its ReplicaSet is not there', () => {
    const whole = importObjects([node, ...makeDeployment('web', ['n'])])
    expect(whole.problem.deployments.map(({ id }) => id)).toEqual(['default/deployment/web'])
    const concluded = importObjects([node, makePod('p', { node: 'n', labels, owner: set })])
    expect(concluded.problem.deployments.map(({ id }) => id)).toEqual(['default/deployment/web'])
    expect(codesOf(concluded.report.adapted, 'default/web')).toEqual(['desired-unknown'])
    const alone = importObjects([node, makePod('p', { node: 'n', owner: { kind: 'ReplicaSet', name: 'calico' } })])
    expect(alone.problem.deployments.map(({ id }) => id)).toEqual(['default/replicaset/calico'])
  })

  it('may be a custom one above a ReplicaSet', () => {
    const above = {
      ownerReferences: [
        { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web', uid: 'u', controller: true }
      ]
    }
    const objects = [
      node,
      makeWorkload('ReplicaSet', 'web-abc12', { metadata: above }, { replicas: 1 }),
      makePod('p', { node: 'n', labels, owner: set })
    ]
    const { problem, report } = importObjects(objects)
    expect(problem.deployments.map(({ id }) => id)).toEqual(['default/rollout/web'])
    expect(codesOf(report.pinned, 'default/web')).toEqual(['unknown-controller'])
  })
})

describe('a workload', () => {
  it('wants what its specification says: pods that are not there yet wait for a node', () => {
    const { problem, report } = importObjects([node, ...makeDeployment('web', ['n', null], {}, 4)])
    expect(problem.deployments[0]?.replicas).toBe(4)
    expect(problem.replicas.map(({ node: place }) => place)).toEqual(['n', null])
    expect(problem.pending).toBe('best-effort')
    expect(codesOf(report.adapted, 'default/web')).toEqual(['missing-pods'])
    expect(importObjects([node, ...makeDeployment('web', [null])], { pending: 'required' }).problem.pending).toBe(
      'required'
    )
  })

  it('without any pods waits with all of them', () => {
    const spec = makeSpec({ cpu: '1' })
    const { problem, report } = importObjects([
      node,
      makeWorkload('Deployment', 'web', { spec }, { replicas: 3 }),
      makeWorkload('ReplicaSet', 'alone', { spec }, {}),
      makeWorkload('Deployment', 'none', { spec }, { replicas: 0 })
    ])
    expect(problem.deployments.map(({ id, replicas }) => [id, replicas])).toEqual([
      ['default/deployment/web', 3],
      ['default/replicaset/alone', 1]
    ])
    expect(report.adapted.filter(({ code }) => code === 'missing-pods').map(({ reason }) => reason)).toEqual([
      'none of its 3 pods is there, and they wait for a node',
      'its only pod is not there, and waits for a node'
    ])
  })

  it('about to lose pods is pinned, as its controller chooses which', () => {
    const { problem, report } = importObjects([node, ...makeDeployment('web', ['n', 'n'], {}, 1)])
    expect(problem.deployments[0]).toMatchObject({ replicas: 2, movable: false })
    expect(codesOf(report.pinned, 'default/web')).toEqual(['scaling-down'])
  })

  it('under rollout is pinned, with a deployment for each revision', () => {
    const old = makePod('web-old99-0', {
      node: 'n',
      labels: { app: 'web', 'pod-template-hash': 'old99' },
      owner: { kind: 'ReplicaSet', name: 'web-old99' }
    })
    const { problem, report } = importObjects([node, ...makeDeployment('web', ['n', 'n']), old])
    expect(problem.deployments.map(({ id, replicas, movable }) => [id, replicas, movable])).toEqual([
      ['default/deployment/web', 2, false],
      ['default/deployment/web@old99', 1, false]
    ])
    expect(new Set(codesOf(report.pinned, 'default/web'))).toEqual(new Set(['rollout']))
    const [deployment, ...rest] = makeDeployment('web', ['n'])
    const behind = {
      ...deployment,
      metadata: { ...(deployment?.metadata as Json), generation: 3 },
      status: { observedGeneration: 2 }
    }
    expect(codesOf(importObjects([node, behind, ...rest]).report.pinned, 'default/web')).toEqual(['rollout'])
  })

  it('whose new template has no pods yet is pinned, and starts none like its old ones', () => {
    const [deployment, ...rest] = makeDeployment('web', ['n'], {}, 2)
    const at = (status: Json) => importObjects([node, { ...deployment, status }, ...rest])
    const stalled = at({ observedGeneration: 3, replicas: 1 })
    expect(codesOf(stalled.report.pinned, 'default/web')).toEqual(['rollout'])
    expect(stalled.problem.deployments[0]).toMatchObject({ replicas: 1, movable: false })
    const done = at({ observedGeneration: 3, replicas: 1, updatedReplicas: 1 })
    expect(done.problem.deployments[0]).toMatchObject({ replicas: 2, movable: true })
    expect(at({ replicas: 1 }).problem.deployments[0]).toMatchObject({ movable: true })
  })

  it('whose pods were made smaller where they run is pinned, as a new one asks for more', () => {
    const template = makeWorkload('Deployment', 'web', { labels, spec: makeSpec({ cpu: '2' }) }, { replicas: 1 })
    const codesAt = (cpu: string, generation?: number) => {
      const [, replicaSet] = makeDeployment('web', [])
      const pod = makePod('web-abc12-0', { node: 'n', labels, owner: set, spec: makeSpec({ cpu }) })
      const changed = { ...pod, metadata: { ...(pod.metadata as Json), generation } }
      return codesOf(importObjects([node, template, replicaSet, changed]).report.pinned, 'default/web')
    }
    expect(codesAt('500m', 2)).toEqual(['resized'])
    expect(codesAt('500m', 1)).toEqual([])
    expect(codesAt('500m')).toEqual([])
    expect(codesAt('2', 3)).toEqual([])
    expect(codesAt('3', 2)).toEqual([])
  })

  it('whose pods differ is pinned, each form with its own demand', () => {
    const [deployment, replicaSet, first] = makeDeployment('web', ['n'], {}, 2)
    const resized = makePod('web-abc12-1', { node: 'n', labels, owner: set, spec: makeSpec({ cpu: '2' }) })
    const imported = importObjects([node, deployment, replicaSet, first, resized])
    expect(imported.problem.deployments.map(({ demand, movable }) => [demand.cpu, movable])).toEqual([
      [0.5, false],
      [2, false]
    ])
    expect(codesOf(imported.report.pinned, 'default/web')).toContain('unlike-pods')
  })
})

describe('a pod', () => {
  it('that is being deleted is draining, beside the one that takes its place', () => {
    const leaving = makePod('web-abc12-9', {
      node: 'n',
      labels,
      owner: set,
      metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' }
    })
    const gone = makePod('web-abc12-8', { labels, owner: set, metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } })
    const { problem, report } = importObjects([node, ...makeDeployment('web', ['n']), leaving, gone])
    expect(problem.deployments[0]).toMatchObject({ replicas: 1, movable: true })
    expect(problem.replicas.map(({ id, state }) => [id, state])).toEqual([
      ['default/web-abc12-0', 'running'],
      ['default/web-abc12-9', 'draining']
    ])
    expect(codesOf(report.leftOut, 'default/web')).toEqual(['never-started'])
  })

  it('that waits for its gates is not planned for', () => {
    const gated = makePod('web-abc12-1', {
      labels,
      owner: set,
      spec: makeSpec({}, { schedulingGates: [{ name: 'g' }] })
    })
    const { problem, report } = importObjects([node, ...makeDeployment('web', ['n'], { spec: makeSpec({}) }, 2), gated])
    expect(problem.deployments[0]?.replicas).toBe(1)
    expect(codesOf(report.leftOut, 'default/web')).toEqual(['scheduling-gated'])
  })

  it('says how long it takes to start and to end, and how important it is', () => {
    const at = (seconds: number, restartCount = 0) => ({
      phase: 'Running',
      conditions: [
        { type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' },
        {
          type: 'Ready',
          status: 'True',
          lastTransitionTime: new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString()
        }
      ],
      containerStatuses: [{ restartCount }]
    })
    const spec = makeSpec({}, { terminationGracePeriodSeconds: 120, priority: 2_000_000_000 })
    const pods = [at(20), at(30), at(90), at(5000), at(2, 1)].map((status, index) =>
      makePod(`web-${index}`, { node: 'n', labels, owner: set, spec, status })
    )
    const imported = importObjects([node, ...pods])
    expect(deploymentOf(imported, 'default/deployment/web')).toMatchObject({
      startupSeconds: 30,
      drainSeconds: 120,
      priority: 1e9
    })
    expect(codesOf(imported.report.adapted, 'default/web')).toContain('priority-limit')
  })
})

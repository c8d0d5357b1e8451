import { describe, expect, it } from 'vitest'
import type { KubernetesImportOptions } from '../../../src/adapters/kubernetes/import/options.js'
import {
  codesOf,
  importObjects,
  type Json,
  makeDeployment,
  makeNode,
  makePod,
  makeSpec,
  makeWorkload
} from './cluster-objects.js'

const node = makeNode('n')
const pinsOf = (parts: Parameters<typeof makeDeployment>[2], options: KubernetesImportOptions = {}) =>
  codesOf(importObjects([node, ...makeDeployment('web', ['n'], parts)], options).report.pinned, 'default/web')
const annotated = (annotations: Record<string, string>) => ({ annotations })
const withVolumes = (...volumes: Json[]) => ({
  spec: makeSpec({}, { volumes: volumes.map((volume, index) => ({ name: `v${index}`, ...volume })) })
})

describe('pods stay where they are', () => {
  it.each([
    ['cluster-autoscaler.kubernetes.io/safe-to-evict', 'false', ['safe-to-evict']],
    ['cluster-autoscaler.kubernetes.io/safe-to-evict', 'true', []],
    ['karpenter.sh/do-not-disrupt', 'true', ['do-not-disrupt']],
    ['karpenter.sh/do-not-disrupt', 'false', []],
    ['karpenter.sh/do-not-evict', 'true', ['do-not-disrupt']]
  ])('as the annotation %s: %s says', (key, value, codes) => {
    expect(pinsOf(annotated({ [key]: value }))).toEqual(codes)
  })

  it.each([
    [{ emptyDir: {} }, ['local-storage']],
    [{ emptyDir: { medium: 'Memory' } }, []],
    [{ hostPath: { path: '/x' } }, ['local-storage']],
    [{ persistentVolumeClaim: { claimName: 'c' } }, ['persistent-volume']],
    [{ ephemeral: {} }, ['persistent-volume']],
    [{ configMap: {} }, []],
    [{ emptyDir: null, secret: {} }, []]
  ])('with the volume %j', (volume, codes) => {
    expect(pinsOf(withVolumes(volume))).toEqual(codes)
    expect(pinsOf(withVolumes(volume), { localStorage: 'move', persistentVolumes: 'move' })).toEqual([])
  })

  it('unless their local storage is declared safe', () => {
    const volumes = withVolumes({ emptyDir: {} }, { emptyDir: {} })
    const key = 'cluster-autoscaler.kubernetes.io/safe-to-evict'
    expect(pinsOf({ ...volumes, ...annotated({ [key]: 'true' }) })).toEqual([])
    expect(pinsOf({ ...volumes, ...annotated({ [`${key}-local-volumes`]: 'v0,v1' }) })).toEqual([])
    expect(pinsOf({ ...volumes, ...annotated({ [`${key}-local-volumes`]: 'v0' }) })).toEqual(['local-storage'])
  })

  it('where nobody would make them anew, or nobody knows what would', () => {
    const owned = (kind: string, options: KubernetesImportOptions = {}) =>
      importObjects([node, makePod('p', { node: 'n', owner: { kind, name: 'o' } })], options).report.pinned.map(
        ({ code }) => code
      )
    expect(importObjects([node, makePod('p', { node: 'n' })]).report.pinned.map(({ code }) => code)).toEqual([
      'bare-pod'
    ])
    expect(owned('Job')).toEqual(['job'])
    expect(owned('StatefulSet')).toEqual(['stateful-set'])
    expect(owned('StatefulSet', { withoutSurge: 'stop-first' })).toEqual([])
    expect(owned('Rollout')).toEqual(['unknown-controller'])
    expect(owned('Rollout', { movableControllers: ['Rollout'] })).toEqual([])
    expect(owned('Rollout', { movableControllers: ['rollout'] })).toEqual([])
    expect(owned('ReplicaSet')).toEqual([])
  })

  it('where they run together with others or not at all, even when StatefulSets may move', () => {
    const owner = { kind: 'StatefulSet', name: 'serve' }
    const labels = { 'leaderworkerset.sigs.k8s.io/name': 'serve' }
    const objects = [node, makePod('serve-0', { node: 'n', owner, labels })]
    const { report } = importObjects(objects, { withoutSurge: 'stop-first' })
    expect(codesOf(report.pinned, 'default/serve')).toEqual(['gang'])
  })

  it('where another scheduler places them, or devices are claimed', () => {
    expect(pinsOf({ spec: makeSpec({}, { schedulerName: 'volcano' }) })).toEqual(['other-scheduler'])
    expect(pinsOf({ spec: makeSpec({}, { schedulerName: 'gke.io/optimize-utilization-scheduler' }) })).toEqual([])
    expect(pinsOf({ spec: makeSpec({}, { schedulerName: 'volcano' }) }, { schedulers: ['volcano'] })).toEqual([])
    expect(pinsOf({ spec: makeSpec({}, { resourceClaims: [{ name: 'gpu' }] }) })).toEqual(['resource-claims'])
  })

  it.each([
    ['a node by name', { nodeName: 'n' }, {}, 'named-node'],
    ['scheduling gates', { schedulingGates: [{ name: 'quota' }] }, {}, 'scheduling-gated'],
    ['a queue', {}, { 'kueue.x-k8s.io/managed': 'true' }, 'queued']
  ])('where the template has %s for new ones, and these do not start', (_, more, labels, code) => {
    const template = makeWorkload('Deployment', 'web', { labels, spec: makeSpec({}, more) }, { replicas: 2 })
    const [, ...running] = makeDeployment('web', ['n'], { labels }, 2)
    const one = importObjects([node, template, ...running])
    expect(codesOf(one.report.pinned, 'default/web')).toEqual([code])
    expect(codesOf(one.report.leftOut, 'default/web')).toEqual([code])
    expect(one.problem.deployments).toMatchObject([{ replicas: 1, movable: false }])
  })

  it('where they hold parts of devices that only an extension of the scheduler can tell apart', () => {
    expect(pinsOf({ spec: makeSpec({ 'aliyun.com/gpu-mem': '12' }) })).toEqual(['device-parts'])
    expect(pinsOf({ spec: makeSpec({ 'nvidia.com/gpumem': '0' }) })).toEqual([])
    expect(pinsOf({ spec: makeSpec({ 'nvidia.com/mig-1g.5gb': '1', 'nvidia.com/gpu.shared': '1' }) })).toEqual([])
  })

  it('one by one, where the others may move', () => {
    const [deployment, set, ...pods] = makeDeployment('web', ['n', 'n'])
    const kept = {
      ...pods[1],
      metadata: { ...(pods[1]?.metadata as Json), annotations: { 'karpenter.sh/do-not-disrupt': 'true' } }
    }
    const { problem, report } = importObjects([node, deployment, set, pods[0], kept])
    expect(problem.deployments[0]?.movable).toBe(true)
    expect(problem.replicas.map(({ movable }) => movable)).toEqual([undefined, false])
    expect(report.pinned).toMatchObject([{ kind: 'Pod', id: 'default/web-abc12-1', code: 'do-not-disrupt' }])
  })

  it('where they are not ready and not about to be, or their node is not', () => {
    const at = (status: Json) =>
      importObjects([node, makePod('p', { node: 'n', owner: { kind: 'ReplicaSet', name: 'r' }, status })])
    const unready = (lastTransitionTime: string, containerStatuses: Json[] = []) =>
      at({
        phase: 'Running',
        startTime: '2026-01-01T00:00:00Z',
        conditions: [{ type: 'Ready', status: 'False', lastTransitionTime }],
        containerStatuses
      })
    const starting = unready('2026-01-01T00:00:00Z')
    expect(starting.problem.replicas[0]?.state).toBe('starting')
    expect(starting.report.pinned).toEqual([])
    const lost = unready('2026-01-01T01:00:00Z')
    expect(lost.problem.replicas[0]?.state).toBe('running')
    expect(lost.report.pinned.map(({ code }) => code)).toEqual(['not-ready'])
    const crashing = unready('2026-01-01T00:00:00Z', [{ state: { waiting: { reason: 'CrashLoopBackOff' } } }])
    expect(crashing.report.pinned[0]?.reason).toContain('CrashLoopBackOff')
    const broken = makeNode('n', { status: { conditions: [{ type: 'Ready', status: 'False' }] } })
    expect(importObjects([broken, ...makeDeployment('web', ['n'])]).report.pinned.map(({ code }) => code)).toEqual([
      'node-not-ready'
    ])
  })
})

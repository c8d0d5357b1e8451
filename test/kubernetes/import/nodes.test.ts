import { describe, expect, it } from 'vitest'
import {
  codesOf,
  faultsOf,
  importObjects,
  makeDaemonPod,
  makeDeployment,
  makeNode,
  makePod,
  makeSpec,
  makeWorkload,
  nodeOf
} from './cluster-objects.js'

const half = makeSpec({ cpu: '500m', memory: '1Gi' })

describe('the capacity of a node', () => {
  it('is what is allocatable, less the pods of DaemonSets and those that the kubelet made', () => {
    const imported = importObjects([
      makeNode('n'),
      makeDaemonPod('agent', 'n', { spec: half }),
      makePod('static', { node: 'n', spec: half, annotations: { 'kubernetes.io/config.mirror': 'x' } }),
      makePod('owned', { node: 'n', spec: half, owner: { kind: 'Node', name: 'n', apiVersion: 'v1' } }),
      makePod('ended', { node: 'n', spec: half, status: { phase: 'Succeeded' } }),
      ...makeDeployment('web', ['n'])
    ])
    expect(nodeOf(imported, 'n').capacity).toEqual({ cpu: 2.5, memory: 13 })
    expect(imported.problem.replicas.map(({ id }) => id)).toEqual(['default/web-abc12-0'])
    expect(imported.report.leftOut.map(({ id, code }) => `${id} ${code}`)).toEqual([
      'default/agent belongs-to-node',
      'default/static belongs-to-node',
      'default/n belongs-to-node',
      'default/ended ended'
    ])
  })

  it('is less pods of a DaemonSet on their way to it, and of one that was not applied yet', () => {
    const bound = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }] }]
        }
      }
    }
    const waiting = makePod('agent-x', {
      spec: { ...half, affinity: bound },
      owner: { kind: 'DaemonSet', name: 'agent' }
    })
    const planned = makeWorkload('DaemonSet', 'later', { spec: { ...half, nodeSelector: { disk: 'ssd' } } })
    const imported = importObjects([
      makeNode('n'),
      makeNode('m', {
        labels: { disk: 'ssd' },
        spec: { taints: [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }] }
      }),
      waiting,
      planned
    ])
    expect(nodeOf(imported, 'n').capacity).toEqual({ cpu: 3.5, memory: 15 })
    expect(nodeOf(imported, 'm').capacity).toEqual({ cpu: 3.5, memory: 15 })
  })

  it('is less pods that a DaemonSet lacks, as its controller says', () => {
    const roomOf = (desiredNumberScheduled: number) => {
      const status = { desiredNumberScheduled }
      const agent = makeWorkload('DaemonSet', 'agent', { spec: half, status })
      const imported = importObjects([makeNode('n'), makeNode('m'), agent, makeDaemonPod('agent', 'n', { spec: half })])
      expect(nodeOf(imported, 'n').capacity.cpu).toBe(3.5)
      return nodeOf(imported, 'm').capacity.cpu
    }
    expect(roomOf(2)).toBe(3.5)
    expect(roomOf(1)).toBe(4)
  })

  it('counts pods where their number may be the limit', () => {
    const small = makeNode('n', { status: { allocatable: { cpu: '4', memory: '16Gi', pods: '3' } } })
    const tiny = makeSpec({ cpu: '10m' })
    const few = importObjects([small, ...makeDeployment('web', ['n'], { spec: tiny })])
    expect(nodeOf(few, 'n').capacity).toEqual({ cpu: 4, memory: 16 })
    const many = importObjects([
      small,
      makeDaemonPod('agent', 'n', { spec: tiny }),
      ...makeDeployment('web', ['n', 'n'], { spec: tiny })
    ])
    expect(nodeOf(many, 'n').capacity).toEqual({ cpu: 3.99, memory: 16, pods: 2 })
    expect(many.problem.deployments[0]?.demand).toEqual({ cpu: 0.01, pods: 1 })
    const large = importObjects([small, ...makeDeployment('web', ['n', 'n'], { spec: makeSpec({ cpu: '2' }) })])
    expect(nodeOf(large, 'n').capacity).not.toHaveProperty('pods')
  })

  it('may be exceeded already, and it says so', () => {
    const imported = importObjects([
      makeNode('n'),
      makeDaemonPod('agent', 'n', { spec: makeSpec({ cpu: '5' }) }),
      ...makeDeployment('web', ['n'])
    ])
    expect(nodeOf(imported, 'n').capacity).toEqual({ cpu: 0, memory: 16 })
    expect(codesOf(imported.report.adapted, 'n')).toEqual(['overfull', 'overdrawn'])
  })

  it('keeps the devices that pods still hold', () => {
    const imported = importObjects([
      makeNode('n'),
      makeNode('m'),
      ...makeDeployment('web', ['n'], { spec: makeSpec({ 'nvidia.com/gpu': 2 }) })
    ])
    expect(nodeOf(imported, 'n')).toMatchObject({ capacity: { gpu: 2 }, acceptsReplicas: false })
    expect(codesOf(imported.report.adapted, 'n')).toContain('devices-gone')
  })

  it('must be stated', () => {
    expect(faultsOf(() => importObjects([makeNode('n', { status: { allocatable: { memory: '1Gi' } } })]))).toEqual([
      'cluster.json: items[0].status.allocatable: no cpu'
    ])
  })
})

describe('a node', () => {
  it.each([
    ['cordoned', { spec: { unschedulable: true } }, { acceptsReplicas: false, mustEmpty: false }, 'cordoned'],
    [
      'not ready',
      { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } },
      { acceptsReplicas: false, mustEmpty: false },
      'node-not-ready'
    ],
    [
      'being deleted',
      { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } },
      { acceptsReplicas: false, mustEmpty: true },
      'deleted'
    ]
  ])('that is %s takes nobody in', (_, parts, expected, code) => {
    const imported = importObjects([makeNode('n', parts), makeNode('m'), ...makeDeployment('web', ['m'])])
    expect(nodeOf(imported, 'n')).toMatchObject(expected)
    expect(codesOf(imported.report.adapted, 'n')).toEqual([code])
  })

  it.each([
    ['ToBeDeletedByClusterAutoscaler', 'NoSchedule', 'leaving'],
    ['karpenter.sh/disrupted', 'NoSchedule', 'leaving'],
    ['virtual-kubelet.io/provider', 'NoSchedule', 'virtual']
  ])('with the taint %s:%s takes in not even those who tolerate everything', (key, effect, code) => {
    const spec = makeSpec({}, { tolerations: [{ operator: 'Exists' }] })
    const tainted = makeNode('n', { spec: { taints: [{ key, effect }] } })
    const imported = importObjects([tainted, makeNode('m'), ...makeDeployment('web', ['m'], { spec })])
    expect(nodeOf(imported, 'n').acceptsReplicas).toBe(false)
    expect(codesOf(imported.report.adapted, 'n')).toEqual([code])
  })

  it.each([
    [{ labels: { 'node-role.kubernetes.io/control-plane': '' } }, 'control-plane'],
    [{ labels: { 'node-role.kubernetes.io/master': '' } }, 'control-plane'],
    [{ labels: { 'node-role.kubernetes.io/etcd': 'true' } }, 'control-plane'],
    [{ labels: { type: 'virtual-kubelet' } }, 'virtual'],
    [{ annotations: { 'karpenter.sh/do-not-disrupt': 'true' } }, 'do-not-disrupt'],
    [{ annotations: { 'cluster-autoscaler.kubernetes.io/scale-down-disabled': 'true' } }, 'do-not-disrupt']
  ])('with %j is never released', (parts, code) => {
    const imported = importObjects([makeNode('n', parts), ...makeDeployment('web', ['n'])])
    expect(nodeOf(imported, 'n').releasable).toBe(false)
    expect(codesOf(imported.report.pinned, 'n')).toEqual([code])
  })

  it('keeps the labels that people or rules look for, and no others', () => {
    const labels = { 'topology.kubernetes.io/zone': 'a', pool: 'x', build: '17' }
    const imported = importObjects([
      makeNode('n', { labels }),
      ...makeDeployment('web', ['n'], { spec: makeSpec({}, { nodeSelector: { pool: 'x' } }) })
    ])
    expect(nodeOf(imported, 'n').labels).toEqual({ 'topology.kubernetes.io/zone': 'a', pool: 'x' })
  })

  it('that no pod knows is refused, unless its pods are left out', () => {
    const objects = [makeNode('n'), ...makeDeployment('web', ['n', 'gone'])]
    expect(faultsOf(() => importObjects(objects))).toEqual([
      'cluster.json: items[4].spec.nodeName: "gone", which is not among the nodes'
    ])
    const { problem, report } = importObjects(objects, { unknownNodes: 'leave-out' })
    expect(problem.replicas).toHaveLength(1)
    expect(codesOf(report.leftOut, 'default/web')).toEqual(['unknown-node'])
  })

  it('without pods is a fleet: a Problem in which nothing is to be planned', () => {
    const { problem, report } = importObjects([makeNode('n')])
    expect(problem).toMatchObject({ deployments: [], replicas: [] })
    expect(report.adapted.map(({ code }) => code)).toEqual(['nothing-runs'])
  })
})

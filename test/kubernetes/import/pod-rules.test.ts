import { describe, expect, it } from 'vitest'
import {
  codesOf,
  deploymentOf,
  importObjects,
  type Json,
  makeDaemonPod,
  makeDeployment,
  makeNode,
  makePod,
  makeSpec,
  nodeOf
} from './cluster-objects.js'

const zones = ['a', 'a', 'b', 'b'].map((zone, index) => makeNode(`n${index}`, { labels: { zone } }))
const term = (app: string, topologyKey = 'kubernetes.io/hostname', more: Json = {}) => ({
  labelSelector: { matchLabels: { app } },
  topologyKey,
  ...more
})
const required = 'requiredDuringSchedulingIgnoredDuringExecution'
const shunning = (...terms: Json[]) => makeSpec({}, { affinity: { podAntiAffinity: { [required]: terms } } })
const seeking = (...terms: Json[]) => makeSpec({}, { affinity: { podAffinity: { [required]: terms } } })

describe('anti-affinity', () => {
  it('to itself is at most one of it in a domain', () => {
    const spread = importObjects([
      ...zones,
      ...makeDeployment('web', ['n0', 'n2'], { spec: shunning(term('web'), term('web', 'zone')) })
    ])
    expect(spread.problem.rules).toEqual([
      { kind: 'anti-affinity', deployments: ['default/deployment/web'], topologyKey: 'node', max: 1 },
      { kind: 'anti-affinity', deployments: ['default/deployment/web'], topologyKey: 'zone', max: 1 }
    ])
    expect(nodeOf(spread, 'n3').labels).toEqual({ zone: 'b' })
  })

  it('to others is a conflict, whoever says it', () => {
    const { problem } = importObjects([
      ...zones,
      ...makeDeployment('web', ['n0']),
      ...makeDeployment('batch', ['n2'], { spec: shunning(term('web', 'zone')) })
    ])
    expect(problem.rules).toEqual([
      { kind: 'conflict', between: [['default/deployment/batch'], ['default/deployment/web']], topologyKey: 'zone' }
    ])
  })

  it('of a group among itself is one rule', () => {
    const role = { labelSelector: { matchLabels: { role: 'x' } }, topologyKey: 'zone' }
    const parts = { labels: { role: 'x' }, spec: shunning(role) }
    const { problem } = importObjects([
      ...zones,
      ...makeDeployment('a', ['n0'], parts),
      ...makeDeployment('b', ['n2'], parts)
    ])
    expect(problem.rules).toEqual([
      {
        kind: 'anti-affinity',
        deployments: ['default/deployment/a', 'default/deployment/b'],
        topologyKey: 'zone',
        max: 1
      }
    ])
  })

  it('holds in its own namespace, in those it lists or selects, or in all', () => {
    const other = makeDeployment('web', ['n2'], { namespace: 'shop', labels: { app: 'web' } })
    const rules = (more: Json, extra: Json[] = []) =>
      importObjects([
        ...zones,
        ...extra,
        ...other,
        ...makeDeployment('job', ['n0'], { spec: shunning(term('web', 'zone', more)) })
      ]).problem.rules.length
    expect(rules({})).toBe(0)
    expect(rules({ namespaces: ['shop'] })).toBe(1)
    expect(rules({ namespaceSelector: {} })).toBe(1)
    expect(rules({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } })).toBe(1)
    const namespaces = ['shop', 'default'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { team: name } }
    }))
    expect(rules({ namespaceSelector: { matchLabels: { team: 'shop' } } }, namespaces)).toBe(1)
    expect(rules({ namespaceSelector: { matchLabels: { team: 'default' } } }, namespaces)).toBe(0)
  })

  it('by labels of namespaces that are not there pins all whom it may mean', () => {
    const unknown = term('web', 'zone', { namespaceSelector: { matchLabels: { team: 'x' } } })
    const { report } = importObjects([
      ...zones,
      ...makeDeployment('web', ['n2'], { namespace: 'shop' }),
      ...makeDeployment('job', ['n0'], { spec: shunning(unknown) })
    ])
    expect(codesOf(report.pinned, 'default/job')).toEqual(['unknown-namespaces'])
    expect(codesOf(report.pinned, 'shop/web')).toEqual(['unknown-namespaces'])
  })

  it('to its own revision only does not bind other revisions', () => {
    const own = shunning(term('web', 'zone', { matchLabelKeys: ['pod-template-hash'] }))
    const old = makePod('web-old-0', {
      node: 'n1',
      labels: { app: 'web', 'pod-template-hash': 'old' },
      owner: { kind: 'ReplicaSet', name: 'web-old' }
    })
    const { problem } = importObjects([...zones, ...makeDeployment('web', ['n0'], { spec: own }), old])
    expect(problem.rules).toEqual([
      { kind: 'anti-affinity', deployments: ['default/deployment/web'], topologyKey: 'zone', max: 1 }
    ])
  })

  it('and pods of DaemonSets close their domains, whoever says it', () => {
    const agents = makeDaemonPod('agent', 'n0', { labels: { app: 'agent' }, spec: shunning(term('db', 'zone')) })
    const imported = importObjects([
      ...zones,
      agents,
      ...makeDeployment('web', ['n2'], { spec: shunning(term('agent')) }),
      ...makeDeployment('db', ['n2'])
    ])
    const web = Object.keys(deploymentOf(imported, 'default/deployment/web').nodeSelector)
    const db = Object.keys(deploymentOf(imported, 'default/deployment/db').nodeSelector)
    expect(web).toEqual(['near-shunned:app=agent of default by kubernetes.io/hostname'])
    expect(db).toEqual(['near-shunning:app=db of default by zone'])
    const closed = (label: string | undefined) =>
      imported.problem.nodes.filter(({ labels }) => Object.hasOwn(labels, label ?? '')).map(({ id }) => id)
    expect([closed(web[0]), closed(db[0])]).toEqual([['n0'], ['n0', 'n1']])
  })

  it('by hostnames that are no names of nodes is by the label', () => {
    const nodes = ['x', 'y'].map((name) => makeNode(name, { labels: { 'kubernetes.io/hostname': 'minikube' } }))
    const { problem } = importObjects([...nodes, ...makeDeployment('web', ['x'], { spec: shunning(term('web')) })])
    expect(problem.rules[0]).toMatchObject({ topologyKey: 'kubernetes.io/hostname' })
    expect(problem.nodes[0]?.labels).toEqual({ 'kubernetes.io/hostname': 'minikube' })
  })
})

describe('affinity', () => {
  const nearTo = (imported: ReturnType<typeof importObjects>, id: string) => {
    const label = Object.keys(deploymentOf(imported, id).nodeSelector).find((name) => name.startsWith('near:')) ?? ''
    return imported.problem.nodes.filter(({ labels }) => Object.hasOwn(labels, label)).map((node) => node.id)
  }

  it('to others keeps these in their one domain, and lets it start there', () => {
    const imported = importObjects([
      ...zones,
      ...makeDeployment('db', ['n2', 'n3']),
      ...makeDeployment('web', ['n3'], { spec: seeking(term('db', 'zone')) })
    ])
    expect(nearTo(imported, 'default/deployment/web')).toEqual(['n2', 'n3'])
    expect(nearTo(imported, 'default/deployment/db')).toEqual(['n2', 'n3'])
    expect(imported.report.pinned).toEqual([])
  })

  it('to others in several domains pins these', () => {
    const imported = importObjects([
      ...zones,
      ...makeDeployment('db', ['n0', 'n3']),
      ...makeDeployment('web', ['n3'], { spec: seeking(term('db')) })
    ])
    expect(codesOf(imported.report.pinned, 'default/db')).toEqual(['affinity-anchor'])
    expect(nearTo(imported, 'default/deployment/web')).toEqual(['n0', 'n3'])
  })

  it('to pods of a DaemonSet lets it start beside them', () => {
    const imported = importObjects([
      ...zones,
      makeDaemonPod('agent', 'n1', { labels: { app: 'agent' } }),
      ...makeDeployment('web', ['n1'], { spec: seeking(term('agent')) })
    ])
    expect(nearTo(imported, 'default/deployment/web')).toEqual(['n1'])
  })

  it('to itself keeps it in its domain, or starts it in one', () => {
    const spec = seeking(term('web', 'zone'))
    expect(
      nearTo(importObjects([...zones, ...makeDeployment('web', ['n0', 'n1'], { spec })]), 'default/deployment/web')
    ).toEqual(['n0', 'n1'])
    expect(
      codesOf(importObjects([...zones, ...makeDeployment('web', ['n0', 'n2'], { spec })]).report.pinned, 'default/web')
    ).toEqual(['affinity-anchor'])
    const waiting = importObjects([...zones, ...makeDeployment('web', [null, null], { spec })])
    expect(waiting.problem.rules).toEqual([
      { kind: 'affinity', deployments: ['default/deployment/web'], topologyKey: 'zone' }
    ])
    expect(deploymentOf(waiting, 'default/deployment/web').nodeSelector).toEqual({ zone: { exists: true } })
  })

  it('that nothing meets pins what runs and leaves out what waits', () => {
    const { problem, report } = importObjects([
      ...zones,
      ...makeDeployment('web', ['n0', null], { spec: seeking(term('db')) })
    ])
    expect(problem.replicas.map(({ id }) => id)).toEqual(['default/web-abc12-0'])
    expect(problem.deployments[0]).toMatchObject({ replicas: 1, movable: false })
    expect(codesOf(report.leftOut, 'default/web')).toEqual(['affinity-unmet'])
  })
})

describe('ports of the node', () => {
  const on = (hostPort: number, hostIP?: string) => ({
    containers: [{ ports: [{ containerPort: 1, hostPort, ...(hostIP && { hostIP }) }] }]
  })

  it('are taken once on each node', () => {
    const alone = importObjects([...zones, ...makeDeployment('web', ['n0'], { spec: on(80) })])
    expect(deploymentOf(alone, 'default/deployment/web').maxReplicasPerNode).toBe(1)
    const shared = importObjects([
      ...zones,
      ...makeDeployment('a', ['n0'], { spec: on(80) }),
      ...makeDeployment('b', ['n1'], { spec: on(80) })
    ])
    expect(shared.problem.rules).toEqual([
      {
        kind: 'anti-affinity',
        deployments: ['default/deployment/a', 'default/deployment/b'],
        topologyKey: 'node',
        max: 1
      }
    ])
  })

  it('of several addresses only collide with all of them', () => {
    const objects = [
      ...makeDeployment('a', ['n0'], { spec: on(80, '10.0.0.1') }),
      ...makeDeployment('b', ['n0'], { spec: on(80, '10.0.0.2') })
    ]
    expect(importObjects([...zones, ...objects]).problem.rules).toEqual([])
    const { problem } = importObjects([...zones, ...objects, ...makeDeployment('all', ['n1'], { spec: on(80) })])
    expect(problem.rules).toEqual([
      {
        kind: 'conflict',
        between: [['default/deployment/all'], ['default/deployment/a', 'default/deployment/b']],
        topologyKey: 'node'
      }
    ])
  })

  it('that a DaemonSet has close its nodes; with hostNetwork all ports count', () => {
    const network = { hostNetwork: true, containers: [{ ports: [{ containerPort: 443 }] }] }
    const imported = importObjects([
      ...zones,
      makeDaemonPod('proxy', 'n0', { spec: network }),
      ...makeDeployment('web', ['n1'], { spec: on(443) })
    ])
    expect(deploymentOf(imported, 'default/deployment/web').nodeSelector).toEqual({
      'host-port:TCP/443': { exists: false }
    })
    expect(nodeOf(imported, 'n0').labels).toEqual({ 'host-port:TCP/443': 'true' })
  })
})

import { describe, expect, it } from 'vitest'
import { importKubernetes } from '../../../src/adapters/kubernetes/import/import-kubernetes.js'
import { faultsOf, importObjects, makeDeployment, makeNode, makePod } from './cluster-objects.js'

const price = { unknownPrice: 1 }
const one = (value: unknown, name = 'a.json') => importKubernetes([{ name, value }], price)

describe('what kubectl prints', () => {
  it('is a list, an array, a single object or several files of them', () => {
    const [node, pod] = [makeNode('n'), makePod('p', { node: 'n' })]
    const list = { kind: 'List', apiVersion: 'v1', items: [node, pod] }
    const { problem } = one(list)
    expect(problem.replicas.map(({ id }) => id)).toEqual(['default/p'])
    expect(one([node, pod]).problem).toEqual(problem)
    const files = [
      { name: 'a', value: node },
      { name: 'empty', value: null },
      { name: 'b', value: [{ kind: 'PodList', apiVersion: 'v1', items: [pod] }] }
    ]
    expect(importKubernetes(files, price).problem).toEqual(problem)
  })

  it('may leave out the kind of the items of a typed list', () => {
    const bare = ({ kind: _kind, apiVersion: _version, ...rest }: Record<string, unknown>) => rest
    const value = [
      { kind: 'NodeList', apiVersion: 'v1', items: [bare(makeNode('n'))] },
      { kind: 'PodList', apiVersion: 'v1', items: [bare(makePod('p', { node: 'n' }))] },
      { kind: 'DeploymentList', apiVersion: 'apps/v1', items: null }
    ]
    expect(one(value).report.read).toEqual({ Node: 1, Pod: 1 })
  })

  it('may hold kinds that nobody needs, and kinds of other groups with the same name', () => {
    const objects = [
      makeNode('n'),
      makePod('p', { node: 'n' }),
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 't' } },
      { apiVersion: 'longhorn.io/v1beta2', kind: 'Node', metadata: { name: 'disk' }, spec: 'no node at all' }
    ]
    const { report, problem } = importObjects(objects)
    expect(problem.nodes).toHaveLength(1)
    expect(report.read).toEqual({ Node: 1, Pod: 1, Service: 2, 'Node.longhorn.io': 1 })
    expect(report.leftOut.map(({ id, code }) => `${code} ${id}`)).toEqual([
      'unneeded-kind Service',
      'unneeded-kind Node.longhorn.io'
    ])
  })

  it('counts what nobody needs once, too, unless it is of another group or namespace', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'a' } }
    const others = [
      { ...service, metadata: { name: 's', namespace: 'b' } },
      { ...service, apiVersion: 'serving.knative.dev/v1' }
    ]
    const { report } = importObjects([makeNode('n'), makePod('p', { node: 'n' }), service, ...others, service])
    expect(report.read).toEqual({ Node: 1, Pod: 1, Service: 3 })
    expect(report.leftOut.map(({ reason }) => reason)).toEqual(['3 objects of this kind, which planning does not need'])
    expect(report.adapted.filter(({ code }) => code === 'read-twice')).toMatchObject([
      { kind: 'Service', code: 'read-twice', reason: '1 object of this kind was read again, and counts once' }
    ])
  })

  it('may hold kinds that bind pods in ways that are not heeded, which is said', () => {
    const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' } }
    const { report } = importObjects([makeNode('n'), makePod('p', { node: 'n' }), quota])
    expect(report.leftOut).toMatchObject([{ kind: 'ResourceQuota', code: 'unheeded-kind' }])
    expect(report.leftOut[0]?.reason).toContain('may be refused')
  })

  it('may say the same thing twice, and not two different things', () => {
    const objects = [makeNode('n'), ...makeDeployment('web', ['n'])]
    const twice = importObjects([...objects, ...objects])
    expect(twice.problem).toEqual(importObjects(objects).problem)
    expect(twice.report.adapted.filter(({ code }) => code === 'read-twice')).toMatchObject([
      { kind: 'Node', reason: '1 object of this kind was read again, and counts once' },
      { kind: 'Deployment' },
      { kind: 'ReplicaSet' },
      { kind: 'Pod' }
    ])
    expect(twice.report.read).toEqual({ Node: 1, Deployment: 1, ReplicaSet: 1, Pod: 1 })
    const other = makePod('web-abc12-0', { node: 'n', labels: { app: 'other' } })
    expect(faultsOf(() => importObjects([...objects, other]))).toEqual([
      'cluster.json: items[4]: Pod "web-abc12-0" again, and it says something else'
    ])
  })
})

describe('what kubectl does not print', () => {
  it.each([
    ['a text', 'hello', 'a.json: "hello"'],
    ['a number', 7, 'a.json: 7'],
    ['a mapping', { vgs: [] }, 'a.json: a mapping without a kind'],
    ['a Problem', { nodes: [], deployments: [] }, 'a.json: what looks like a Problem'],
    ['a list without a kind', { items: [] }, 'a.json: a list without a kind'],
    [
      'a refusal',
      { kind: 'Status', apiVersion: 'v1', message: 'forbidden' },
      'a.json: a Status: an answer that refuses'
    ],
    ['items that are none', { kind: 'List', items: 5 }, 'a.json: items: 5'],
    ['an item that is none', { kind: 'List', items: [makeNode('n'), 'x'] }, 'a.json: items[1]: "x"'],
    ['no name', [{ kind: 'Node', metadata: {} }], 'a.json: [0].metadata.name: nothing'],
    ['nothing', null, 'input: no object'],
    ['other kinds', { kind: 'Service', apiVersion: 'v1' }, 'a.json: no Node, only 1 Service'],
    ['applications of Ray', { applications: {} }, "a.json: what looks like an answer of Ray's dashboard"],
    ['nodes of Ray', { data: { result: {} } }, "a.json: what looks like an answer of Ray's dashboard"]
  ])('%s is refused once, with its place', (_, value, fault) => {
    expect(faultsOf(() => one(value))).toEqual([fault])
  })

  it.each<[unknown, string]>([
    [{ kind: 'NodeList', items: [] }, 'documents: found a Kubernetes "NodeList", expected a list of documents'],
    [{}, 'documents: found a mapping, expected a list of documents { name, value }'],
    [undefined, 'documents: found nothing, expected a list of documents { name, value }'],
    [[{ kind: 'NodeList' }], 'documents: [0]: found a Kubernetes "NodeList", expected a document { name, value }'],
    [[{ name: 'a', value: null }, 5], 'documents: [1]: found 5, expected a document { name, value }']
  ])('%j are no documents', (documents, message) => {
    expect(() => importKubernetes(documents as never, price)).toThrow(message)
  })

  it('names the command that prints what is needed', () => {
    expect(() => one({ kind: 'ServiceList', apiVersion: 'v1', items: [{ metadata: { name: 's' } }] })).toThrow(
      /found no Node, only 1 Service, expected the nodes and pods of a cluster \(kubectl get nodes,pods,.* -A -o json prints them\)/
    )
  })

  it('a page of a list is not all of it', () => {
    const page = { kind: 'NodeList', apiVersion: 'v1', metadata: { continue: 'abc' }, items: [makeNode('n')] }
    expect(faultsOf(() => one(page))).toEqual(['a.json: the first part of a NodeList'])
    const last = { kind: 'NodeList', apiVersion: 'v1', metadata: {}, items: [makeNode('m')] }
    expect(one([page, last]).problem.nodes).toHaveLength(2)
  })

  it('says everything at once, and never crashes', () => {
    const pod = makePod('p', { node: 'n' })
    const objects = [
      makeNode('n', { spec: { taints: 'x' } }),
      { ...pod, spec: { containers: [] } },
      { ...pod, metadata: { name: 'q', labels: { a: 1 } } },
      {
        kind: 'Pod',
        metadata: JSON.parse('{"name":"r","labels":{"__proto__":"x","constructor":"y"}}'),
        spec: { nodeName: 'n', containers: [{}] }
      }
    ]
    expect(faultsOf(() => importObjects(objects))).toEqual([
      'cluster.json: items[0].spec.taints: "x"',
      'cluster.json: items[1].spec.containers: an empty list',
      'cluster.json: items[2].metadata.labels.a: 1',
      'cluster.json: items[3].metadata.labels: a mapping'
    ])
  })

  it('drops no name: what is asked for under "__proto__" would be lost', () => {
    const ask = (text: string) =>
      faultsOf(() => importObjects([makeNode('n'), makePod('p', { spec: JSON.parse(text) })]))
    expect(ask('{"containers":[{}],"nodeSelector":{"__proto__":"x"}}')).toEqual([
      'cluster.json: items[1].spec.nodeSelector: a mapping'
    ])
    expect(ask('{"containers":[{"resources":{"requests":{"__proto__":"1"}}}]}')).toEqual([
      'cluster.json: items[1].spec.containers[0].resources.requests: a mapping'
    ])
    expect(ask('{"containers":[{}],"nodeSelector":{"constructor":"x"}}')).toEqual([])
  })

  it('may be nested without end where nobody looks', () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    const spec = { containers: [{}], volumes: [{ name: 'v', hostPath: deep }], resourceClaims: [deep] }
    const pods = [makePod('p', { node: 'n', spec }), makePod('p', { node: 'n', spec })]
    const { report } = importObjects([makeNode('n'), ...pods])
    expect(report.pinned.map(({ code }) => code)).toEqual(['bare-pod', 'local-storage', 'resource-claims'])
  })

  it('says by name what a Problem does not take', () => {
    const pod = makePod('p', {
      node: 'n',
      spec: { containers: [{ resources: { requests: { cpu: 2 ** 52, '': 1 } } }] }
    })
    expect(faultsOf(() => importObjects([makeNode('n'.repeat(600)), makeNode('n'), pod]))).toEqual([
      'resources[""]: a mapping',
      `node "${'n'.repeat(79)}…: id: "${'n'.repeat(79)}…`,
      'deployment "default/pod/p": demand.cpu: 4503599627370496',
      'deployment "default/pod/p": demand[""]: 1'
    ])
  })
})

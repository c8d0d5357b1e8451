import { describe, expect, it } from 'vitest'
import {
  codesOf,
  deploymentOf,
  importObjects,
  type Json,
  makeDeployment,
  makeNode,
  makeSpec,
  nodeOf
} from './cluster-objects.js'

const nodes = [
  makeNode('a', { labels: { zone: 'x', cores: '4' } }),
  makeNode('b', { labels: { zone: 'y', cores: '16' } }),
  makeNode('c')
]
const required = (...nodeSelectorTerms: Json[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } }
})
const importSpec = (more: Json) =>
  importObjects([...nodes, ...makeDeployment('web', ['a'], { spec: makeSpec({}, more) })])
const selectorOf = (more: Json) => deploymentOf(importSpec(more), 'default/deployment/web').nodeSelector

describe('what a nodeSelector of a Problem can say', () => {
  it.each([
    ['In', { key: 'zone', operator: 'In', values: ['x', 'y'] }, { zone: ['x', 'y'] }],
    ['NotIn', { key: 'zone', operator: 'NotIn', values: ['x'] }, { zone: { notIn: ['x'] } }],
    ['Exists', { key: 'zone', operator: 'Exists' }, { zone: { exists: true } }],
    ['DoesNotExist', { key: 'zone', operator: 'DoesNotExist' }, { zone: { exists: false } }]
  ])('is said so: %s', (_, requirement, selector) => {
    const imported = importSpec(required({ matchExpressions: [requirement] }))
    expect(deploymentOf(imported, 'default/deployment/web').nodeSelector).toEqual(selector)
    expect(nodeOf(imported, 'b').labels).toEqual({ zone: 'y' })
    expect(imported.report.adapted.map(({ code }) => code)).toEqual(['autoscalers-unknown', 'one-namespace'])
  })

  it('puts together what is said of one label', () => {
    const expressions = [
      { key: 'zone', operator: 'In', values: ['x', 'y'] },
      { key: 'zone', operator: 'NotIn', values: ['x'] }
    ]
    expect(selectorOf({ nodeSelector: { cores: '16' }, ...required({ matchExpressions: expressions }) })).toEqual({
      cores: ['16'],
      zone: ['y']
    })
    const both = [
      { key: 'zone', operator: 'Exists' },
      { key: 'zone', operator: 'NotIn', values: ['x'] }
    ]
    expect(selectorOf(required({ matchExpressions: both }))).toEqual({ zone: { notIn: ['x'], exists: true } })
  })
})

describe('what it cannot say is a label on the nodes that match', () => {
  it.each([
    [
      'several terms',
      required(
        { matchExpressions: [{ key: 'zone', operator: 'In', values: ['x'] }] },
        { matchExpressions: [{ key: 'cores', operator: 'Gt', values: ['8'] }] }
      ),
      'zone in (x) or cores > 8',
      ['a', 'b']
    ],
    [
      'less than',
      required({ matchExpressions: [{ key: 'cores', operator: 'Lt', values: ['8'] }] }),
      'cores < 8',
      ['a']
    ],
    [
      'names of nodes',
      required({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['c'] }] }),
      'metadata.name in (c)',
      ['c']
    ],
    ['no node', required({}), 'no node', []]
  ])('%s', (_, more, text, matching) => {
    const imported = importSpec(more)
    const label = `node-affinity:${text}`
    expect(deploymentOf(imported, 'default/deployment/web').nodeSelector).toEqual({ [label]: { exists: true } })
    expect(imported.problem.nodes.filter(({ labels }) => labels[label] === 'true').map(({ id }) => id)).toEqual(
      matching
    )
    expect(codesOf(imported.report.adapted, 'default/web')).toEqual(['node-affinity-label'])
  })
})

describe('requirements that contradict each other', () => {
  it('ask for a value that no label has', () => {
    const never = { zone: ['(no value will do)'] }
    const other = required({ matchExpressions: [{ key: 'zone', operator: 'In', values: ['y'] }] })
    expect(selectorOf({ nodeSelector: { zone: 'x' }, ...other })).toEqual(never)
    const absent = required({ matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] })
    expect(selectorOf({ nodeSelector: { zone: 'x' }, ...absent })).toEqual(never)
  })
})

describe('taints', () => {
  const tainted = (effect: string) => makeNode('t', { spec: { taints: [{ key: 'gpu', value: 'true', effect }] } })
  const tolerant = makeSpec({}, { tolerations: [{ key: 'gpu', operator: 'Exists' }] })

  it('close a node that nobody tolerates', () => {
    const imported = importObjects([tainted('NoSchedule'), ...nodes, ...makeDeployment('web', ['a'])])
    expect(nodeOf(imported, 't').acceptsReplicas).toBe(false)
    expect(deploymentOf(imported, 'default/deployment/web').nodeSelector).toEqual({})
  })

  it('that some tolerate keep the others out by a label', () => {
    const objects = [
      tainted('NoExecute'),
      ...nodes,
      ...makeDeployment('web', ['a']),
      ...makeDeployment('ml', ['a'], { spec: tolerant })
    ]
    const imported = importObjects(objects)
    expect(nodeOf(imported, 't')).toMatchObject({
      acceptsReplicas: true,
      labels: { 'taint:gpu=true:NoExecute': 'true' }
    })
    expect(deploymentOf(imported, 'default/deployment/web').nodeSelector).toEqual({
      'taint:gpu=true:NoExecute': { exists: false }
    })
    expect(deploymentOf(imported, 'default/deployment/ml').nodeSelector).toEqual({})
  })

  it('that only ask are not heeded, and it says so', () => {
    const imported = importObjects([tainted('PreferNoSchedule'), ...nodes, ...makeDeployment('web', ['a'])])
    expect(nodeOf(imported, 't').acceptsReplicas).toBe(true)
    expect(codesOf(imported.report.adapted, 't')).toEqual(['soft-taint'])
  })

  it('that are tolerated for a time only are shunned, as a pod there would be evicted again', () => {
    const startsAt = (toleration: Json, effect: string) => {
      const spec = makeSpec({}, { tolerations: [toleration] })
      const imported = importObjects([tainted(effect), ...nodes, ...makeDeployment('web', ['a'], { spec })])
      return nodeOf(imported, 't').acceptsReplicas
    }
    expect(startsAt({ key: 'gpu', operator: 'Exists', tolerationSeconds: 60 }, 'NoExecute')).toBe(false)
    expect(startsAt({ key: 'gpu', operator: 'Exists', tolerationSeconds: 60 }, 'NoSchedule')).toBe(true)
    expect(startsAt({ key: 'gpu', operator: 'Exists' }, 'NoExecute')).toBe(true)
  })
})

describe('operating systems', () => {
  const system = 'kubernetes.io/os'
  const linux = makeNode('l', { labels: { [system]: 'linux' } })
  const windows = makeNode('w', { labels: { [system]: 'windows' } })

  it('of pods are those of their nodes, unless they say otherwise', () => {
    const spec = makeSpec({}, { os: { name: 'windows' } })
    const imported = importObjects([
      linux,
      windows,
      ...makeDeployment('web', ['l']),
      ...makeDeployment('new', [null], { spec }),
      ...makeDeployment('any', [null])
    ])
    expect(deploymentOf(imported, 'default/deployment/web').nodeSelector).toEqual({ [system]: { notIn: ['windows'] } })
    expect(deploymentOf(imported, 'default/deployment/new').nodeSelector).toEqual({ [system]: { notIn: ['linux'] } })
    expect(deploymentOf(imported, 'default/deployment/any').nodeSelector).toEqual({})
    expect(nodeOf(imported, 'w').labels).toEqual({ [system]: 'windows' })
    expect(codesOf(imported.report.adapted, 'default/web')).toEqual(['operating-system'])
  })

  it('are passed over where there is one, or where pods select it', () => {
    const alone = importObjects([linux, ...makeDeployment('web', ['l'])])
    expect(deploymentOf(alone, 'default/deployment/web').nodeSelector).toEqual({})
    const spec = makeSpec({}, { nodeSelector: { [system]: 'linux' } })
    const selecting = importObjects([linux, windows, ...makeDeployment('web', ['l'], { spec })])
    expect(deploymentOf(selecting, 'default/deployment/web').nodeSelector).toEqual({ [system]: ['linux'] })
    expect(codesOf(selecting.report.adapted, 'default/web')).toEqual([])
  })
})

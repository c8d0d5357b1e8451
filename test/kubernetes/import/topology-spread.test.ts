import { describe, expect, it } from 'vitest'
import {
  codesOf,
  deploymentOf,
  importObjects,
  type Json,
  makeDeployment,
  makeNode,
  makeSpec
} from './cluster-objects.js'

const zones = ['a', 'a', 'b', 'c'].map((zone, index) => makeNode(`n${index}`, { labels: { zone } }))
const spreading = (more: Json = {}, requests: Json = {}) =>
  makeSpec(requests, {
    topologySpreadConstraints: [
      {
        topologyKey: 'zone',
        maxSkew: 1,
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'web' } },
        ...more
      }
    ]
  })
const web = ['default/deployment/web']
/** A spread over zones, and what it allows in each zone all the way. */
const spreadOf = (deployments: readonly string[], max: number) => [
  { kind: 'spread', deployments, topologyKey: 'zone', maxSkew: 1 },
  { kind: 'anti-affinity', deployments, topologyKey: 'zone', max }
]

describe('a topology spread that must hold', () => {
  it('is a spread, and a label that nodes must have', () => {
    const imported = importObjects([
      ...zones,
      makeNode('bare'),
      ...makeDeployment('web', ['n0', 'n2'], { spec: spreading() })
    ])
    expect(imported.problem.rules).toEqual(spreadOf(web, 1))
    expect(deploymentOf(imported, 'default/deployment/web').nodeSelector).toEqual({ zone: { exists: true } })
  })

  it('limits each domain while pods move, as the scheduler counts those that are about to be replaced', () => {
    const limitOf = (...nodes: (string | null)[]) =>
      importObjects([...zones, ...makeDeployment('web', nodes, { spec: spreading() })]).problem.rules
    expect(limitOf('n0', 'n2', 'n3')).toEqual(spreadOf(web, 2))
    expect(limitOf('n0', 'n1', 'n2', 'n3')).toEqual(spreadOf(web, 2))
    // More are waiting than the emptiest domain allows now: they start one after the other.
    expect(limitOf('n0', ...Array(5).fill(null))).toEqual(spreadOf(web, 3))
    // Broken already: nobody is pushed out by the limit.
    expect(limitOf('n0', 'n0', 'n1', 'n2')).toEqual(spreadOf(web, 3))
  })

  it('is a limit in each domain where one of them can never take a pod', () => {
    const small = makeNode('small', { labels: { zone: 'd' }, status: { allocatable: { cpu: '1', memory: '1Gi' } } })
    const cordoned = makeNode('shut', { labels: { zone: 'd' }, spec: { unschedulable: true } })
    for (const node of [small, cordoned]) {
      const { problem, report } = importObjects([
        ...zones,
        node,
        ...makeDeployment('web', ['n0', 'n2'], { spec: spreading({ maxSkew: 2 }, { cpu: '2' }) })
      ])
      expect(problem.rules).toEqual([{ kind: 'anti-affinity', deployments: web, topologyKey: 'zone', max: 2 }])
      expect(codesOf(report.adapted, 'default/web')).toEqual(['topology-spread-limit'])
    }
  })

  it('is a limit in each domain where there are fewer than it wants', () => {
    const { problem } = importObjects([
      ...zones,
      ...makeDeployment('web', ['n0'], { spec: spreading({ minDomains: 4 }) })
    ])
    expect(problem.rules).toEqual([{ kind: 'anti-affinity', deployments: web, topologyKey: 'zone', max: 1 }])
    const enough = importObjects([...zones, ...makeDeployment('web', ['n0'], { spec: spreading({ minDomains: 3 }) })])
    expect(enough.problem.rules).toEqual(spreadOf(web, 1))
  })

  it('of several workloads alike is one; of unlike ones it pins', () => {
    const labels = { app: 'web' }
    const alike = importObjects([
      ...zones,
      ...makeDeployment('web', ['n0'], { spec: spreading() }),
      ...makeDeployment('too', ['n2'], { labels, spec: spreading() })
    ])
    expect(alike.problem.rules).toEqual(spreadOf(['default/deployment/too', ...web], 1))
    const unlike = importObjects([
      ...zones,
      ...makeDeployment('web', ['n0'], { spec: spreading() }),
      ...makeDeployment('too', ['n2'], { labels })
    ])
    expect(unlike.problem.rules).toEqual([])
    expect(codesOf(unlike.report.pinned, 'default/web')).toEqual(['topology-spread'])
    expect(unlike.report.pinned).toHaveLength(1)
  })

  it('that is broken where nothing can mend it pins', () => {
    const { report } = importObjects([
      ...zones,
      ...makeDeployment('web', ['n0', 'n1'], { spec: spreading({ minDomains: 9 }) })
    ])
    expect(codesOf(report.pinned, 'default/web')).toEqual(['topology-spread'])
  })

  it('is only a wish where pods may be started anyway', () => {
    const { problem, report } = importObjects([
      ...zones,
      ...makeDeployment('web', ['n0'], { spec: spreading({ whenUnsatisfiable: 'ScheduleAnyway' }) })
    ])
    expect(problem.rules).toEqual([])
    expect(codesOf(report.adapted, 'default/web')).toEqual(['preferences'])
  })
})

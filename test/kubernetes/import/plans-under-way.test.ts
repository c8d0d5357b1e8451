import { describe, expect, it } from 'vitest'
import { compact } from '../../../src/compact.js'
import {
  codesOf,
  importObjects,
  type Json,
  makeDaemonPod,
  makeDeployment,
  makeNode,
  makePod,
  makeWorkload,
  nodeOf
} from './cluster-objects.js'

const nodes = ['a', 'b', 'c'].map((name) => makeNode(name))
const surge = { plan: 'p', replica: 'default/web-abc12-0', node: 'b', call: 'p/s/start' }

/** A Deployment with pods on nodes, and a ledger. */
function ledgered(places: readonly (string | null)[], replicas: number, ledger: Json | string): Json[] {
  const [deployment, ...rest] = makeDeployment('web', places, {}, replicas)
  const text = typeof ledger === 'string' ? ledger : JSON.stringify({ surges: [], departures: [], ...ledger })
  const metadata = { ...(deployment?.metadata as Json), annotations: { 'replica-compactor/ledger': text } }
  return [...nodes, { ...deployment, metadata }, ...rest]
}

describe('a surge that the ledger of a workload names', () => {
  it('is not what its owner wants: one pod is too many, and goes', async () => {
    const { problem, report } = importObjects(ledgered(['a', 'b', 'c'], 3, { base: 2, surges: [surge] }))
    expect(problem.deployments).toMatchObject([{ replicas: 2, movable: false }])
    expect(problem.replicas).toHaveLength(3)
    expect(codesOf(report.adapted, 'default/web')).toEqual(['surge'])
    expect(codesOf(report.pinned, 'default/web')).toEqual(['surge'])
    const { plan, primalStatus } = await compact(problem, { solver: 'greedy', workLimit: 500, threads: 1 })
    expect(primalStatus).toBe('feasible')
    const actions = plan.steps.map(({ action }) => action)
    expect(actions.filter((action) => action === 'stop')).toHaveLength(1)
    expect(actions).not.toContain('start')
  })

  it('may have no pod yet, or one without a node', () => {
    const early = importObjects(ledgered(['a', 'c'], 3, { base: 2, surges: [surge] }))
    expect(early.problem.deployments[0]?.replicas).toBe(2)
    expect(codesOf(early.report.adapted, 'default/web')).toEqual(['surge'])
    const waiting = importObjects(ledgered(['a', 'c', null], 3, { base: 2, surges: [surge] }))
    expect(waiting.problem.deployments[0]?.replicas).toBe(2)
    expect(waiting.problem.replicas).toHaveLength(2)
    expect(waiting.problem.replicas.every(({ node }) => node !== null)).toBe(true)
    expect(codesOf(waiting.report.leftOut, 'default/web')).toEqual(['surge'])
  })

  it('is over where somebody else has scaled since', () => {
    const { problem, report } = importObjects(ledgered(['a', 'b', 'c', 'a'], 4, { base: 2, surges: [surge] }))
    expect(problem.deployments).toMatchObject([{ replicas: 4, movable: true }])
    expect(codesOf(report.adapted, 'default/web')).toEqual(['surge-outdated'])
  })

  it('beside pods that are about to go leaves these to their controller', () => {
    const { problem, report } = importObjects(ledgered(['a', 'b', 'c', 'a'], 3, { base: 2, surges: [surge] }))
    expect(problem.deployments).toMatchObject([{ replicas: 4, movable: false }])
    expect(codesOf(report.pinned, 'default/web')).toContain('scaling-down')
  })

  it('counts also where none of its pods is there', () => {
    const ledger = JSON.stringify({ base: 2, surges: [surge], departures: [] })
    const annotations = { 'replica-compactor/ledger': ledger }
    const objects = [...nodes, makeWorkload('Deployment', 'web', { metadata: { annotations } }, { replicas: 3 })]
    expect(importObjects(objects).problem.deployments[0]?.replicas).toBe(2)
  })

  it.each(['{', '[]', '{"base":-1,"surges":[],"departures":[]}'])('and that cannot be read, as %s, pins', (text) => {
    const { problem, report } = importObjects(ledgered(['a', 'b'], 2, text))
    expect(problem.deployments).toMatchObject([{ replicas: 2, movable: false }])
    expect(report.pinned).toMatchObject([
      { code: 'ledger', remedy: 'remove it, and set the replicas to what is wanted' }
    ])
  })

  it('leaves nothing behind when it is over', () => {
    const { problem, report } = importObjects(
      ledgered(['a', 'b'], 2, { base: 2, departures: [{ ...surge, pod: 'x' }] })
    )
    expect(problem.deployments).toMatchObject([{ replicas: 2, movable: true }])
    expect(codesOf(report.adapted, 'default/web')).toEqual([])
  })
})

describe('nodes that plans have closed', () => {
  const closed = (name: string, annotations: Record<string, string>, unschedulable = true) =>
    makeNode(name, { annotations, spec: { unschedulable } })
  const mark = (owner: string) => ({ 'replica-compactor/cordon': JSON.stringify({ owner, plan: 'p' }) })
  const released = { 'replica-compactor/released': '2026-01-01T00:00:00Z' }

  it('are named, those of others and those that are open are not', () => {
    const objects = [
      closed('ours', mark('replica-compactor')),
      closed('theirs', mark('other')),
      closed('admin', {}),
      closed('odd', { 'replica-compactor/cordon': '{' }),
      closed('open', mark('replica-compactor'), false),
      closed('done', { ...mark('replica-compactor'), ...released }),
      ...makeDeployment('web', ['ours'])
    ]
    expect(importObjects(objects).ownCordons).toEqual(['ours'])
    expect(importObjects(objects, { owner: 'other' }).ownCordons).toEqual(['theirs'])
  })

  it('and emptied are not given back again and again', async () => {
    const done = closed('done', { ...mark('replica-compactor'), ...released })
    const daemon = makeDaemonPod('agent', 'done')
    const imported = importObjects([done, daemon, ...nodes, ...makeDeployment('web', ['a'])])
    expect(nodeOf(imported, 'done')).toMatchObject({ releasable: false, acceptsReplicas: false })
    expect(codesOf(imported.report.pinned, 'done')).toEqual(['released'])
    const busy = importObjects([done, ...makeDeployment('web', ['done'])])
    expect(nodeOf(busy, 'done').releasable).toBe(true)
  })
})

it('pods say when they were started, unless that is no time', () => {
  const at = (name: string, startTime?: string) =>
    makePod(name, {
      node: 'a',
      owner: { kind: 'ReplicaSet', name: 'r' },
      status: { phase: 'Running', ...(startTime && { startTime }) }
    })
  const { startedAt } = importObjects([...nodes, at('x', '2026-01-01T00:00:00Z'), at('y'), at('z', 'yesterday')])
  expect([...startedAt]).toEqual([['default/x', '2026-01-01T00:00:00Z']])
})

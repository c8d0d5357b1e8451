import { compact } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { expectChecked, node, planned, running } from './planned.js'

const deployments = [{ id: 'd', demand: { cpu: 2 } }]

test('nothing starts on a node that its owner cordoned; what is there may stay', async () => {
  const { homeOf, cost } = await planned({
    nodes: [node('closed', { acceptsReplicas: false }), node('open', { costPerHour: 3 })],
    deployments,
    replicas: running('d', 'closed', 'open')
  })
  expect([homeOf('d-0'), homeOf('d-1')]).toEqual(['open', 'open'])
  expect(cost).toBe(3)
})

test('a node that is never given back counts, and is filled rather than paid for idle', async () => {
  const { homeOf, cost, result } = await planned({
    nodes: [node('head', { releasable: false, costPerHour: 9 }), node('b')],
    deployments,
    replicas: running('d', 'b', 'b')
  })
  expect([homeOf('d-0'), homeOf('d-1')]).toEqual(['head', 'head'])
  expect(cost).toBe(9)
  expect(result.releasedNodes).toEqual(['b'])
  expect(result.bound?.total).toBe(9)
})

test('a node that is never given back is named as such, idle or not', async () => {
  const { result } = await planned({
    nodes: [node('head', { releasable: false, acceptsReplicas: false }), node('b')],
    deployments,
    replicas: running('d', 'b')
  })
  expect(result.explanation.nodes).toEqual([
    { node: 'head', code: 'not-releasable', limits: ['nodes[0].releasable'] },
    { node: 'b', code: 'no-room-elsewhere', replicas: ['d-0'], limits: ['nodes[0].acceptsReplicas'] }
  ])
})

describe('a node that must host nothing in the end', () => {
  const nodes = [node('leaving', { mustEmpty: true, costPerHour: 0.1 }), node('b', { costPerHour: 7 })]

  test('is emptied whatever it costs', async () => {
    const { homeOf, result } = await planned({ nodes, deployments, replicas: running('d', 'leaving', 'leaving') })
    expect([homeOf('d-0'), homeOf('d-1')]).toEqual(['b', 'b'])
    expect(result.releasedNodes).toEqual(['leaving'])
  })

  test('and hosts what is pinned cannot both be: infeasible, and both are named', async () => {
    const problem = {
      schemaVersion: 1 as const,
      nodes,
      deployments,
      replicas: [{ id: 'd-0', deployment: 'd', node: 'leaving', movable: false }]
    }
    const result = await compact(problem)
    expectChecked(problem, result)
    expect(result).toMatchObject({ primalStatus: 'none', termination: 'infeasible' })
    const paths = result.explanation.conflict?.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining([expect.stringMatching(/^nodes\[0\]/)]))
  })
})

test('names are only names', async () => {
  const { cost, homeOf } = await planned({
    nodes: [node('constructor'), node('💥 "toString"'), node('a b/c, d;', { labels: { hasOwnProperty: 'valueOf' } })],
    deployments: [{ id: 'prototype', demand: { cpu: 1 }, nodeSelector: { hasOwnProperty: ['valueOf', 'x'] } }],
    replicas: [
      { id: 'toString', deployment: 'prototype', node: 'constructor' },
      { id: 'hasOwnProperty', deployment: 'prototype', node: '💥 "toString"' }
    ]
  })
  expect(cost).toBe(1)
  expect(homeOf('toString')).toBe(homeOf('hasOwnProperty'))
})

import { compact } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { expectChecked, node, planned, running } from './planned.js'

test('pending replicas are started, and that is no migration', async () => {
  const { homeOf, result, steps } = await planned({
    nodes: [node('a'), node('b')],
    deployments: [{ id: 'd', demand: { cpu: 2 } }],
    replicas: running('d', 'a', null)
  })
  expect(homeOf('d-1')).toBe('a')
  expect(steps('start')).toMatchObject([{ replica: 'd-1', node: 'a' }])
  expect(result.objective).toMatchObject({ migrations: 0, moveCost: 0 })
})

test('replicas beyond those listed are named after their deployment', async () => {
  const { result } = await planned({
    nodes: [node('a')],
    deployments: [{ id: 'd', demand: { cpu: 1 }, replicas: 3 }],
    replicas: running('d', 'a')
  })
  expect(result.placement.map(({ replica, deployment }) => [replica, deployment])).toEqual([
    ['d-0', undefined],
    ['d-new-1', 'd'],
    ['d-new-2', 'd']
  ])
})

describe('more than fits', () => {
  const cluster = {
    nodes: [node('a', { capacity: { cpu: 3 } })],
    deployments: [
      { id: 'low', demand: { cpu: 1 }, priority: 1 },
      { id: 'high', demand: { cpu: 2 }, priority: 2 }
    ],
    replicas: [...running('low', null, null), ...running('high', null)]
  }

  test('required: infeasible', async () => {
    const problem = { schemaVersion: 1 as const, ...cluster }
    const result = await compact(problem)
    expectChecked(problem, result)
    expect(result).toMatchObject({ primalStatus: 'none', termination: 'infeasible' })
    expect(result.explanation.conflict?.length).toBeGreaterThan(0)
  })

  test('best-effort: the higher priority first, then as many as fit', async () => {
    const { result, homeOf } = await planned({ ...cluster, pending: 'best-effort' })
    expect(homeOf('high-0')).toBe('a')
    expect(result.unplaced).toHaveLength(1)
    expect(result.unplaced[0]?.deployment).toBe('low')
    expect(result.termination).toBe('optimal')
  })

  test('best-effort: one of a higher priority outweighs many below it', async () => {
    const many = {
      nodes: [node('a', { capacity: { cpu: 4 } })],
      deployments: [
        { id: 'low', demand: { cpu: 0.5 }, priority: 0 },
        { id: 'high', demand: { cpu: 4 }, priority: 1 }
      ],
      replicas: [...running('low', ...new Array(8).fill(null)), ...running('high', null)],
      pending: 'best-effort' as const
    }
    const { result, homeOf } = await planned(many)
    expect(homeOf('high-0')).toBe('a')
    expect(result.unplaced).toHaveLength(8)
  })

  test('best-effort never buys room with what runs already', async () => {
    const { result } = await planned({
      ...cluster,
      replicas: [...running('low', 'a', 'a'), ...running('high', null)],
      pending: 'best-effort'
    })
    expect(result.unplaced).toEqual([{ replica: 'high-0', deployment: 'high' }])
  })
})

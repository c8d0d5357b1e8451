import { describe, expect, it } from 'vitest'
import { parseProblem } from '../../../models/contract/parse.js'
import { node, planned, running } from '../../compact/planned.js'
import { bestOfAll } from './every-sequence.js'

const ON_RAY = { executableOn: 'ray' } as const

describe('what is known of Ray Serve', () => {
  it('gives no node back where each needs moves off another one first', async () => {
    const cluster = {
      nodes: ['a', 'b', 'c'].map((id) => node(id, { capacity: { cpu: 10 } })),
      deployments: [2, 4, 5].map((cpu) => ({ id: `d${cpu}`, demand: { cpu } })),
      replicas: [...running('d5', 'a', 'b'), ...running('d2', 'a', 'b', 'c'), ...running('d4', 'c')]
    }
    const { result } = await planned(cluster, ON_RAY)
    expect(result.objective).toMatchObject({ costPerHour: 3, migrations: 0 })
    expect(result.termination).toBe('optimal')
    expect(result.explanation.nodes).toContainEqual({
      node: 'c',
      code: 'not-executable',
      replicas: ['d4-0'],
      limits: ['cpu']
    })
    const { cost } = await planned(cluster)
    expect(cost).toBe(2)
  })

  it('fits 7, 6, 5, 3, 3, 2, 2 and 2 on four nodes, where three would do', async () => {
    const sizes = [7, 6, 5, 3, 3, 2, 2, 2]
    const cluster = {
      nodes: sizes.map((_, index) => node(`n${index}`, { capacity: { cpu: 10 } })),
      deployments: [...new Set(sizes)].map((cpu) => ({ id: `d${cpu}`, demand: { cpu } })),
      replicas: sizes.map((cpu, index) => ({ id: `r${index}`, deployment: `d${cpu}`, node: `n${index}` }))
    }
    const { cost, result } = await planned(cluster, ON_RAY)
    expect(cost).toBe(bestOfAll(parseProblem({ schemaVersion: 1, ...cluster })).costPerHour)
    const ray = result.solve.searches?.find(({ name }) => name === 'ray-rule')
    expect(cost).toBeLessThanOrEqual(ray?.bestCostPerHour ?? 0)
    const free = await planned(cluster)
    expect(free.cost).toBe(3)
  })

  it('uses no idle node, however cheap', async () => {
    const cluster = {
      nodes: [
        node('large', { capacity: { gpu: 8 }, costPerHour: 20 }),
        node('idle', { capacity: { gpu: 1 }, costPerHour: 1 })
      ],
      deployments: [{ id: 'd', demand: { gpu: 1 } }],
      replicas: [{ id: 'r', deployment: 'd', node: 'large', devices: { gpu: [0] } }]
    }
    const { cost, result } = await planned(cluster, ON_RAY)
    expect(cost).toBe(20)
    expect(result.releasedNodes).toEqual(['idle'])
    expect(result.termination).toBe('optimal')
    expect((await planned(cluster)).cost).toBe(1)
  })

  it('adds shares of GPUs up, and would start a fifth 0.4 where two times 0.2 are left', async () => {
    const share = (id: string, home: string, device: number) => ({
      id,
      deployment: 'd',
      node: home,
      devices: { gpu: [device] }
    })
    const cluster = {
      nodes: [node('full', { capacity: { gpu: 2 } }), node('other', { capacity: { gpu: 1 } })],
      deployments: [{ id: 'd', demand: { gpu: 0.4 } }],
      replicas: [
        share('a', 'full', 0),
        share('b', 'full', 0),
        share('c', 'full', 1),
        share('e', 'full', 1),
        share('fifth', 'other', 0)
      ]
    }
    const { result } = await planned(cluster, ON_RAY)
    expect(result.objective?.migrations).toBe(0)
    expect(result.explanation.nodes).toContainEqual({
      node: 'other',
      code: 'not-executable',
      replicas: ['fifth'],
      limits: ['gpu']
    })
  })

  it('starts all replacements of a node at once: a smaller surge forbids it', async () => {
    const cluster = (maxSurge: number) => ({
      nodes: [node('a'), node('b', { capacity: { cpu: 8 } })],
      deployments: [{ id: 'd', demand: { cpu: 2 }, maxSurge }],
      replicas: running('d', 'a', 'a', 'b')
    })
    expect((await planned(cluster(2), ON_RAY)).result.releasedNodes).toEqual(['a'])
    const { result } = await planned(cluster(1), ON_RAY)
    expect(result.releasedNodes).toEqual([])
    expect(result.explanation.nodes).toContainEqual({
      node: 'a',
      code: 'not-executable',
      replicas: ['d-0', 'd-1'],
      limits: ['deployments[0].maxSurge']
    })
  })

  it('leaves heads, pinned replicas and gangs alone', async () => {
    const { result } = await planned(
      {
        nodes: [
          node('head', { releasable: false }),
          node('pinned'),
          node('gang'),
          node('free'),
          node('room', { capacity: { cpu: 40 } })
        ],
        deployments: [{ id: 'd', demand: { cpu: 1 } }],
        replicas: [
          ...running('d', 'head', 'free', 'room'),
          { id: 'p', deployment: 'd', node: 'pinned', movable: false },
          { id: 'g', deployment: 'd', node: 'gang', gang: 'one' }
        ]
      },
      ON_RAY
    )
    expect(result.releasedNodes).toEqual(expect.arrayContaining(['free']))
    expect(result.releasedNodes).not.toEqual(expect.arrayContaining(['head']))
    expect(result.placement.map(({ node: home }) => home)).toEqual(expect.arrayContaining(['head', 'pinned', 'gang']))
  })

  it('starts what waits by its own rule, before anything is drained', async () => {
    const { homeOf, steps } = await planned(
      {
        nodes: [node('tight'), node('wide', { capacity: { cpu: 8 } }), node('small', { capacity: { cpu: 2 } })],
        deployments: [
          { id: 'd', demand: { cpu: 2 } },
          { id: 'e', demand: { cpu: 1 } }
        ],
        replicas: [...running('d', 'tight', 'wide', null), ...running('e', 'small')]
      },
      ON_RAY
    )
    expect(homeOf('d-2')).toBe('tight')
    const [cordon] = steps('cordon')
    const start = steps('start').find((step) => step.action === 'start' && step.replica === 'd-2')
    expect(cordon?.after).toContain(start?.id)
    expect(homeOf('e-0')).toBe('wide')
  })
})

import { describe, expect, test } from 'vitest'
import { node, planned, running } from './planned.js'

const web = { id: 'web', demand: { cpu: 1 } }
const zone = (name: string) => ({ labels: { zone: name } })
const spread = { kind: 'spread' as const, deployments: ['web'], topologyKey: 'zone' }
const greedy = { solver: 'greedy' as const }

describe('greedy repairs what the start breaks before it empties nodes', () => {
  test('a spread over too few domains: the node that could mend it is used, not released', async () => {
    const { result, cost } = await planned(
      {
        nodes: [
          node('big', { costPerHour: 14.7, ...zone('a') }),
          node('small-1', { costPerHour: 0.8, ...zone('a') }),
          node('small-2', { costPerHour: 0.8, ...zone('b') })
        ],
        deployments: [{ ...web, maxSurge: 1 }],
        replicas: running('web', 'big', 'big', 'small-1'),
        rules: [{ ...spread, minDomains: 2 }]
      },
      greedy
    )
    expect(result).toMatchObject({ violations: [], plan: { status: 'complete' }, releasedNodes: ['big'] })
    expect(cost).toBeCloseTo(1.6)
  })

  test('a skew between domains, by several moves of which the first mends nothing alone', async () => {
    const { result } = await planned(
      {
        nodes: [node('a', zone('a')), node('b', zone('b')), node('c', zone('c'))],
        deployments: [web],
        replicas: running('web', 'a', 'a', 'a', 'b', 'b', 'b'),
        rules: [{ ...spread, maxSkew: 1 }]
      },
      greedy
    )
    expect(result).toMatchObject({ violations: [], objective: { migrations: 2 } })
  })

  test('members outside every domain', async () => {
    const { result } = await planned(
      {
        nodes: [node('a', zone('a')), node('b')],
        deployments: [web],
        replicas: running('web', 'a', 'b', 'b'),
        rules: [{ ...spread, minDomains: 1 }]
      },
      greedy
    )
    expect(result.violations).toEqual([])
  })

  test('an affinity, by moves of which only the last one mends it', async () => {
    const { result, homeOf } = await planned(
      {
        nodes: [node('a'), node('b'), node('large', { capacity: { cpu: 6 }, costPerHour: 9 })],
        deployments: [web],
        replicas: running('web', 'a', 'a', 'a', 'b', 'b', 'b'),
        rules: [{ kind: 'affinity', deployments: ['web'], topologyKey: 'node' }]
      },
      greedy
    )
    expect(result.violations).toEqual([])
    expect(homeOf('web-0')).toBe('large')
  })

  test('an at-least, on a full node where another replica makes room', async () => {
    const { result, homeOf } = await planned(
      {
        nodes: [node('spot'), node('safe', { labels: { capacity: 'on-demand' } })],
        deployments: [web, { id: 'job', demand: { cpu: 3 } }],
        replicas: [...running('web', 'safe', 'spot'), ...running('job', 'safe')],
        rules: [{ kind: 'at-least', deployments: ['web'], count: 2, nodeSelector: { capacity: 'on-demand' } }]
      },
      greedy
    )
    expect(result.violations).toEqual([])
    expect(homeOf('job-0')).toBe('spot')
  })

  test('a spread into a full domain, where another replica makes room', async () => {
    const { result } = await planned(
      {
        nodes: [node('a', { capacity: { cpu: 7 }, ...zone('a') }), node('b', zone('b'))],
        deployments: [
          { id: 'web', demand: { cpu: 3 } },
          { id: 'job', demand: { cpu: 1 } }
        ],
        replicas: [...running('web', 'a', 'a'), ...running('job', 'b', 'b')],
        rules: [{ ...spread, minDomains: 2 }]
      },
      greedy
    )
    expect(result).toMatchObject({ violations: [], objective: { migrations: 2 } })
  })

  test('more on a node than maxReplicasPerNode', async () => {
    const { result } = await planned(
      {
        nodes: [node('a'), node('b')],
        deployments: [{ ...web, maxReplicasPerNode: 1 }],
        replicas: running('web', 'a', 'a')
      },
      greedy
    )
    expect(result.violations).toEqual([])
  })

  test('a conflict, by moving the side that is smaller', async () => {
    const { result } = await planned(
      {
        nodes: [node('a'), node('b')],
        deployments: [web, { id: 'job', demand: { cpu: 2 } }],
        replicas: [...running('web', 'a', 'a'), ...running('job', 'a')],
        rules: [{ kind: 'conflict', between: [['web'], ['job']], topologyKey: 'node' }]
      },
      greedy
    )
    expect(result).toMatchObject({ violations: [], objective: { migrations: 1 } })
  })
})

test('new replicas start where rules hold in the end', async () => {
  const { result } = await planned(
    {
      nodes: [node('a', zone('a')), node('b', zone('b'))],
      deployments: [{ ...web, replicas: 3 }],
      replicas: [],
      rules: [{ ...spread, minDomains: 2, maxSkew: 1 }]
    },
    greedy
  )
  expect(result).toMatchObject({ primalStatus: 'feasible', violations: [] })
})

test('surplus is stopped where rules do not need it', async () => {
  const { homeOf } = await planned(
    {
      nodes: [node('a', zone('a')), node('b', { costPerHour: 9, ...zone('b') })],
      deployments: [{ ...web, replicas: 2 }],
      replicas: running('web', 'a', 'a', 'b'),
      rules: [{ ...spread, minDomains: 2 }]
    },
    greedy
  )
  expect(homeOf('web-2')).toBe('b')
})

test('a budget too small for all repairs is spent on some', async () => {
  const { result } = await planned(
    {
      nodes: [node('a', { capacity: { cpu: 8 } }), node('b'), node('c'), node('d')],
      deployments: [web],
      replicas: running('web', 'a', 'a', 'a', 'a'),
      rules: [{ kind: 'anti-affinity', deployments: ['web'], topologyKey: 'node' }],
      budget: { maxMigrations: 2 }
    },
    greedy
  )
  expect(result).toMatchObject({ objective: { migrations: 2 }, violations: [{ code: 'anti-affinity', amount: 1 }] })
})

import type { ProblemInput } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { coresOn, follow, openState, policyNamed } from './simulated-cluster.js'

const ray = 'ray-compaction'
const nothing = { starts: 0, rounds: 0, hangs: 0, isFixedPoint: true }

describe('what the algorithm cannot find', () => {
  test('two moves that make room for a third: all of a node must fit at once', () => {
    const cluster = { a: [5, 2], b: [5, 2], c: [4, 2] }
    expect(follow(ray, coresOn(cluster))).toMatchObject({ ...nothing, cost: 3 })
  })

  test('the best packing: one node after the other by best fit ends on four nodes where three are enough', () => {
    const cluster = { a: [7], b: [6], c: [5], d: [3], e: [3], f: [2], g: [2], h: [2] }
    const { cost, starts, contents } = follow(ray, coresOn(cluster))
    expect(cost).toBe(4)
    expect(starts).toBe(4)
    expect(contents).toEqual({ d: ['3', '7'], e: ['3', '6'], f: ['2', '2', '5'], h: ['2'] })
  })

  test('an idle node: it is never used again', () => {
    const problem: ProblemInput = {
      schemaVersion: 1,
      nodes: [
        { id: 'large', capacity: { gpu: 8 }, costPerHour: 20 },
        { id: 'small', capacity: { gpu: 1 }, costPerHour: 1 }
      ],
      deployments: [{ id: 'd', demand: { gpu: 1 } }],
      replicas: [{ id: 'd-0', deployment: 'd', node: 'large' }]
    }
    expect(follow(ray, problem)).toMatchObject({ ...nothing, cost: 20 })
  })
})

describe('GPUs', () => {
  const shares = (fifth: Partial<ProblemInput['nodes'][number]> = {}): ProblemInput => ({
    schemaVersion: 1,
    nodes: [
      { id: 'two', capacity: { gpu: 2 }, costPerHour: 2 },
      { id: 'one', capacity: { gpu: 1 }, costPerHour: 1, ...fifth }
    ],
    deployments: [{ id: 'd', demand: { gpu: 0.4 } }],
    replicas: [
      ...[0, 0, 1, 1].map((device, number) => ({
        id: `d-${number}`,
        deployment: 'd',
        node: 'two',
        devices: { gpu: [device] }
      })),
      { id: 'd-4', deployment: 'd', node: 'one', devices: { gpu: [0] } }
    ]
  })

  test('are added up: two fifths in two pieces take nobody, whoever is sent there hangs, once', () => {
    const { contents, ...account } = follow(ray, shares())
    expect(account).toMatchObject({ starts: 0, rounds: 1, hangs: 1, isFixedPoint: true, cost: 3 })
    expect(contents).toEqual({ two: ['d', 'd', 'd', 'd'], one: ['d'] })
  })

  test('nothing of a round that hangs is kept', () => {
    const problem = shares({ capacity: { gpu: 1, cpu: 8 } })
    const { nodes, deployments, replicas } = problem
    const withCores: ProblemInput = {
      ...problem,
      nodes: [...nodes, { id: 'cores', capacity: { cpu: 4 }, costPerHour: 1, releasable: false }],
      deployments: [...deployments, { id: 'c', demand: { cpu: 1 } }],
      replicas: [
        ...replicas,
        { id: 'c-0', deployment: 'c', node: 'one' },
        { id: 'c-1', deployment: 'c', node: 'cores' }
      ]
    }
    const { contents, ...account } = follow(ray, withCores)
    expect(account).toMatchObject({ starts: 0, hangs: 1, cost: 4 })
    expect(contents.one).toEqual(['c', 'd'])
  })

  test('a node that hung is tried again once something came to where it hung', () => {
    // What comes wants no GPU, so that these are in pieces as before: the second attempt hangs as the first did.
    const problem = shares()
    const withMore: ProblemInput = {
      ...problem,
      nodes: [
        { id: 'two', capacity: { gpu: 2, cpu: 8 }, costPerHour: 2, releasable: false },
        { id: 'one', capacity: { gpu: 1, cpu: 1 }, costPerHour: 1 },
        { id: 'cores', capacity: { cpu: 7 }, costPerHour: 1 }
      ],
      deployments: [...problem.deployments, { id: 'c', demand: { cpu: 1 } }],
      replicas: [...problem.replicas, { id: 'c-0', deployment: 'c', node: 'cores' }]
    }
    // Larger by GPUs, so the node with the share comes first and hangs; then the cores move, and it is tried once more.
    expect(follow(ray, withMore)).toMatchObject({ starts: 1, rounds: 3, hangs: 2, cost: 3 })
  })
})

describe('which node comes first', () => {
  const cluster = { small: [1], large: [1], rest: [5] }
  const rest = { capacity: { cpu: 6 }, releasable: false }

  test('the larger one, whatever it costs', () => {
    const traits = { small: { costPerHour: 9 }, large: { capacity: { cpu: 20 } }, rest }
    const { contents } = follow(ray, coresOn(cluster, traits))
    expect(contents).toEqual({ small: ['1'], rest: ['1', '5'] })
  })

  test('of equals the one with fewer replicas', () => {
    const { contents, starts } = follow(
      ray,
      coresOn({ many: [1, 1], few: [2], rest: [5] }, { rest: { ...rest, capacity: { cpu: 7 } } })
    )
    expect(contents).toEqual({ many: ['1', '1'], rest: ['2', '5'] })
    expect(starts).toBe(1)
  })

  test('a node that is never given back is not emptied, and takes what others host', () => {
    const { contents } = follow(ray, coresOn({ head: [1], other: [1] }, { head: { releasable: false } }))
    expect(contents).toEqual({ head: ['1', '1'] })
  })
})

test('a node is left alone where it would take more moves than are left, a smaller one is not', () => {
  const cluster = { a: [1, 1, 1], b: [2], c: [4] }
  expect(follow(ray, coresOn(cluster), 1)).toMatchObject({ starts: 1, cost: 2 })
  expect(follow(ray, coresOn(cluster), 0)).toMatchObject({ starts: 0, cost: 3 })
})

test('it says that it knows no rules between replicas', () => {
  const problem = coresOn({ a: [1], b: [2] })
  const refuse = (rules: ProblemInput['rules']) => policyNamed(ray).refuses(openState({ ...problem, rules }).instance)
  expect(refuse([])).toBeNull()
  expect(refuse([{ kind: 'anti-affinity', deployments: ['1', '2'], topologyKey: 'node' }])).toMatch(/anti-affinity/)
  expect(refuse([{ kind: 'conflict', between: [['1'], ['2']], topologyKey: 'node' }])).toMatch(/must not meet/)
})

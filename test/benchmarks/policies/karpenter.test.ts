import type { ProblemInput } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { coresOn, follow } from './simulated-cluster.js'

type NodeType = NonNullable<ProblemInput['nodeTypes']>[number]

const withTypes = (problem: ProblemInput, ...nodeTypes: Omit<NodeType, 'maxNew'>[]): ProblemInput => ({
  ...problem,
  nodeTypes: nodeTypes.map((type) => ({ ...type, maxNew: 5 }))
})

describe('several nodes at once', () => {
  test('the longest prefix whose replicas fit elsewhere', () => {
    const { contents, ...account } = follow('karpenter', coresOn({ a: [2], b: [2], c: [2], d: [2] }))
    // Three of four; in the second round nothing is left to do.
    expect(account).toMatchObject({ starts: 3, rounds: 2, cost: 1, isFixedPoint: true })
    expect(contents).toEqual({ d: ['2', '2', '2', '2'] })
  })

  test('by what is saved for what is disrupted: the cheaper node with one replica before the dearer one with four', () => {
    // There is room for either; what is given back first is too small for the other.
    const cluster = { four: [1.25, 1.25, 1.25, 1.25], one: [4], rest: [5] }
    const traits = {
      four: { costPerHour: 10, capacity: { cpu: 5 } },
      one: { costPerHour: 6, capacity: { cpu: 4 } },
      rest: { releasable: false }
    }
    const { contents } = follow('karpenter', coresOn(cluster, traits))
    expect(contents).toEqual({ four: ['1.25', '1.25', '1.25', '1.25'], rest: ['4', '5'] })
  })

  test('two make way for one new, cheaper node, neither for one alone', () => {
    const full = { capacity: { cpu: 4 }, costPerHour: 5 }
    const problem = coresOn({ a: [3], b: [3] }, { a: full, b: full })
    const type = { type: 't', capacity: { cpu: 8 } }
    expect(follow('karpenter', withTypes(problem, { ...type, costPerHour: 8 }))).toMatchObject({
      starts: 2,
      cost: 8,
      contents: { 'new-t-1': ['3', '3'] }
    })
    expect(follow('karpenter', withTypes(problem, { ...type, costPerHour: 10 }))).toMatchObject({ starts: 0, cost: 10 })
  })

  test('as far as a binary search finds it: three of four pay for a new node, of three the search asks for two first', () => {
    const full = { capacity: { cpu: 4 } }
    const four = coresOn({ a: [4], b: [4], c: [4], d: [4] }, { a: full, b: full, c: full, d: full })
    const type = { type: 't', capacity: { cpu: 12 }, costPerHour: 2.5 }
    expect(follow('karpenter', withTypes(four, type))).toMatchObject({ starts: 3, cost: 3.5 })
    const three = coresOn({ a: [4], b: [4], c: [4] }, { a: full, b: full, c: full })
    expect(follow('karpenter', withTypes(three, type))).toMatchObject({ starts: 0, cost: 3 })
  })

  test('the new node is not of a type that goes: that one can stay', () => {
    const small = { capacity: { cpu: 4 }, costPerHour: 4 }
    const problem = coresOn({ large: [2], small: [2] }, { large: { costPerHour: 10 }, small })
    expect(follow('karpenter', withTypes(problem, { type: 't', ...small }))).toMatchObject({
      starts: 1,
      cost: 4,
      contents: { small: ['2', '2'] }
    })
  })
})

describe('one node', () => {
  const large = { large: { capacity: { cpu: 16 }, costPerHour: 10 } }

  test('is replaced by the cheapest that takes everything', () => {
    const types = [
      { type: 'dear', capacity: { cpu: 8 }, costPerHour: 4 },
      { type: 'fitting', capacity: { cpu: 4 }, costPerHour: 3 },
      { type: 'tiny', capacity: { cpu: 1 }, costPerHour: 1 }
    ]
    const { contents, cost } = follow('karpenter', withTypes(coresOn({ large: [2, 1] }, large), ...types))
    expect(contents).toEqual({ 'new-fitting-1': ['1', '2'] })
    expect(cost).toBe(3)
  })

  test('is not replaced by two, however cheap', () => {
    const problem = withTypes(coresOn({ large: [3, 3] }, large), { type: 't', capacity: { cpu: 4 }, costPerHour: 1 })
    expect(follow('karpenter', problem)).toMatchObject({ starts: 0, rounds: 1, cost: 10 })
  })

  test('makes use of other nodes and of a new one together', () => {
    const cluster = { large: [4, 3], rest: [6] }
    const traits = { ...large, rest: { releasable: false } }
    const problem = withTypes(coresOn(cluster, traits), { type: 't', capacity: { cpu: 3 }, costPerHour: 2 })
    const { contents, cost } = follow('karpenter', problem)
    expect(contents).toEqual({ rest: ['4', '6'], 'new-t-1': ['3'] })
    expect(cost).toBe(3)
  })

  test('an idle node of the Problem is one that can be had, too', () => {
    const idle = { capacity: { cpu: 4 }, costPerHour: 3 }
    expect(follow('karpenter', coresOn({ large: [2], idle: [] }, { ...large, idle }))).toMatchObject({
      starts: 1,
      contents: { idle: ['2'] }
    })
  })
})

test('real devices are looked at: two pieces of a GPU are not one', () => {
  const problem: ProblemInput = {
    schemaVersion: 1,
    nodes: [
      { id: 'two', capacity: { gpu: 2 }, costPerHour: 2, releasable: false },
      { id: 'one', capacity: { gpu: 1 }, costPerHour: 1 }
    ],
    deployments: [{ id: 'd', demand: { gpu: 0.4 } }],
    replicas: [0, 1, 2, 3, 4].map((number) => ({ id: `${number}`, deployment: 'd', node: number < 4 ? 'two' : 'one' }))
  }
  expect(follow('karpenter', problem)).toMatchObject({ starts: 0, hangs: 0, cost: 3 })
})

describe('balanced', () => {
  // Of disruption: 1 + 1 of the node that may go, 1 + 2 of the other, so that two fifths go for a fifth of the cost at least.
  const cluster = (price: number) =>
    coresOn(
      { goes: [1], stays: [2, 2] },
      { goes: { costPerHour: 1 }, stays: { costPerHour: price, releasable: false } }
    )

  test('takes what saves half as much as it disrupts, and no less', () => {
    expect(follow('karpenter-balanced', cluster(4))).toMatchObject({ starts: 1, cost: 4 })
    expect(follow('karpenter-balanced', cluster(4.01))).toMatchObject({ starts: 0, cost: 5.01 })
    expect(follow('karpenter', cluster(4.01))).toMatchObject({ starts: 1, cost: 4.01 })
  })

  test('takes a shorter prefix where the longer one is not worth it', () => {
    // Both of one core: 2 of 11.1 for a third of the disruption. With the cheap one 2.1, for five sixths.
    const cluster = { a: [1], b: [1], cheap: [1, 1, 1, 1, 1], rest: [2] }
    const problem = coresOn(cluster, { cheap: { costPerHour: 0.1 }, rest: { costPerHour: 9, releasable: false } })
    expect(Object.keys(follow('karpenter-balanced', problem).contents)).toEqual(['cheap', 'rest'])
    expect(Object.keys(follow('karpenter', problem).contents)).toEqual(['rest'])
  })
})

test('an action that needs more moves than are left is not taken, a smaller one is', () => {
  const cluster = { a: [1, 1], b: [2, 2], c: [3] }
  expect(follow('karpenter', coresOn(cluster), 3)).toMatchObject({ starts: 3, cost: 1 })
  expect(follow('karpenter', coresOn(cluster), 2)).toMatchObject({ starts: 1, cost: 2 })
  expect(follow('karpenter', coresOn(cluster), 0)).toMatchObject({ starts: 0, cost: 3 })
})

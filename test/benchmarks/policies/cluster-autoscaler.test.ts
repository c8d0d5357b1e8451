import type { ProblemInput } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { coresOn, follow } from './simulated-cluster.js'

const autoscaler = 'cluster-autoscaler'
const rest = { releasable: false }

describe('which nodes are drained', () => {
  test('those of which less than half is requested', () => {
    expect(follow(autoscaler, coresOn({ half: [5], rest: [2] }, { rest }))).toMatchObject({ starts: 0, cost: 2 })
    expect(follow(autoscaler, coresOn({ less: [4.9], rest: [2] }, { rest }))).toMatchObject({ starts: 1, cost: 1 })
  })

  const node = { capacity: { cpu: 10, memory: 10, gpu: 4 }, costPerHour: 1 }
  const mixed = (demand: ProblemInput['deployments'][number]['demand'], capacity = node.capacity): ProblemInput => ({
    schemaVersion: 1,
    nodes: [
      { ...node, id: 'a', capacity },
      { ...node, id: 'rest', ...rest }
    ],
    deployments: [{ id: 'd', demand }],
    replicas: [{ id: 'd-0', deployment: 'd', node: 'a' }]
  })

  test('of cores and memory, what is requested most of', () => {
    const cores = { cpu: 10, memory: 10, gpu: 0 }
    expect(follow(autoscaler, mixed({ cpu: 1, memory: 5 }, cores)).starts).toBe(0)
    expect(follow(autoscaler, mixed({ cpu: 4, memory: 4 }, cores)).starts).toBe(1)
  })

  test('of nodes with GPUs, the GPUs alone', () => {
    expect(follow(autoscaler, mixed({ cpu: 9, memory: 9, gpu: 1 })).starts).toBe(1)
    expect(follow(autoscaler, mixed({ cpu: 1, memory: 1, gpu: 2 })).starts).toBe(0)
  })

  test('in their order, and not those that came to half meanwhile', () => {
    const large = { capacity: { cpu: 20 } }
    const { contents, starts } = follow(autoscaler, coresOn({ a: [3], b: [3], large: [11] }, { large }))
    expect(contents).toEqual({ b: ['3', '3'], large: ['11'] })
    expect(starts).toBe(1)
  })
})

describe('where pods go', () => {
  test('all of them or none: a node with one that fits nowhere keeps the others', () => {
    const cluster = { a: [1, 3], rest: [8] }
    expect(follow(autoscaler, coresOn(cluster, { rest })).contents).toEqual({ a: ['1', '3'], rest: ['8'] })
  })

  test('to the next node after the last one, in a circle', () => {
    const cluster = { a: [1, 1, 1], b: [6], c: [6] }
    expect(follow(autoscaler, coresOn(cluster, { b: rest })).contents).toEqual({ b: ['1', '1', '6'], c: ['1', '6'] })
  })

  test('to the node where there was room for it before, though another would leave room for more', () => {
    // The core finds room on the first node both times, the three cores then have none. On the third node it would not be in their way.
    const cluster = { three: [7], half: [9.5], one: [9], a: [1, 3], z: [0.5] }
    const traits = { three: rest, half: rest, one: rest, z: { capacity: { cpu: 2 } } }
    const { contents, starts } = follow(autoscaler, coresOn(cluster, traits))
    expect(contents).toEqual({ three: ['7'], half: ['0.5', '9.5'], one: ['9'], a: ['1', '3'] })
    expect(starts).toBe(1)
  })

  test('not to idle nodes: they are released', () => {
    expect(follow(autoscaler, coresOn({ idle: [], a: [1], rest: [10] }, { rest }))).toMatchObject({
      starts: 0,
      cost: 2
    })
  })
})

test('a node that needs more moves than are left is not drained, another is', () => {
  const cluster = { rest: [6], a: [1, 1], b: [2] }
  expect(follow(autoscaler, coresOn(cluster, { rest }), 1).contents).toEqual({ rest: ['2', '6'], a: ['1', '1'] })
})

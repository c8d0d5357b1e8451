import type { ProblemInput } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { coresOn, follow, openState, policyNamed, unlimited, violationsOf } from './simulated-cluster.js'

const [first, best] = ['first-fit-decreasing', 'best-fit-decreasing']

describe('where the largest copies left room', () => {
  // Seven on the first node, twice four on the second: two fits on both, and fills the second.
  const cluster = { a: [7], b: [4], c: [4], d: [2] }

  test('first fit takes the first node', () => {
    expect(Object.values(follow(first, coresOn(cluster)).contents)).toEqual([
      ['2', '7'],
      ['4', '4']
    ])
  })

  test('best fit takes the one that is fuller', () => {
    expect(Object.values(follow(best, coresOn(cluster)).contents)).toEqual([['7'], ['2', '4', '4']])
  })
})

describe.each([first, best])('%s', (name) => {
  test('is no optimum: 7, 6, 5, 3, 3, 2, 2, 2 on four nodes where three are enough', () => {
    const { cost, starts, contents } = follow(
      name,
      coresOn({ a: [7], b: [6], c: [5], d: [3], e: [3], f: [2], g: [2], h: [2] })
    )
    expect(cost).toBe(4)
    expect(starts).toBe(4)
    expect(contents).toEqual({ a: ['3', '7'], b: ['3', '6'], c: ['2', '2', '5'], f: ['2'] })
  })

  test('opens the node on which the share of the copy costs least', () => {
    const traits = {
      dear: { costPerHour: 5 },
      large: { capacity: { cpu: 40 }, costPerHour: 12 },
      small: { costPerHour: 4 }
    }
    // A tenth of 5, of 4, or a fortieth of 12: 0.5, 0.4, 0.3 an hour for each core.
    expect(follow(name, coresOn({ dear: [1, 1], small: [], large: [] }, traits))).toMatchObject({ starts: 0, cost: 5 })
    expect(follow(name, coresOn({ dear: [10], small: [] }, traits))).toMatchObject({ starts: 1, cost: 4 })
    expect(follow(name, coresOn({ dear: [10], small: [10], large: [], more: [9] }, traits))).toMatchObject({ cost: 10 })
  })

  test('leaves alone whom it places where a replica of its deployment runs', () => {
    const { starts, contents } = follow(name, coresOn({ a: [3, 3], b: [3] }))
    expect(contents).toEqual({ a: ['3', '3', '3'] })
    expect(starts).toBe(1)
  })

  test('stays where it is when nothing is saved, or when it would move too many', () => {
    expect(follow(name, coresOn({ a: [6], b: [5], c: [5] }))).toMatchObject({ starts: 1, cost: 2 })
    expect(follow(name, coresOn({ a: [6], b: [5], c: [5] }), 0)).toMatchObject({ starts: 0, cost: 3 })
    expect(follow(name, coresOn({ a: [6], b: [6] }))).toMatchObject({ starts: 0, cost: 2 })
  })

  test('fills nodes that are paid for first', () => {
    const { contents } = follow(name, coresOn({ a: [3], head: [] }, { head: { releasable: false, costPerHour: 9 } }))
    expect(contents).toEqual({ head: ['3'] })
  })

  test('places what is pending, and stops what is surplus, even where it may move nobody', () => {
    const problem = coresOn({ a: [6], b: [5, 5] })
    const changed: ProblemInput = {
      ...problem,
      deployments: problem.deployments.map(({ id, demand }) => ({ id, demand, replicas: id === '5' ? 1 : 2 })),
      replicas: [...problem.replicas, { id: 'pending', deployment: '6', node: null }]
    }
    const { instance } = openState(changed)
    expect(policyNamed(name).refuses(instance)).toBeNull()
    expect(
      follow(name, { ...changed, nodes: [...changed.nodes, { id: 'c', capacity: { cpu: 10 }, costPerHour: 1 }] }, 0)
    ).toMatchObject({
      starts: 0,
      contents: { a: ['6'], b: ['5'], c: ['6'] }
    })
    // Without a third node only a move makes room.
    const state = openState({
      ...changed,
      nodes: [...changed.nodes, { id: 'c', capacity: { cpu: 5 }, costPerHour: 1 }]
    })
    expect(policyNamed(name).run(state, unlimited)).toMatchObject({ starts: 1 })
    expect(violationsOf(state)).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { coresOn, follow } from './simulated-cluster.js'

describe('who is evicted', () => {
  test('whoever runs on a node of which at most a fifth is requested', () => {
    expect(follow('descheduler', coresOn({ fifth: [2], rest: [5] }))).toMatchObject({ starts: 1, cost: 1 })
    expect(follow('descheduler', coresOn({ more: [2.1], rest: [5] }))).toMatchObject({ starts: 0, cost: 2 })
  })

  /** Two of ten cores on `a`, half of them on `rest`, and the same of something else. */
  const beside = (capacity: Record<string, number>, demand: (id: string) => Record<string, number>) => {
    const problem = coresOn({ a: [2], rest: [5] })
    return {
      ...problem,
      nodes: problem.nodes.map((node) => ({ ...node, capacity })),
      deployments: problem.deployments.map(({ id }) => ({ id, demand: demand(id) }))
    }
  }

  test('of cores and of memory', () => {
    const used = (memory: number) => {
      return beside({ cpu: 10, memory: 10 }, (id) => ({ cpu: Number(id), memory: id === '2' ? memory : 1 }))
    }
    expect(follow('descheduler', used(3))).toMatchObject({ starts: 0, cost: 2 })
    expect(follow('descheduler', used(2))).toMatchObject({ starts: 1, cost: 1 })
  })

  test('not of GPUs, whether all are taken or none', () => {
    const used = (cpu: number, gpu: number) => {
      const problem = beside({ cpu: 10, gpu: 4 }, (id) => (id === '2' ? { cpu, gpu } : { cpu: 5, gpu: 2 }))
      const [a, ...others] = problem.nodes
      return { ...problem, nodes: [{ ...a, id: 'a', costPerHour: 1, capacity: { cpu: 10, gpu: 2 } }, ...others] }
    }
    expect(follow('descheduler', used(2, 2))).toMatchObject({ starts: 1, cost: 1 })
    expect(follow('descheduler', used(3, 0))).toMatchObject({ starts: 0, cost: 2 })
  })

  test('of all resources where there are neither cores nor memory', () => {
    const used = (gpu: number) => beside({ gpu: 10, disk: 10 }, (id) => ({ gpu: id === '2' ? gpu : 5, disk: 2 }))
    expect(follow('descheduler', used(2))).toMatchObject({ starts: 1, cost: 1 })
    expect(follow('descheduler', used(3))).toMatchObject({ starts: 0, cost: 2 })
  })

  test('nobody where all nodes are little used', () => {
    expect(follow('descheduler', coresOn({ a: [1], b: [2], c: [2] }))).toMatchObject({ starts: 0, rounds: 1, cost: 3 })
  })

  test('each on its own: one that fits nowhere stays', () => {
    const { contents, starts } = follow('descheduler', coresOn({ a: [0.5, 1.5], rest: [9] }))
    expect(contents).toEqual({ a: ['1.5'], rest: ['0.5', '9'] })
    expect(starts).toBe(1)
  })

  test('nobody who would come to a node that is no fuller than the own one', () => {
    const large = { capacity: { cpu: 100 } }
    const problem = (cores: number) => {
      return coresOn({ a: [5, 5], low: [cores], full: [9] }, { a: large, low: { ...large, releasable: false } })
    }
    expect(follow('descheduler', problem(4.5)).starts).toBe(0)
    expect(follow('descheduler', problem(5.5)).contents).toEqual({ low: ['5', '5', '5.5'], full: ['9'] })
  })
})

describe('where they are placed', () => {
  test('where most is allocated with them', () => {
    expect(follow('descheduler', coresOn({ a: [1], half: [5], fuller: [7], full: [10] })).contents).toEqual({
      half: ['5'],
      fuller: ['1', '7'],
      full: ['10']
    })
  })

  test('a small node that they fill counts for more than a large one', () => {
    const traits = { large: { capacity: { cpu: 100 } }, small: { capacity: { cpu: 4 } } }
    const { contents } = follow('descheduler', coresOn({ a: [2], large: [50], small: [1.5] }, traits))
    expect(contents).toEqual({ large: ['50'], small: ['1.5', '2'] })
  })

  test('not on idle nodes', () => {
    const idle = { capacity: { cpu: 2 } }
    expect(follow('descheduler', coresOn({ a: [2], idle: [], rest: [3] }, { idle })).contents).toEqual({
      rest: ['2', '3']
    })
  })
})

test('it stops when no moves are left', () => {
  const { contents, starts } = follow('descheduler', coresOn({ a: [0.5, 1], rest: [5] }), 1)
  expect(starts).toBe(1)
  expect(Object.keys(contents)).toEqual(['a', 'rest'])
})

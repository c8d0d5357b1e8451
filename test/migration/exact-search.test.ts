import { describe, expect, test } from 'vitest'
import { readCluster } from '../../benchmarks/sequencing/cluster.mjs'
import { needOf } from '../../benchmarks/sequencing/judge.mjs'
import { leastMakespan } from '../../benchmarks/sequencing/makespan.mjs'
import { packingCase } from '../../benchmarks/sequencing/random-packing.mjs'
import { reach } from '../../benchmarks/sequencing/reach.mjs'
import { parseProblem } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import { violationsOfLegs } from './plan-of-legs.js'
import { deployment, node, replica } from './small-clusters.js'
import { someOrderFits, tightCase } from './tight-case.js'

const MOST_STATES = 50_000
const [i, j, k] = [deployment('i', 1), deployment('j', 1), deployment('k', 1)]

function clusterOf(input: Omit<ProblemInput, 'schemaVersion'>, ends: Readonly<Record<string, string>>) {
  const placement = Object.entries(ends).map(([id, at]) => ({ replica: id, node: at }))
  return readCluster(parseProblem({ schemaVersion: 1, ...input }), placement)
}

describe('the exact search says what is needed', () => {
  const swap = { deployments: [i, j], replicas: [replica('i-0', 'a'), replica('j-0', 'b')] }
  const traded = { 'i-0': 'b', 'j-0': 'a' }
  const [a, b, spare] = [node('a', 1), node('b', 1), node('spare', 1)]
  const rungsWith = (...more: ('rent' | 'stop-first')[]) => ({
    rungs: ['reorder' as const, 'relabel' as const, 'delay-release' as const, 'hop' as const, ...more]
  })

  test('the one order in which three moves do not block each other', () => {
    const cluster = clusterOf(
      {
        nodes: [node('n', 2), node('m', 1), node('x', 1)],
        deployments: [i, j, k],
        replicas: [replica('k-0', 'n'), replica('i-0', 'm'), replica('j-0', 'x')]
      },
      { 'k-0': 'm', 'i-0': 'n', 'j-0': 'n' }
    )
    expect(needOf(cluster, MOST_STATES)).toEqual({ need: 'order', migrations: 3 })
    expect(leastMakespan(cluster, Infinity, MOST_STATES)).toMatchObject({ seconds: 270, isExact: true })
  })

  test.each([
    ['none', null, [a, b], {}],
    ['stop-over on an emptied node', 3, [a, b, spare], {}],
    ['stop-over', 3, [a, b, { ...spare, releasable: false }], {}],
    ['none', null, [a, b, spare], { budget: { maxMigrations: 2 } }],
    ['none', null, [a, b, spare], { migration: { rungs: ['reorder', 'hop', 'cut'] } }],
    [
      'rented node',
      3,
      [a, b],
      { migration: rungsWith('rent'), nodeTypes: [{ type: 't', capacity: { cpu: 1 }, costPerHour: 1, maxNew: 1 }] }
    ],
    ['none', null, [a, b], { migration: rungsWith('stop-first') }]
  ] as const)('two that trade places: %s, %s migrations', (need, migrations, nodes, more) => {
    const input = { ...swap, nodes: [...nodes], ...structuredClone(more) } as Omit<ProblemInput, 'schemaVersion'>
    expect(needOf(clusterOf(input, traded), MOST_STATES)).toEqual({ need, migrations })
  })

  test('two that trade places where one of them may be missed', () => {
    const input = { ...swap, nodes: [a, b], migration: rungsWith('stop-first') }
    const deployments = [deployment('i', 1, { maxUnavailable: 1 }), j]
    expect(needOf(clusterOf({ ...input, deployments }, traded), MOST_STATES)).toEqual({
      need: 'stopped first',
      migrations: 2
    })
  })

  test('who stays has to step aside for a start that needs more than the rest of its life', () => {
    const cluster = clusterOf(
      {
        nodes: [node('a', 3), node('b', 1)],
        deployments: [deployment('i', 1, { startupDemand: { cpu: 3 } }), j],
        replicas: [replica('i-0', 'b'), replica('j-0', 'a')]
      },
      { 'i-0': 'a', 'j-0': 'a' }
    )
    // b is full until i-0 is gone, which waits for j-0.
    expect(needOf(cluster, MOST_STATES).need).toBe('none')
    const roomy = { ...cluster, nodes: cluster.nodes.map((each) => ({ ...each, scalars: [3] })) }
    expect(needOf(roomy, MOST_STATES)).toEqual({ need: 'one that stays steps aside', migrations: 3 })
  })
})

describe('devices', () => {
  const gpus = (id: string, gpu: number) => ({ id, capacity: { gpu }, costPerHour: 1 })
  const share = (id: string, gpu: number) => ({ id, demand: { gpu } })
  const on = (id: string, at: string, ...held: number[]) => replica(id, at, { devices: { gpu: held } })

  test('a circle of shares, where what is free lies on two devices', () => {
    const input = {
      nodes: [gpus('a', 2), gpus('b', 1), gpus('c', 1)],
      deployments: [share('h', 0.7), share('s', 0.5), share('w', 1)],
      // 0.8 of a is free, and not for another 0.5: neither device has it.
      replicas: [on('h-0', 'a', 0), on('s-0', 'a', 1), on('s-1', 'a', 1), on('w-0', 'b', 0)]
    }
    const ends = { 'h-0': 'b', 's-0': 'a', 's-1': 'a', 'w-0': 'a' }
    expect(needOf(clusterOf(input, ends), MOST_STATES)).toEqual({ need: 'stop-over on an emptied node', migrations: 3 })
    const without = { ...input, nodes: input.nodes.slice(0, 2) }
    expect(needOf(clusterOf(without, ends), MOST_STATES).need).toBe('none')
  })

  test('whichever device is free is taken', () => {
    const input = {
      nodes: [gpus('a', 2), gpus('b', 1)],
      deployments: [share('h', 0.5), share('w', 1)],
      replicas: [on('h-0', 'a', 0), on('w-0', 'b', 0)]
    }
    expect(needOf(clusterOf(input, { 'h-0': 'a', 'w-0': 'a' }), MOST_STATES)).toEqual({ need: 'order', migrations: 1 })
  })
})

describe('the least makespan', () => {
  test('gives scarce room to the longest, and waits on purpose where that is faster', () => {
    const seconds = (startup: number, drain: number) => ({ startupSeconds: startup, drainSeconds: drain })
    const cluster = clusterOf(
      {
        nodes: [node('a', 3), node('b', 3), node('c', 1)],
        deployments: [
          deployment('gone', 1, seconds(10, 0)),
          deployment('long', 3, seconds(100, 100)),
          deployment('small', 0, seconds(30, 0))
        ],
        replicas: [replica('gone-0', 'a'), replica('long-0', 'b'), replica('small-0', 'b')],
        migration: { limits: { startsPerNode: 1 } }
      },
      { 'gone-0': 'c', 'long-0': 'a', 'small-0': 'a' }
    )
    // Who begins whatever may begin starts small-0 at once, and long-0 after 30 s instead of 10.
    expect(leastMakespan(cluster, Infinity, MOST_STATES)).toMatchObject({ seconds: 210, isExact: true })
    expect(leastMakespan(cluster, 210, MOST_STATES)).toEqual({ seconds: 210, isExact: true, starts: null })
    expect(leastMakespan(cluster, Infinity, 3).isExact).toBe(false)
  })

  test('keeps the limits of how much happens at a time', () => {
    const two = {
      nodes: [node('a', 2), node('b', 2)],
      deployments: [deployment('i', 1)],
      replicas: [replica('i-0', 'a'), replica('i-1', 'a')]
    }
    const ends = { 'i-0': 'b', 'i-1': 'b' }
    const seconds = (limits: object) =>
      leastMakespan(clusterOf({ ...two, migration: { limits } }, ends), Infinity, MOST_STATES).seconds
    expect(seconds({})).toBe(90)
    expect(seconds({ startsPerNode: 1 })).toBe(150)
    expect(seconds({ perDeployment: 1 })).toBe(180)
    expect(seconds({ inFlight: 1 })).toBe(180)
  })
})

describe('the search itself', () => {
  test('its legs are accepted by the independent checker', () => {
    let found = 0
    for (let seed = 1; seed <= 300; seed++) {
      const { problem, placement } = packingCase(seed)
      const cluster = readCluster(parseProblem(problem), placement)
      // How a plan says these two, legs do not.
      for (const rung of ['rent', 'stop-first'] as const) cluster.rungs.delete(rung)
      const mostMigrations = Math.min(10, cluster.mostMigrations)
      const reached = reach(cluster, { rungs: cluster.rungs, displaces: true, mostMigrations, mostStates: MOST_STATES })
      if (reached === null || reached === undefined) continue
      found++
      const violations = violationsOfLegs(problem, cluster, reached.legs)
      expect({ seed, violations }).toEqual({ seed, violations: [] })
    }
    expect(found).toBeGreaterThan(200)
  })

  test('finds an order exactly where some permutation fits, and one after the other they take as long as they take', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const tight = tightCase(seed, { rungs: ['reorder', 'cut'] })
      if (tight === null) continue
      const { problem, capacities, sizes, from, to } = tight
      const ends = Object.fromEntries(to.map((at, index) => [`r${index}`, `n${at}`]))
      const cluster = clusterOf({ ...problem, migration: { ...problem.migration, limits: { inFlight: 1 } } }, ends)
      const isSolvable = someOrderFits(capacities, sizes, from, to)
      expect({ seed, need: needOf(cluster, MOST_STATES).need }).toEqual({ seed, need: isSolvable ? 'order' : 'none' })
      const moves = from.filter((at, index) => at !== to[index]).length
      const seconds = isSolvable ? 90 * moves : Infinity
      expect({ seed, ...leastMakespan(cluster, Infinity, MOST_STATES) }).toMatchObject({ seed, seconds, isExact: true })
    }
  })
})
